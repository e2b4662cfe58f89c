import type { Mood, Segment } from '../../../domain/script.ts';
import { type Cliffhanger, longestShort } from '../../../domain/short.ts';
import type { Shot } from '../../../domain/shots.ts';
import { framesPerSecond } from '../timeline.ts';

/** The shots of an excerpt: from `first` to before `end`. */
export interface Excerpt {
  first: number;
  end: number;
  cliffhanger: Cliffhanger;
}

/** A viewer needs this long to understand what happens. */
const shortest = 20 * framesPerSecond;
/** A Short costs as much to render as the same time of the video, so it takes at most this share of it. */
const largestShare = 0.12;
/** Least share of the video that follows the cliffhanger and is left to it. */
const leastLeft = 0.2;

const strengths: Readonly<Record<Cliffhanger, number>> = {
  question: 3,
  exclamation: 2,
  pause: 2,
  'page turn': 0,
};
/** Moods in which something is at stake. */
const excited: ReadonlySet<Mood | undefined> = new Set<Mood>(['angry', 'afraid', 'tense']);

/**
 * Chooses the part of a video that makes a Short: it ends with a question, an exclamation or an unfinished sentence, preferably before a page
 * turn, where comics put what is to be revealed; the earliest of the best, which reveals least. It begins with a page if it can.
 *
 * @param shots those of the whole video
 * @param lastCardFrames length of the card at its end
 * @returns the excerpt, or why there is none
 */
export function chooseExcerpt(
  shots: readonly Shot[],
  segments: readonly Segment[],
  lastCardFrames: number,
): Excerpt | string {
  const total = shots.reduce((sum, { frames }) => sum + frames, 0);
  const longest = Math.min(longestShort * framesPerSecond, Math.floor(total * largestShare)) - lastCardFrames;
  if (longest < shortest) return 'the video is too short for an excerpt';
  const told = new Map(segments.map((segment) => [segment.index, segment]));
  const kindsOf = (shot: Shot) => shot.segments.map((index) => told.get(index)?.kind);
  const isFrame = (shot: Shot) => kindsOf(shot).some((kind) => kind === 'opening' || kind === 'closing');
  const startOf = (shot: number) => shots[shot]?.first_frame ?? total;
  const cuts = shots.flatMap((shot, index) => {
    const before = shots[index - 1];
    const isCut = before?.segments.every((segment) => !shot.segments.includes(segment));
    return isCut ? [index] : [];
  });

  let best: (Excerpt & { tension: number }) | undefined;
  for (const end of cuts) {
    if (startOf(end) > total * (1 - leastLeft)) break;
    const last = told.get(shots[end - 1]?.segments.at(-1) ?? -1);
    const turns = shots[end]?.page !== last?.page;
    const cliffhanger = last && cliffhangerOf(last.text, turns);
    if (!cliffhanger) continue;
    const first = firstOf(end);
    if (first === undefined) continue;
    const tension = strengths[cliffhanger] + (turns ? 1 : 0) + (excited.has(last.mood) ? 2 : 0);
    if (!best || tension > best.tension) best = { first, end, cliffhanger, tension };
  }
  if (!best) return 'no part of the video ends where viewers want to know what follows';
  const { first, end, cliffhanger } = best;
  return { first, end, cliffhanger };

  /** Returns where the longest excerpt with this end begins, preferably with a page. */
  function firstOf(end: number): number | undefined {
    const after = shots.slice(0, end).findLastIndex(isFrame) + 1;
    const fits = (first: number) => {
      const length = startOf(end) - startOf(first);
      return first >= after && length >= shortest && length <= longest;
    };
    const firsts = [0, ...cuts].filter(fits);
    return firsts.find((first) => shots[first]?.page !== shots[first - 1]?.page) ?? firsts[0];
  }
}

/** Returns what the end of a text leaves open. */
function cliffhangerOf(text: string, turns: boolean): Cliffhanger | undefined {
  const [ending] = /[?!…]+(?=["”’»)\s]*$)|\.{3}(?=["”’»)\s]*$)/u.exec(text) ?? [];
  if (ending?.includes('?')) return 'question';
  if (ending?.includes('!')) return 'exclamation';
  if (ending) return 'pause';
  return turns ? 'page turn' : undefined;
}
