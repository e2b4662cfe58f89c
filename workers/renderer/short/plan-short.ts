import type { Chapter } from '../../../domain/chapter.ts';
import { secondsToRead } from '../../../domain/end-card.ts';
import type { Panels } from '../../../domain/page.ts';
import type { Short } from '../../../domain/short.ts';
import type { Shot } from '../../../domain/shots.ts';
import type { SyntheticNotice } from '../../../domain/synthetic-notice.ts';
import { cardsOf, continuedCard } from '../shots/cards.ts';
import { planShots } from '../shots/plan-shots.ts';
import { type Cue, wrap } from '../subtitles/captions.ts';
import { framesPerSecond, type TimedSegment, type Timeline } from '../timeline.ts';
import { chooseExcerpt } from './choose-excerpt.ts';

/** A Short as a video with its own timeline and upright shots. */
export interface PlannedShort {
  timeline: Timeline;
  shots: Shot[];
  /** Notice about the parts that a machine made, drawn in the first pictures. */
  notice?: Cue | undefined;
  about: Short;
}

/** The whole video. */
interface Whole {
  chapter: Chapter;
  panels: Panels;
  timeline: Timeline;
  shots: readonly Shot[];
  /** Notice about the parts that a machine made. */
  notice: SyntheticNotice | undefined;
}

const upright = '9:16';
/**
 * Seconds of the card at the end, at most. It is silent, and the player starts again or shows the next one; a name that takes longer to read is in
 * the title of the Short too.
 */
const longestCard = 4;

/**
 * Plans the Short of a video. If the video itself is made upright, the excerpt has its shots, and most of its pieces.
 *
 * @returns the plan, or why there is none
 */
export function planShort({ chapter, panels, timeline, shots, notice }: Whole): PlannedShort | string {
  const whole = shots.every(({ camera }) => camera[upright])
    ? shots
    : planShots(timeline, panels, {
        formats: [upright],
        direction: chapter.reading_direction,
        cardOf: cardsOf(chapter, notice),
      });
  const text = continuedCard(chapter);
  const cardFrames = Math.round(Math.min(longestCard, secondsToRead(text)) * framesPerSecond);
  const chosen = chooseExcerpt(
    whole,
    timeline.segments.map(({ segment }) => segment),
    cardFrames,
  );
  if (typeof chosen === 'string') return chosen;
  const kept = whole.slice(chosen.first, chosen.end);
  const [first] = kept;
  const last = kept.at(-1);
  if (!first || !last) return 'the excerpt is empty';
  const told = new Set(kept.flatMap(({ segments }) => segments));
  const startsAt = first.first_frame / framesPerSecond;
  const segments = timeline.segments
    .filter(({ segment }) => told.has(segment.index))
    .map((timed) => moved(timed, startsAt));
  const card: Shot = {
    ...last,
    card: text,
    first_frame: last.first_frame + last.frames,
    frames: cardFrames,
    easing: 'smooth',
    transition: { kind: 'cross-fade', frames: Math.round(framesPerSecond / 2) },
  };
  const placed = [{ ...first, transition: { kind: 'cut' as const } }, ...kept.slice(1), card].map((shot) => ({
    ...shot,
    first_frame: shot.first_frame - first.first_frame,
  }));
  const frames = placed.reduce((sum, shot) => sum + shot.frames, 0);
  return {
    timeline: { segments, frames },
    shots: placed,
    notice: notice && noticeAtStart(notice),
    about: {
      job_id: chapter.job_id,
      segments: [...told],
      starts_at: startsAt,
      seconds: frames / framesPerSecond,
      cliffhanger: chosen.cliffhanger,
      last_words: segments.at(-1)?.segment.text ?? '',
    },
  };
}

/**
 * Returns the notice where the law wants it: at first sight, since most viewers leave before the end (AI Act, article 50, paragraph 5). It stays
 * twice as long as it takes to read, because subtitles are read beside it.
 */
const noticeAtStart = ({ text }: SyntheticNotice): Cue => ({
  ...{ start: 0, end: 2 * secondsToRead({ kind: 'title', heading: text, lines: [] }) },
  ...{ lines: wrap(text) ?? [text], atTop: true as const },
});

/** Moves a segment to the time of the excerpt. Its start can be half a frame before the first one, which is at 0. */
function moved(timed: TimedSegment, startsAt: number): TimedSegment {
  const frames = Math.round(startsAt * framesPerSecond);
  return {
    ...timed,
    start: Math.max(0, timed.start - startsAt),
    speechEnd: timed.speechEnd - startsAt,
    end: timed.end - startsAt,
    firstFrame: timed.firstFrame - frames,
    lastFrame: timed.lastFrame - frames,
  };
}
