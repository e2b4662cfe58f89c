import type { ChapterPart } from './chapter.ts';
import { chapterNumber, ownTitle } from './chapter-names.ts';
import type { Script } from './script.ts';
import { type Speech, timed } from './speech.ts';

/** The start of a page in the video, in seconds. */
export interface PageStart {
  page: number;
  start: number;
}

/** YouTube shows chapters when there are at least three, the first at 0:00, each of at least 10 s (help pages). */
const minChapters = 3;
const minSeconds = 10;
/** A longer list would not be useful as a table of contents. */
const maxChapters = 20;

/**
 * Returns when each page is reached. A story goes from page to page, so what shows a later page before it, as a hook and a recap do,
 * belongs to the page that comes next in the story.
 */
export function pageStarts(script: Script, speech: Speech): { starts: PageStart[]; duration: number } {
  const { segments, duration } = timed(script.segments, speech);
  const starts: PageStart[] = [];
  let next = Number.POSITIVE_INFINITY;
  for (const { page: shown, start } of [...segments].reverse()) {
    next = Math.min(next, shown);
    if (starts[0]?.page === next) starts[0] = { page: next, start };
    else starts.unshift({ page: next, start });
  }
  return { starts, duration };
}

const padded = (value: number) => String(value).padStart(2, '0');

/** Formats `0:00`, `12:05`, `1:02:03`, as YouTube parses it. */
function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const end = padded(whole % 60);
  return hours > 0 ? `${hours}:${padded(minutes)}:${end}` : `${minutes}:${end}`;
}

interface Part {
  start: number;
  name: string;
}

/** Merges parts that are too short with the one before, and a short last part with its neighbour. */
function drawTogether<T extends { start: number }>(all: readonly T[], end: number, least: number): T[][] {
  const groups: T[][] = [];
  for (const one of all) {
    const begin = groups.at(-1)?.[0]?.start ?? Number.NEGATIVE_INFINITY;
    if (one.start - begin < least) groups.at(-1)?.push(one);
    else groups.push([one]);
  }
  const last = groups.at(-1)?.[0]?.start ?? 0;
  if (groups.length > 1 && end - last < least) groups.splice(-2, 2, groups.slice(-2).flat());
  return groups;
}

/** Returns pages, counted from `first`, in parts that are long enough. */
function pageParts(starts: readonly PageStart[], end: number, least: number, first = 1): Part[] {
  return drawTogether(starts, end, least).map((group) => {
    const pages = group.map(({ page }) => page - first + 1);
    const [from, to] = [Math.min(...pages), Math.max(...pages)];
    return { start: group[0]?.start ?? 0, name: from === to ? `Trang ${from}` : `Trang ${from}–${to}` };
  });
}

const nameOf = (chapter: ChapterPart, order: number) =>
  [`Chương ${chapterNumber(chapter) ?? order + 1}`, ownTitle(chapter)]
    .filter(Boolean)
    .join(': ')
    .replace(/\s+/g, ' ')
    .slice(0, 80);

/** Returns each chapter by its name; if they are too few for a list, the pages of each. */
function chapterParts(
  starts: readonly PageStart[],
  duration: number,
  chapters: readonly ChapterPart[],
): Part[] {
  const begun = chapters.flatMap((chapter, order) => {
    const next = chapters[order + 1]?.first_page ?? Number.POSITIVE_INFINITY;
    const pages = starts.filter(({ page }) => page >= chapter.first_page && page < next);
    return pages[0]
      ? [{ start: pages[0].start, name: nameOf(chapter, order), first: chapter.first_page, pages }]
      : [];
  });
  const named = drawTogether(begun, duration, minSeconds + 1).map((group) => ({
    start: group[0]?.start ?? 0,
    name: group.map(({ name }) => name).join(', '),
  }));
  if (named.length >= minChapters) return named;
  const least = Math.max(minSeconds + 1, duration / maxChapters);
  return begun.flatMap(({ name, first, pages }, order) =>
    pageParts(pages, begun[order + 1]?.start ?? duration, least, first).map((part) => ({
      ...part,
      name: `${name} – ${part.name}`,
    })),
  );
}

/**
 * Returns the chapter list of a description, one line each: the chapters of a video with several, otherwise pages,
 * merged until each part is long enough. Undefined if the video is too short for three.
 */
export function chapterList(
  starts: readonly PageStart[],
  duration: number,
  chapters?: readonly ChapterPart[],
): string | undefined {
  // A whole second more than required, since times are shown in whole seconds.
  const least = Math.max(minSeconds + 1, duration / maxChapters);
  const parts = chapters ? chapterParts(starts, duration, chapters) : pageParts(starts, duration, least);
  const lengths = parts.map(({ start }, index) => (parts[index + 1]?.start ?? duration) - start);
  if (parts.length < minChapters || lengths.some((length) => length < minSeconds)) return undefined;
  return parts.map(({ start, name }, index) => `${clock(index === 0 ? 0 : start)} ${name}`).join('\n');
}
