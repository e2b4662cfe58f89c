import { mkdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder for videos that must no longer be shown; hidden, so that nothing is lost. */
const aside = '.taken-down';

/** Moves a published video out of its folder. Returns false if it is no longer there. */
export async function moveAside(url: string): Promise<boolean> {
  const video = dirname(fileURLToPath(url));
  const target = join(dirname(video), aside, basename(video));
  await mkdir(dirname(target), { recursive: true });
  try {
    await rename(video, target);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
