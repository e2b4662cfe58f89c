import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ChapterUnreadable } from '../domain/errors.ts';
import type { ArtifactStore } from './artifact-store.ts';

/** The chapters that an operator put below a prefix of the bucket; implements the library's file port. */
export function bucketLibrary(store: ArtifactStore, prefix: string) {
  return {
    name: basename(prefix),
    async *list() {
      for await (const { key, size } of store.list(prefix)) if (size > 0) yield key.slice(prefix.length);
    },
    async read(path: string, most?: number) {
      if (most === undefined) return store.getBytes(prefix + path);
      const bytes = await store.getHead(prefix + path, most + 1);
      if (bytes.length > most) throw new ChapterUnreadable(`${path} is larger than ${most / 1024} KiB`);
      return bytes;
    },
    head: (path: string, most = 4096) => store.getHead(prefix + path, most),
    async withLocalFile<T>(path: string, use: (localPath: string) => Promise<T>): Promise<T> {
      const folder = await mkdtemp(join(tmpdir(), 'library-'));
      try {
        const file = join(folder, 'chapter');
        await store.download(prefix + path, file).catch((cause: NodeJS.ErrnoException) => {
          if (cause.code !== 'ENOSPC') throw cause;
          throw new ChapterUnreadable(`${path} is larger than the disk of the machine that reads it`, {
            cause,
          });
        });
        return await use(file);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
