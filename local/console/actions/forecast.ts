/** Forecast for a chapter, as far as its file says before it is read. */
import type { Config } from '../../../config/settings/index.ts';
import { languageForecast } from '../../../domain/doubt/language.ts';
import { ChapterUnreadable } from '../../../domain/errors.ts';
import { createChapterSource } from '../../../providers/chapters/index.ts';

/** Opens the archive as the pipeline does. Returns undefined if nothing unexpected will happen. */
export async function forecastOf(file: string, config: Config): Promise<string | undefined> {
  const source = await createChapterSource('library', {
    log: () => {},
    library: file,
    bucketFiles: () => {
      throw new Error('This chapter is a file');
    },
  });
  try {
    for await (const { chapter_id } of source.list())
      return await source.withChapter(chapter_id, async ({ metadata }) =>
        languageForecast(metadata.language, config),
      );
    return 'It is not a chapter: the pipeline will leave it out.';
  } catch (error) {
    if (!(error instanceof ChapterUnreadable)) throw error;
    return `Its job will fail: ${error.message}`;
  }
}
