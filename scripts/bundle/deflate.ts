import { hash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'fflate';
import { writeWhole } from '../write-whole.ts';

/** In bytes. A larger file comes from a package, and its last percent of size would take a fifth of the whole time. */
const large = 1024 * 1024;
/** In bytes: from this size on, compressed data is cached. */
const worthKeeping = 16 * 1024;

export type Deflate = (bytes: Uint8Array) => Promise<Uint8Array>;

export interface Deflater {
  /**
   * Compresses to raw deflate, the same bytes on every machine: zlib's result depends on the processor and Node's
   * version, that of this JavaScript implementation does not.
   */
  deflate: Deflate;
  /** Deletes cached data that was not requested since. */
  prune(): Promise<void>;
}

/** Caches compressed data in `folder`, under the hash of the content. */
export function deflater(folder: string): Deflater {
  const asked = new Map<string, Promise<Uint8Array>>();
  return {
    async deflate(bytes) {
      if (bytes.byteLength < worthKeeping) return deflated(bytes);
      const name = hash('sha256', bytes);
      const known = asked.get(name) ?? throughCache(join(folder, name), bytes);
      asked.set(name, known);
      return known;
    },
    async prune() {
      const names = await readdir(folder).catch(() => []);
      await Promise.all(names.filter((name) => !asked.has(name)).map((name) => rm(join(folder, name))));
    },
  };
}

async function throughCache(file: string, bytes: Uint8Array): Promise<Uint8Array> {
  const cached = await readFile(file).catch(() => undefined);
  if (cached) return cached;
  const fresh = deflated(bytes);
  await writeWhole(file, fresh);
  return fresh;
}

const deflated = (bytes: Uint8Array): Uint8Array => deflateSync(bytes, { level: levelFor(bytes) });

function levelFor(bytes: Uint8Array): 0 | 1 | 6 {
  // Already compressed, like trained data.
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 0;
  return bytes.byteLength < large ? 6 : 1;
}
