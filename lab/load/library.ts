import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/** Creates a library of chapters with one small page each; every n-th chapter is unreadable. */
export async function createLibrary(
  folder: string,
  { brokenEvery, chaptersPerSeries }: { brokenEvery: number; chaptersPerSeries: number },
) {
  const page = await sharp({ create: { width: 64, height: 96, channels: 3, background: '#ddd' } })
    .jpeg()
    .toBuffer();
  let count = 0;
  await mkdir(folder, { recursive: true });
  return {
    get count() {
      return count;
    },
    /** Adds more chapters. */
    async add(more: number): Promise<void> {
      for (let added = 0; added < more; added++) {
        count += 1;
        const chapter = join(folder, `series-${Math.ceil(count / chaptersPerSeries)}`, `chapter-${count}`);
        await mkdir(chapter, { recursive: true });
        const isBroken = count % brokenEvery === 0;
        await writeFile(join(chapter, '001.jpg'), isBroken ? 'not a picture' : page);
      }
    },
  };
}
