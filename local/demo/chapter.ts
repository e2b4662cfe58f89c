import { existsSync } from 'node:fs';
import { createChapterSource } from '../../providers/chapters/index.ts';
import { DemoFailed } from './demo-failed.ts';

/** The id of the one chapter at a path, as the pipeline itself will call it. */
export async function chapterIdAt(path: string): Promise<string> {
  if (!existsSync(path)) throw new DemoFailed(`${path} does not exist`);
  const source = await createChapterSource('library', {
    library: path,
    bucketFiles: () => {
      throw new DemoFailed('The demo reads chapters from disk');
    },
  });
  const ids: string[] = [];
  for await (const { chapter_id } of source.list()) ids.push(chapter_id);
  const [id] = ids;
  if (id === undefined)
    throw new DemoFailed(`${path} is no chapter: neither a CBZ or ZIP file nor a folder with images`);
  if (ids.length > 1)
    throw new DemoFailed(`${path} holds ${ids.length} chapters; give one of them, such as ${id}`);
  return id;
}
