import type { Script } from './script.ts';
import type { Speech } from './speech.ts';

/** Where a page begins in the video, in seconds. */
export interface PageStart {
  page: number;
  start: number;
}

/** YouTube shows chapters when there are at least three, the first at 0:00, each of at least 10 s (help pages). */
const minChapters = 3;
const minSeconds = 10;
/** More than this is no table of contents any more. */
const maxChapters = 20;

/** When each page comes on screen: segments lie end to end, each with the pause after it. */
export function pageStarts(script: Script, speech: Speech): { starts: PageStart[]; duration: number } {
  const spoken = new Map(speech.segments.map((segment) => [segment.index, segment]));
  const starts: PageStart[] = [];
  let time = 0;
  for (const { index, page } of script.segments) {
    if (starts.at(-1)?.page !== page) starts.push({ page, start: time });
    const { duration, pause_after } = spoken.get(index) ?? { duration: 0, pause_after: 0 };
    time += duration + pause_after;
  }
  return { starts, duration: time };
}

const padded = (value: number) => String(value).padStart(2, '0');

/** `0:00`, `12:05`, `1:02:03`; as YouTube reads it. */
function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const end = padded(whole % 60);
  return hours > 0 ? `${hours}:${padded(minutes)}:${end}` : `${minutes}:${end}`;
}

/**
 * The chapter list of a description, a line each: pages, drawn together until each part is long enough. Undefined where
 * the video is too short to have three.
 */
export function chapterList(starts: readonly PageStart[], duration: number): string | undefined {
  // A whole second more than asked for, since times are shown in whole seconds.
  const least = Math.max(minSeconds + 1, duration / maxChapters);
  const parts: PageStart[][] = [];
  for (const one of starts) {
    const begin = parts.at(-1)?.[0]?.start ?? Number.NEGATIVE_INFINITY;
    if (one.start - begin < least) parts.at(-1)?.push(one);
    else parts.push([one]);
  }
  const last = parts.at(-1)?.[0]?.start ?? 0;
  if (parts.length > 1 && duration - last < least) parts.splice(-2, 2, parts.slice(-2).flat());
  if (parts.length < minChapters) return undefined;
  return parts
    .map((part, index) => {
      const pages = part.map(({ page }) => page);
      const [first, end] = [Math.min(...pages), Math.max(...pages)];
      const name = first === end ? `Trang ${first}` : `Trang ${first}–${end}`;
      return `${clock(index === 0 ? 0 : (part[0]?.start ?? 0))} ${name}`;
    })
    .join('\n');
}
