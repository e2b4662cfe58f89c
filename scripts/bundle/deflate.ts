import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflate as deflateInThread, deflateSync } from 'fflate';

/** In bytes: from here on what was compressed is kept, and compressed in a thread. */
const worthKeeping = 16 * 1024;
const worthThread = 1024 * 1024;
/** The last per cent of size would cost half of the time. */
const level = 6;

export type Deflate = (bytes: Uint8Array) => Promise<Uint8Array>;

export interface Deflater {
  /**
   * Raw deflate, the same bytes on every machine: zlib's result depends on the processor and Node's version, that of
   * this JavaScript implementation does not.
   */
  deflate: Deflate;
  /** Deletes what was kept and not asked for since. */
  prune(): Promise<void>;
}

/** Keeps what it compressed in `folder`, by the hash of the content. */
export function deflater(folder: string): Deflater {
  const asked = new Map<string, Promise<Uint8Array>>();
  return {
    async deflate(bytes) {
      if (bytes.byteLength < worthKeeping) return deflateSync(bytes, { level });
      const name = createHash('sha256').update(bytes).digest('hex');
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
  const deflated = bytes.byteLength < worthThread ? deflateSync(bytes, { level }) : await inThread(bytes);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(`${file}.${process.pid}`, deflated);
  await rename(`${file}.${process.pid}`, file);
  return deflated;
}

const inThread = (bytes: Uint8Array) =>
  new Promise<Uint8Array>((resolve, reject) =>
    deflateInThread(bytes, { level }, (error, data) => (error ? reject(error) : resolve(data))),
  );
