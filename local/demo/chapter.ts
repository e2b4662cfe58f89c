import { existsSync } from 'node:fs';
import type { ChapterSource } from '../../providers/chapters/chapter-source.ts';
import { createChapterSource } from '../../providers/chapters/index.ts';
import { DemoFailed } from './demo-failed.ts';

/** Reads chapters from a path, as the pipeline itself does. */
export function chaptersAt(path: string): Promise<ChapterSource> {
  if (!existsSync(path)) throw new DemoFailed(`${path} does not exist`);
  return createChapterSource('library', {
    library: path,
    bucketFiles: () => {
      throw new DemoFailed('The demo reads chapters from disk');
    },
  });
}

/** The id of the one chapter of a source, as the pipeline itself will call it. */
export async function chapterIdIn(source: ChapterSource, path: string): Promise<string> {
  const ids: string[] = [];
  for await (const { chapter_id } of source.list()) ids.push(chapter_id);
  const [id] = ids;
  if (id === undefined)
    throw new DemoFailed(`${path} is no chapter: neither a CBZ or ZIP file nor a folder with images`);
  if (ids.length > 1)
    throw new DemoFailed(`${path} holds ${ids.length} chapters; give one of them, such as ${id}`);
  return id;
}
