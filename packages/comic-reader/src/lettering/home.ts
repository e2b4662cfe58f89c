import { overlap } from '../image/raster.ts';
import type { Box } from '../page/page.ts';

/**
 * Finds the panel of a bubble: the smallest that contains most of it (an inset before the panel around it), otherwise the
 * one that it overlaps most, otherwise the nearest.
 * @returns an index into `panels`, which must not be empty
 */
export function home(bubble: Box, panels: readonly Box[]): number {
  const shared = panels.map((panel) => overlap(bubble, panel) / (bubble.w * bubble.h));
  const most = Math.max(...shared);
  if (most === 0) return nearest(bubble, panels);
  const enough = Math.min(0.8, most);
  let best = -1;
  for (const [i, share] of shared.entries()) {
    if (share >= enough && (best < 0 || area(panels[i] as Box) < area(panels[best] as Box))) best = i;
  }
  return best;
}

const area = ({ w, h }: Box) => w * h;

function nearest(bubble: Box, panels: readonly Box[]): number {
  const distance = (p: Box) => {
    const dx = Math.max(p.x - bubble.x - bubble.w, bubble.x - p.x - p.w, 0);
    const dy = Math.max(p.y - bubble.y - bubble.h, bubble.y - p.y - p.h, 0);
    return dx * dx + dy * dy;
  };
  let best = 0;
  for (let i = 1; i < panels.length; i++) {
    if (distance(panels[i] as Box) < distance(panels[best] as Box)) best = i;
  }
  return best;
}
