import { type Panel, saidIn } from '../../../domain/page.ts';
import { frameAt, framesPerSecond, type TimedSegment } from '../timeline.ts';

/** A shorter shot can't be read: a segment too short for all its panels shows fewer of them. */
export const shortestShot = Math.round(0.9 * framesPerSecond);
/** Duration of a silent panel before the speaking one. */
const glance = Math.round(1.2 * framesPerSecond);

export interface Share {
  panel: Panel;
  frames: number;
}

/**
 * Divides the last `frames` frames of a segment among the panels that it cites, in their order. Panels whose words are read
 * out are on screen meanwhile; silent ones before them are shown briefly, and silent ones after them get the pause. The panels
 * of any other segment share it evenly.
 */
export function shareFrames(timed: TimedSegment, cited: readonly Panel[], frames: number): Share[] {
  const shown = chosen(cited, Math.max(1, Math.floor(frames / shortestShot)));
  const speaking = timed.segment.kind === 'speech' ? shown.filter(speaks).length : 0;
  const lastSpeaking = shown.findLastIndex(speaks);
  const behind = shown.length - 1 - lastSpeaking;
  const before = shown.length - behind - speaking;
  if (speaking === 0 || speaking === shown.length) return evenly(shown, frames);

  const pause = timed.lastFrame - frameAt(timed.speechEnd);
  const forBehind =
    behind && within(pause, behind * shortestShot, frames - (before + speaking) * shortestShot);
  const forSpeech = frames - forBehind;
  const forBefore = before && within(before * glance, 0, forSpeech - speaking * shortestShot);
  return [
    ...parts(shown.slice(0, lastSpeaking + 1), [forBefore, forSpeech - forBefore]),
    ...evenly(shown.slice(lastSpeaking + 1), forBehind),
  ];
}

/** Silent panels share the first of two durations, speaking ones the second. */
function parts(panels: readonly Panel[], [silent, spoken]: [number, number]): Share[] {
  const take = (of: readonly Panel[], frames: number) => evenly(of, frames).values();
  const silence = take(
    panels.filter((panel) => !speaks(panel)),
    silent,
  );
  const speech = take(panels.filter(speaks), spoken);
  return panels.flatMap((panel) => (speaks(panel) ? speech : silence).next().value ?? []);
}

const speaks = (panel: Panel) => saidIn(panel).length > 0;

const within = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));

function evenly(panels: readonly Panel[], frames: number): Share[] {
  const share = (index: number) => Math.round((index * frames) / panels.length);
  return panels.map((panel, index) => ({ panel, frames: share(index + 1) - share(index) }));
}

/** Returns at most `count` of the panels: speaking ones before silent ones, otherwise first and last if there is room. */
function chosen(panels: readonly Panel[], count: number): Panel[] {
  if (panels.length <= count) return [...panels];
  const places = [...panels.keys()];
  const isSpeaking = (place: number) => speaks(panels[place] as Panel);
  const speaking = spread(places.filter(isSpeaking), count);
  const silent = places.filter((place) => !isSpeaking(place));
  const kept = new Set([...speaking, ...spread(silent, count - speaking.length)]);
  return panels.filter((_, place) => kept.has(place));
}

function spread(places: readonly number[], count: number): number[] {
  if (places.length <= count) return [...places];
  const step = (places.length - 1) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, index) => places[Math.round(index * step)] as number);
}
