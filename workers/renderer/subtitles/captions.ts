import { easyReading } from '../../../domain/speech.ts';
import type { TimedSegment } from '../timeline.ts';

export const longestLine = 42;
const linesPerCue = 2;
/** Seconds: a cue stays for a moment after its last word, and has a minimum and a maximum duration. */
const linger = 0.3;
const shortestCue = 1;
const longestCue = 6.5;
/** Maximum reading speed: a video with faster subtitles is reported. */
export const fastestReading = 25;

/** One subtitle: times in seconds of the video. */
export interface Cue {
  start: number;
  end: number;
  lines: string[];
  /** Drawn at the top of the picture, away from what is spoken. */
  atTop?: true;
}

interface TimedWord {
  text: string;
  start: number;
  end: number;
}

/** Returns the subtitles of the whole video, in order, without overlap. */
export function makeCues(segments: readonly TimedSegment[]): Cue[] {
  const groups = segments.flatMap((segment) => groupWords(timedWords(segment)));
  return groups.map((group, index) => {
    const start = group[0]?.start ?? 0;
    const spoken = group.at(-1)?.end ?? start;
    const next = groups[index + 1]?.[0]?.start ?? Number.POSITIVE_INFINITY;
    // It stays longer if the next one leaves time.
    const read = start + textOf(group).length / easyReading;
    const end = Math.min(next, Math.max(spoken + linger, start + shortestCue, read));
    return {
      start,
      end: Math.max(end, Math.min(next, start + 0.001)),
      lines: wrap(textOf(group)) ?? [textOf(group)],
    };
  });
}

/** Reading speed in characters a second. */
export const readingSpeed = ({ start, end, lines }: Cue) =>
  lines.reduce((sum, line) => sum + line.length, lines.length - 1) / (end - start);

/** Returns the words of a segment in video time; without word times they share its speech by their letters. */
function timedWords({ words, segment, start, speechEnd }: TimedSegment): TimedWord[] {
  if (words.length === 0) return shareTime(segment.text, start, speechEnd);
  return words.flatMap((word) => shareTime(word.text, start + word.start, start + word.end));
}

/** Splits at spaces, and words that are longer than a line by its length; each part takes its share of the time. */
function shareTime(text: string, start: number, end: number): TimedWord[] {
  const parts = text.trim().split(/\s+/u).flatMap(shortened);
  const letters = parts.reduce((sum, part) => sum + part.length, 0);
  let before = 0;
  return parts.map((part) => {
    const from = start + ((end - start) * before) / letters;
    before += part.length;
    return { text: part, start: from, end: start + ((end - start) * before) / letters };
  });
}

const shortened = (word: string): string[] => {
  const parts = [];
  for (let rest = word; rest !== ''; rest = rest.slice(longestLine)) parts.push(rest.slice(0, longestLine));
  return parts;
};

/** Takes as many words as two lines hold; a cue ends with a sentence or a phrase rather than in the middle of one. */
function groupWords(words: readonly TimedWord[]): TimedWord[][] {
  const groups: TimedWord[][] = [];
  let rest = words;
  while (rest.length > 0) {
    const fitting = countFitting(rest);
    const count = fitting === rest.length ? rest.length : bestBreak(rest, fitting);
    groups.push(rest.slice(0, count));
    rest = rest.slice(count);
  }
  return groups;
}

function countFitting(words: readonly TimedWord[]): number {
  let count = 1;
  while (count < words.length) {
    const group = words.slice(0, count + 1);
    const lasts = (group.at(-1)?.end ?? 0) - (group[0]?.start ?? 0);
    if (lasts > longestCue || !wrap(textOf(group))) break;
    count++;
  }
  return count;
}

function bestBreak(words: readonly TimedWord[], fitting: number): number {
  for (const ending of [/[.!?…]["”’»)]*$/u, /[,;:–—]["”’»)]*$/u]) {
    for (let count = fitting; count > fitting / 3; count--) {
      if (ending.test(words[count - 1]?.text ?? '')) return count;
    }
  }
  // No phrase ends here: two even cues are easier to read than a full one and a single word.
  return words.length < fitting * 2 ? Math.min(fitting, Math.ceil(words.length / 2)) : fitting;
}

/** Breaks text into at most two lines of about equal length; undefined when it does not fit. */
export function wrap(text: string): string[] | undefined {
  if (text.length <= longestLine) return [text];
  if (text.length > longestLine * linesPerCue + 1) return undefined;
  let best: string[] | undefined;
  for (let space = text.indexOf(' '); space > 0; space = text.indexOf(' ', space + 1)) {
    const lines = [text.slice(0, space), text.slice(space + 1)];
    if (longest(lines) <= longestLine && (!best || longest(lines) < longest(best))) best = lines;
  }
  return best;
}

const longest = (lines: readonly string[]) => Math.max(...lines.map((line) => line.length));
const textOf = (words: readonly TimedWord[]) => words.map(({ text }) => text).join(' ');

/** Formats SubRip: counted from 1, comma before the milliseconds, UTF-8. */
export function formatSrt(cues: readonly Cue[]): string {
  return cues
    .map(
      ({ start, end, lines }, index) =>
        `${index + 1}\n${stamp(start)} --> ${stamp(end)}\n${lines.join('\n')}\n`,
    )
    .join('\n');
}

/** Formats WebVTT. */
export function formatVtt(cues: readonly Cue[]): string {
  const escaped = (line: string) =>
    line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const blocks = cues.map(
    ({ start, end, lines }) =>
      `${stamp(start, '.')} --> ${stamp(end, '.')}\n${lines.map(escaped).join('\n')}\n`,
  );
  return `WEBVTT\n\n${blocks.join('\n')}`;
}

function stamp(seconds: number, point = ','): string {
  const milliseconds = Math.round(seconds * 1000);
  const part = (divisor: number, modulus: number, width: number) =>
    String(Math.floor(milliseconds / divisor) % modulus).padStart(width, '0');
  return `${part(3_600_000, 100, 2)}:${part(60_000, 60, 2)}:${part(1000, 60, 2)}${point}${part(1, 1000, 3)}`;
}
