import type { Mood } from '../../../domain/script.ts';
import type { TimedSegment } from '../timeline.ts';
import type { MusicSource } from './mix-music.ts';

/** Music under each mood; `source` under the others, and where a segment has none. */
export interface MusicChoice {
  source: MusicSource | 'off';
  byMood?: Partial<Record<Mood, MusicSource | 'off'>>;
}

/** In seconds; infinite at both ends of the video. */
interface Stretch {
  from: number;
  to: number;
}

/** A piece of music, and where it is heard. */
export interface MusicPart {
  source: MusicSource;
  stretches: readonly Stretch[];
}

/** Music stays at least so long, in seconds: moods change with every sentence of a quarrel. */
const shortest = 20;
/** Seconds in which one piece of music fades into the next. */
const crossfade = 2;

const nameOf = (source: MusicSource | 'off') => (typeof source === 'object' ? source.key : source);

interface Block extends Stretch {
  /** Seconds for each source that its segments ask for, by its name. */
  wanted: Map<string, number>;
  /** The source of the block before, which stays if as much of this one asks for it as for another. */
  before: string | undefined;
}

function longest({ wanted, before = '' }: Block): string {
  const most = Math.max(...wanted.values());
  if (wanted.get(before) === most) return before;
  return [...wanted].find(([, seconds]) => seconds === most)?.[0] ?? before;
}

/**
 * Returns the music of a video. It changes where the mood does, but not before it was heard for a while: until then the source that most
 * of the time asks for is heard.
 */
export function musicParts(
  segments: readonly TimedSegment[],
  { source, byMood = {} }: MusicChoice,
): MusicPart[] {
  const sources = [source, ...Object.values(byMood)];
  const wantedBy = ({ segment: { mood } }: TimedSegment) => nameOf((mood && byMood[mood]) ?? source);
  const heard = Map.groupBy(blocksOf(segments, wantedBy), longest);
  return [...heard].flatMap(([name, blocks]) => {
    const found = sources.find((one) => nameOf(one) === name);
    if (found === undefined || found === 'off') return [];
    return [{ source: found, stretches: blocks.map(({ from, to }) => ({ from, to })) }];
  });
}

function blocksOf(segments: readonly TimedSegment[], wantedBy: (timed: TimedSegment) => string): Block[] {
  const blocks: Block[] = [];
  const add = (block: Block, name: string, { start, end }: TimedSegment) => {
    block.to = end;
    block.wanted.set(name, (block.wanted.get(name) ?? 0) + end - start);
  };
  for (const timed of segments) {
    const wanted = wantedBy(timed);
    const last = blocks.at(-1);
    if (last && (last.to - last.from < shortest || longest(last) === wanted)) add(last, wanted, timed);
    else {
      const begun: Block = {
        ...{ from: timed.start, to: timed.end, wanted: new Map() },
        before: last && longest(last),
      };
      add(begun, wanted, timed);
      blocks.push(begun);
    }
  }
  const end = blocks.at(-1);
  if (end && blocks.length > 1 && end.to - end.from < shortest) blocks.pop();
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (first) first.from = Number.NEGATIVE_INFINITY;
  if (last) last.to = Number.POSITIVE_INFINITY;
  return blocks;
}

/** Returns 0 to 1 within a crossfade whose middle is at a time. */
const rise = (time: number, middle: number) => Math.min(1, Math.max(0, (time - middle) / crossfade + 0.5));

/** Returns how much of a part is heard at a time, 0 to 1; the parts of a video add up to 1 where none of them is off. */
export const shareAt = ({ stretches }: Pick<MusicPart, 'stretches'>, time: number): number =>
  stretches.reduce((sum, { from, to }) => sum + Math.min(rise(time, from), 1 - rise(time, to)), 0);
