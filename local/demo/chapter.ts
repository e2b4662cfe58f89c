import { existsSync } from 'node:fs';
import { CommandFailed } from '../../config/commands/command.ts';
import type { Config } from '../../config/settings/index.ts';
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
  if (id === undefined)
    throw new CommandFailed(
      `${path} is not a chapter: it must be a CBZ, CBR, CB7 or CBT file or a folder of images`,
    );
  if (ids.length > 1)
    throw new CommandFailed(`${path} contains ${ids.length} chapters; choose one, such as ${id}`);
  return id;
}

/** Returns what will happen to a chapter that the narrator can't read; undefined when it can, or when the chapter does not say. */
export async function languageNotice(
  source: ChapterSource,
  chapterId: string,
  { narrator, onDoubt }: Pick<Config, 'narrator' | 'onDoubt'>,
): Promise<string | undefined> {
  // A chapter that can't be opened is reported by the pipeline, with its reason.
  const language = await source
    .withChapter(chapterId, async ({ metadata }) => metadata.language)
    .catch(() => null);
  if (narrator !== 'ocr' || !language || /^vi\b/i.test(language)) return undefined;
  const name = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' }).of(language);
  const outcome = {
    hold: 'the chapter will be held, without a video',
    publish: 'the video will be made of what it reads, since ON_DOUBT=publish',
    fail: 'the chapter will fail, since ON_DOUBT=fail',
  }[onDoubt];
  return `the chapter says that its pages are in ${name}, and the narrator ocr reads Vietnamese only: ${outcome}; NARRATOR=llm narrates other languages`;
}
