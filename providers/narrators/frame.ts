import type { FollowingChapter } from '../../domain/following-chapter.ts';
import type { Mood, SegmentDraft } from '../../domain/script.ts';
import type { SyntheticNotice } from '../../domain/synthetic-notice.ts';
import { hookPicture, type Pictures } from './hook-picture.ts';
import type { Ending, PageToNarrate } from './narrator.ts';
import { announcement, closing, hook, opening, recap, untilNext } from './phrases.ts';
import { breaths, longestSegment, secondsToSay, speakable } from './spoken.ts';

/** Silence after a segment, in seconds: a breath inside a panel, longer where the picture changes. */
export const pause = { breath: 0.25, panel: 0.45, page: 0.7, opening: 0.8, description: 0.7, closing: 0.8 };
/** Silence that a panel without words adds, in seconds, so that it can be seen. */
const glance = 1.1;
const longestPause = 5;

/** Factor for the silence after a segment in a mood. */
const weight: Readonly<Record<Mood, number>> = {
  neutral: 1,
  joyful: 0.9,
  sad: 1.5,
  angry: 0.8,
  afraid: 1.1,
  tense: 1.3,
  tender: 1.3,
};

/** Factor by how a text ends: an unfinished one lingers, a question leaves time to wonder, a shout is followed up. */
const endings: readonly [RegExp, number][] = [
  [/…["”’)]*$/u, 1.4],
  [/![?]*["”’)]*$/u, 0.9],
  [/\?["”’)]*$/u, 1.2],
];

/** Speakers before and after a silence; empty for the narrator. */
export interface Turn {
  from: string;
  to: string;
}

/** People answer each other at once, but listeners need a moment to notice that the narrator stops or begins. */
function turnWeight({ from, to }: Turn): number {
  if (from === to) return 1;
  return from && to ? 0.8 : 1.15;
}

/** People breathe longer after longer sentences: this factor for the shortest, and so much more for the longest. */
const breathing = { least: 0.85, more: 0.3 };

/**
 * Returns the silence after a text, in seconds: longer or shorter than usual by its ending, its length, its mood and the turn that
 * follows, as far as the narrator knows them.
 */
export function pauseAfter(
  text: string,
  seconds: number,
  { mood = 'neutral', turn }: { mood?: Mood; turn?: Turn | undefined } = {},
): number {
  const ending = endings.find(([pattern]) => pattern.test(text))?.[1] ?? 1;
  const length = breathing.least + breathing.more * Math.min(1, text.length / longestSegment);
  const factor = ending * length * weight[mood] * (turn ? turnWeight(turn) : 1);
  return Math.round(seconds * factor * 100) / 100;
}

/** Returns a silence that shows one more panel. */
export const withGlance = (seconds: number): number =>
  Math.min(longestPause, Math.round((seconds + glance) * 100) / 100);

/** Returns the welcome, or the announcement of a video's next chapter, over these panels. */
export const welcome = ({ chapter, whole, analysis }: PageToNarrate, panels: string[]): SegmentDraft => ({
  kind: 'opening',
  text: whole && analysis.number > 1 ? announcement(chapter) : opening(chapter),
  page: analysis.number,
  panels,
  pause_after: pause.opening,
});

/** Returns the farewell with authors and licence, which are obligatory and therefore never left to a model. */
export const farewell = ({ chapter, whole, analysis }: PageToNarrate): SegmentDraft => ({
  kind: 'closing',
  text: closing(whole ?? chapter),
  page: analysis.number,
  panels: analysis.panels.slice(-1).map(({ id }) => id),
  pause_after: pause.closing,
});

/** Parts of a script around the narration of the pages. */
export interface FrameSettings {
  /** A sentence that makes viewers curious, before the welcome; left out if it takes longer than `longestHook`. */
  hook: boolean;
  /** Summary of the previous chapter. */
  recap: boolean;
  /** Whether the farewell points to the next chapter, if there is one. */
  nextChapter: boolean;
  /** Notice about the parts that a machine made; the welcome says it, or the renderer shows it. */
  notice: SyntheticNotice | undefined;
  /** Percent that the voice speaks faster or slower than usual. */
  rate: number;
}

/** Seconds in which a viewer decides to stay. */
export const longestHook = 10;

/** Returns how long a voice takes for a hook, in seconds. */
export const secondsOfHook = (headline: string, rate: number): number => secondsToSay(hook(headline), rate);

type View = Pick<SegmentDraft, 'page' | 'panels'>;

/** Returns the panels with which segments begin, each once, in their order. */
const viewsOf = (segments: readonly SegmentDraft[]): View[] => [
  ...new Map(
    segments.map(({ page, panels }) => [panels[0] ?? page, { page, panels: panels.slice(0, 1) }]),
  ).values(),
];

/**
 * Adds the hook and the recap, which only a narrator that knows the story has, makes the farewell point to the next chapter if there is one, and lets
 * the welcome say what a machine made.
 * Each sentence of the recap shows another panel, from the first one on: a cover would stay for twenty seconds.
 */
export function framed(
  segments: readonly SegmentDraft[],
  ending: Pick<Ending, 'before' | 'presentation'> | undefined,
  next: FollowingChapter | undefined,
  settings: FrameSettings,
  pictures: Pictures,
): SegmentDraft[] {
  const [first] = segments;
  if (!first) return [];
  /** Returns sentences over panels, one after the other; the last panel stays. */
  const over = (views: readonly View[], sentences: readonly string[]): SegmentDraft[] =>
    sentences
      .flatMap((sentence) => breaths(speakable(sentence)))
      .map((text, index) => ({
        ...{ kind: 'description', text, pause_after: pause.panel },
        ...(views[Math.min(index, views.length - 1)] ?? { page: first.page, panels: [] }),
      }));
  const { headline } = ending?.presentation ?? {};
  const shown = hookPicture(segments, pictures);
  const hooked =
    settings.hook && headline && secondsOfHook(headline, settings.rate) <= longestHook
      ? over(shown ? [{ page: shown.page, panels: [shown.panel] }] : viewsOf([first]), [hook(headline)])
      : [];
  const recalled = settings.recap && ending ? over(viewsOf(segments), recap(ending.before)) : [];
  const { nextChapter, notice } = settings;
  const told = segments.map((segment) => {
    if (nextChapter && next && segment.kind === 'closing')
      return { ...segment, text: untilNext(segment.text, next) };
    if (notice?.form === 'spoken' && segment === first && segment.kind === 'opening')
      return { ...segment, text: `${segment.text} ${notice.text}` };
    return segment;
  });
  const welcomed = first.kind === 'opening' ? 1 : 0;
  return [...hooked, ...told.slice(0, welcomed), ...recalled, ...told.slice(welcomed)];
}
