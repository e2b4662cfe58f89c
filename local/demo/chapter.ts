import { existsSync } from 'node:fs';
import { CommandFailed } from '../../config/commands/command.ts';
import type { Config } from '../../config/settings/index.ts';
import { languageForecast } from '../../domain/doubt/language.ts';
import type { ChapterSource } from '../../providers/chapters/chapter-source.ts';
import { createChapterSource } from '../../providers/chapters/index.ts';

/** Opens a path as the pipeline's chapter source does. */
export function chaptersAt(path: string): Promise<ChapterSource> {
  if (!existsSync(path)) throw new CommandFailed(`${path} does not exist`);
  return createChapterSource('library', {
    // The pipeline reads the same files, and its log has these lines.
    log: () => undefined,
    library: path,
    bucketFiles: () => {
      throw new CommandFailed('The demo reads chapters from disk');
    },
  });
}

/** Returns the id of the only chapter of a source, as the pipeline names it. */
export async function chapterIdIn(source: ChapterSource, path: string): Promise<string> {
  const ids: string[] = [];
  for await (const { chapter_id } of source.list()) ids.push(chapter_id);
  const [id] = ids;
  if (id === undefined) {
    const pdf = /\.pdf$/i.test(path) ? '; docs/adr/0023-no-pdf.md shows how to convert a PDF' : '';
    throw new CommandFailed(
      `${path} is not a chapter: it must be a CBZ, CBR, CB7 or CBT file or a folder of images${pdf}`,
    );
  }
  if (ids.length > 1)
    throw new CommandFailed(`${path} contains ${ids.length} chapters; choose one, such as ${id}`);
  return id;
}

/** Returns what will happen to a chapter whose language the narrator can't read; undefined when nothing unexpected will. */
export async function languageNotice(
  source: ChapterSource,
  chapterId: string,
  config: Pick<Config, 'narrator' | 'onDoubt'>,
): Promise<string | undefined> {
  // A chapter that can't be opened is reported by the pipeline, with its reason.
  const metadata = await source
    .withChapter(chapterId, async (chapter) => chapter.metadata)
    .catch(() => undefined);
  return metadata && languageForecast(metadata.language, config);
}
