import { copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Publisher } from './publisher.ts';

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Puts videos into a folder: `<folder>/<job_id>/` with video.mp4, captions, thumbnail, metadata.json and the extras; its Short beside it. */
export function folderPublisher(folder: string): Publisher {
  return {
    name: 'folder',
    async publish({ jobId, video, captions, thumbnail, metadata, beforeOut, extras }) {
      const target = resolve(folder, jobId);
      const url = pathToFileURL(join(target, 'video.mp4')).href;
      // A job's folder appears complete or not at all, so if it exists, it was published before.
      if (await exists(target)) return { url };
      const aside = resolve(folder, `.${jobId}.part`);
      await rm(aside, { recursive: true, force: true });
      await mkdir(aside, { recursive: true });
      await copyFile(video, join(aside, 'video.mp4'));
      await copyFile(captions, join(aside, 'captions.vi.srt'));
      await copyFile(thumbnail, join(aside, 'thumbnail.jpg'));
      for (const { name, file } of (await extras?.()) ?? []) await copyFile(file, join(aside, name));
      await writeFile(join(aside, 'metadata.json'), `${JSON.stringify(metadata, null, 2)}\n`);
      await beforeOut();
      await rename(aside, target);
      return { url };
    },
    async publishShort({ jobId, video, metadata, beforeOut }) {
      const target = resolve(folder, jobId);
      const file = join(target, 'short.mp4');
      const url = pathToFileURL(file).href;
      if (await exists(file)) return { url };
      await writeFile(join(target, 'short.metadata.json'), `${JSON.stringify(metadata, null, 2)}\n`);
      const aside = join(target, '.short.part');
      await copyFile(video, aside);
      await beforeOut();
      await rename(aside, file);
      return { url };
    },
  };
}
