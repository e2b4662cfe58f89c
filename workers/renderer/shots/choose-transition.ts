import type { Box } from '../../../domain/page.ts';
import type { Transition } from '../../../domain/shots.ts';
import { framesPerSecond } from '../timeline.ts';
import type { Take } from './take.ts';

const fadeFrames = 9;
const slideFrames = 11;
/** Pictures that follow one another faster than this are cut, since a transition would fill the shot. */
const calm = 1.6 * framesPerSecond;

/**
 * Chooses the transition. A new page, the change from a whole page to its panels, and cards fade. Between panels of a
 * page the pictures slide in reading direction: the next one comes from its side. Fast exchanges are cut.
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

/** Returns the direction from one panel to another; undefined if it would go back up. */
function wayOf(from: Box, to: Box): 'left' | 'right' | 'up' | undefined {
  const together = Math.min(from.y + from.h, to.y + to.h) - Math.max(from.y, to.y);
  if (together > Math.min(from.h, to.h) / 2) return to.x < from.x ? 'right' : 'left';
  return to.y > from.y ? 'up' : undefined;
}
