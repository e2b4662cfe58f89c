import { access, mkdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder for videos that must no longer be shown; hidden, so that nothing is lost. */
const aside = '.taken-down';

/** Moves the folder of a published video, with its Short, out of sight; again, it changes nothing. Returns false if it does not exist. */
export async function moveAside(url: string): Promise<boolean> {
  const video = dirname(fileURLToPath(url));
  const target = join(dirname(video), aside, basename(video));
  await mkdir(dirname(target), { recursive: true });
  try {
    await rename(video, target);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return access(target).then(
      () => true,
      () => false,
    );
  }
}
