import { existsSync } from 'node:fs';
import type { ChapterSource } from '../../providers/chapters/chapter-source.ts';
import { createChapterSource } from '../../providers/chapters/index.ts';
import { DemoFailed } from './demo-failed.ts';

/** Opens a path as the pipeline's chapter source does. */
export function chaptersAt(path: string): Promise<ChapterSource> {
  if (!existsSync(path)) throw new DemoFailed(`${path} does not exist`);
  return createChapterSource('library', {
    log: (line) => console.warn(JSON.stringify(line)),
    library: path,
    bucketFiles: () => {
      throw new DemoFailed('The demo reads chapters from disk');
    },
  });
}

/** Returns the id of the only chapter of a source, as the pipeline names it. */
export async function chapterIdIn(source: ChapterSource, path: string): Promise<string> {
  const ids: string[] = [];
  for await (const { chapter_id } of source.list()) ids.push(chapter_id);
  const [id] = ids;
  if (id === undefined)
    throw new DemoFailed(
      `${path} is not a chapter: it must be a CBZ, CBR, CB7 or CBT file or a folder of images`,
    );
  if (ids.length > 1)
    throw new DemoFailed(`${path} contains ${ids.length} chapters; choose one, such as ${id}`);
  return id;
}
