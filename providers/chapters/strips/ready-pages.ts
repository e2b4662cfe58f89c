import { isStrip } from 'comic-reader/strips';
import type { ReadingDirection } from '../../../domain/chapter.ts';
import { loadSharp } from '../../media/load-sharp.ts';
import type { SourcePage } from '../chapter-source.ts';
import { type NormalisedPage, normalisePage, type PageSize } from '../normalise-page.ts';
import { goesOn, type Row } from './joint.ts';
import { type ReadyPage, Strip } from './strip.ts';

/** A file that waits until it is known whether it is a page or a part of a strip. */
interface Waiting extends SourcePage, NormalisedPage {
  top: Row;
  bottom: Row;
}

/** Number of files among which a drawing has to continue at least once, otherwise they are pages. Kept encoded. */
const lookAhead = 6;

/**
 * Turns the files of a chapter into the pages that are stored. A file is a page unless it is part of a strip: then it is
 * joined to its neighbours and the whole is cut between scenes, so that the pages are the same wherever the files were cut.
 * Files form a strip when they have the same width and either the chapter is read downwards or, unless it is read from the
 * right, a drawing continues from one to the next. What becomes of a file depends on it and on those after it, so a call that
 * continues after stored pages gets the same pages, except after a strip: see `isPartOfStrip`.
 */
export async function* readyPages(
  source: AsyncIterable<SourcePage>,
  direction: ReadingDirection,
): AsyncGenerator<ReadyPage> {
  if (direction === 'rtl') {
    for await (const { image, name } of source) yield { ...(await normalisePage(image, name)), files: 1 };
    return;
  }
  let waiting: Waiting[] = [];
  let strip: { width: number; pages: Strip } | undefined;
  for await (const page of source) {
    const file = { ...page, ...(await withEdges(page)) };
    if (strip && strip.width !== file.width) {
      yield* strip.pages.end();
      strip = undefined;
    }
    if (strip) {
      yield* strip.pages.add(file);
      continue;
    }
    if (waiting[0] && waiting[0].width !== file.width) {
      yield* endOfRun(waiting, direction);
      waiting = [];
    }
    waiting.push(file);
    if (areStrip(waiting, direction)) {
      strip = { width: file.width, pages: new Strip(file.width) };
      for (const one of waiting) yield* strip.pages.add(one);
      waiting = [];
    } else if (waiting.length >= lookAhead && isStrip(whole(waiting)))
      yield* single(waiting.shift() as Waiting);
  }
  if (strip) yield* strip.pages.end();
  yield* endOfRun(waiting, direction);
}

/** Returns whether a stored page was cut out of a strip, so that files and pages do not correspond. */
export const isPartOfStrip = (page: PageSize): boolean => isStrip(page);

/** Handles the last files of one width, when too few are left to look ahead. */
async function* endOfRun(files: readonly Waiting[], direction: ReadingDirection): AsyncGenerator<ReadyPage> {
  for (let first = 0; first < files.length; first++) {
    const left = files.slice(first);
    if (!areStrip(left, direction)) {
      yield* single(left[0] as Waiting);
      continue;
    }
    const strip = new Strip((left[0] as Waiting).width);
    for (const file of left) yield* strip.add(file);
    yield* strip.end();
    return;
  }
}

/** Yields a single file; a very tall one is a strip, and is cut like one in several files. */
async function* single(file: Waiting): AsyncGenerator<ReadyPage> {
  const { jpeg, width, height } = file;
  if (!isStrip(file)) {
    yield { jpeg, width, height, files: 1 };
    return;
  }
  const strip = new Strip(width);
  yield* strip.add(file);
  yield* strip.end();
}

/** Returns whether files form a strip: together they are high enough, with evidence that they belong together. */
function areStrip(files: readonly Waiting[], direction: ReadingDirection): boolean {
  if (files.length < 2 || !isStrip(whole(files))) return false;
  if (direction === 'ttb') return true;
  return files.slice(1).some((file, i) => {
    const before = files[i] as Waiting;
    return (isStrip(before) && isStrip(file)) || goesOn(before.bottom, file.top);
  });
}

const whole = (files: readonly Waiting[]) => ({
  width: files[0]?.width ?? 0,
  height: files.reduce((sum, { height }) => sum + height, 0),
});

/** Returns the page as it would be stored alone, with its first and last row in grey. */
async function withEdges({ image, name }: SourcePage): Promise<NormalisedPage & { top: Row; bottom: Row }> {
  const page = await normalisePage(image, name);
  const sharp = await loadSharp();
  const row = (top: number) =>
    sharp(page.jpeg).extract({ left: 0, top, width: page.width, height: 1 }).greyscale().raw().toBuffer();
  return { ...page, top: await row(0), bottom: await row(page.height - 1) };
}
