import type { Box } from '../../../domain/page.ts';
import type { Transition } from '../../../domain/shots.ts';
import { framesPerSecond } from '../timeline.ts';
import type { Take } from './take.ts';

const fadeFrames = 9;
const slideFrames = 11;
/** Pictures that follow one another faster than this are cut: a transition would be all there is to see. */
const calm = 1.6 * framesPerSecond;

/**
 * A page that is turned, the way from a whole page into its panels, and cards fade. From panel to panel of a page the
 * pictures slide as the eye goes over the page: the next one comes from where it lies. Fast exchanges are cut.
 */
export function chooseTransition(before: Take | undefined, take: Take, frames: number): Transition {
  if (!before) return { kind: 'cut' };
  const longest = Math.floor(frames / 3);
  const fade: Transition = longest > 0 ? { kind: 'cross-fade', frames: Math.min(fadeFrames, longest) } : cut;
  if (before.card || take.card) return fade;
  if (before.page !== take.page || !before.panel || !take.panel) return fade;
  if (Math.min(before.frames, take.frames) < calm) return cut;
  const towards = wayOf(before.art, take.art);
  return towards ? { kind: 'slide', frames: Math.min(slideFrames, longest), towards } : fade;
}

const cut: Transition = { kind: 'cut' };

/** Where pictures go when the eye goes from one panel to another; undefined where it would go back up. */
function wayOf(from: Box, to: Box): 'left' | 'right' | 'up' | undefined {
  const together = Math.min(from.y + from.h, to.y + to.h) - Math.max(from.y, to.y);
  if (together > Math.min(from.h, to.h) / 2) return to.x < from.x ? 'right' : 'left';
  return to.y > from.y ? 'up' : undefined;
}
