import { mkdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where videos of a folder go that must not be shown any more; hidden, and nothing is lost. */
const aside = '.taken-down';

/** Moves a published video out of its folder. Answers false where it is not there any more. */
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
