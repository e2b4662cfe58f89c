import { open } from 'node:fs/promises';
import { ChapterUnreadable } from '../../../domain/errors.ts';

/** A file with random access. */
export interface FileBytes {
  readonly size: number;
  /** Time of the last change, in milliseconds since 1970. */
  readonly changed: number;
  /** Returns up to `length` bytes from `position`; fewer at the end of the file. */
  read(position: number, length: number): Promise<Buffer>;
}

/** Opens a file for the duration of `use`. */
export async function withFile<T>(path: string, use: (file: FileBytes) => Promise<T>): Promise<T> {
  const handle = await open(path).catch((cause: Error) => {
    throw new ChapterUnreadable(`A file of the library can't be opened: ${cause.message}`, { cause });
  });
  try {
    const { size, mtimeMs } = await handle.stat();
    return await use({
      size,
      changed: mtimeMs,
      async read(position, length) {
        const wanted = Math.max(0, Math.min(length, size - position));
        const buffer = Buffer.alloc(wanted);
        let filled = 0;
        while (filled < wanted) {
          const { bytesRead } = await handle.read(buffer, filled, wanted - filled, position + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return buffer.subarray(0, filled);
      },
    });
  } finally {
    await handle.close();
  }
}
