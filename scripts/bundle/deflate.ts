import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflate as deflateInThread, deflateSync } from 'fflate';

/** Above this a file is compressed in a thread, once: what is this large comes from a package and never changes. */
const large = 1024 * 1024;
/** The last per cent of size would cost half of the time. */
const level = 6;

export type Deflate = (bytes: Uint8Array) => Promise<Uint8Array>;

/**
 * Raw deflate, the same bytes on every machine: zlib's result depends on the processor and Node's version, that of
 * this JavaScript implementation does not.
 */
export function deflater(cache: string): Deflate {
  const running = new Map<string, Promise<Uint8Array>>();
  return async (bytes) => {
    if (bytes.byteLength < large) return deflateSync(bytes, { level });
    const name = createHash('sha256').update(bytes).digest('hex');
    const known = running.get(name) ?? throughCache(join(cache, name), bytes);
    running.set(name, known);
    return known;
  };
}

async function throughCache(file: string, bytes: Uint8Array): Promise<Uint8Array> {
  const cached = await readFile(file).catch(() => undefined);
  if (cached) return cached;
  const deflated = await new Promise<Uint8Array>((resolve, reject) =>
    deflateInThread(bytes, { level }, (error, data) => (error ? reject(error) : resolve(data))),
  );
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(`${file}.${process.pid}`, deflated);
  await rename(`${file}.${process.pid}`, file);
  return deflated;
}
