import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { versionsIn } from '../../../workers/renderer/testing/test-job.ts';

/** Creates a folder that replaces the bucket. */
export function bucketIn(folder: string) {
  const pathOf = (key: string) => join(folder, key);
  const read = async (key: string): Promise<unknown> => JSON.parse(await readFile(pathOf(key), 'utf8'));
  return {
    async put(key: string, content: string | Uint8Array): Promise<void> {
      await mkdir(dirname(pathOf(key)), { recursive: true });
      await writeFile(pathOf(key), content);
    },
    read: <T>(key: string) => read(key) as Promise<T>,
    find: async <T>(key: string) => (existsSync(pathOf(key)) ? ((await read(key)) as T) : undefined),
    bytes: (key: string) => readFile(pathOf(key)),
    exists: async (key: string) => existsSync(pathOf(key)),
    downloadVersion: (key: string, _: string, toFile: string) => copyFile(pathOf(key), toFile),
    versionsBelow: (prefix: string) => versionsIn(folder, prefix),
    download: (key: string, toFile: string) => copyFile(pathOf(key), toFile),
    async upload(key: string, fromFile: string): Promise<void> {
      await mkdir(dirname(pathOf(key)), { recursive: true });
      await copyFile(fromFile, pathOf(key));
    },
  };
}
export type Bucket = ReturnType<typeof bucketIn>;
