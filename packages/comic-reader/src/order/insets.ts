import type { Box } from '../page.ts';
import { overlap } from '../raster.ts';

/** A box that lies at least this much upon larger ones is an inset. */
const UPON = 0.5;
/** It lies wholly in one from here on. */
const INSIDE = 0.9;
/** A panel that holds less of it than this is only touched. */
const HOST = 0.2;
/** A host is this much larger. */
const LARGER = 1.5;

/** An inset and the panels that it lies upon, those that hold most of it first. */
export interface Inset {
  index: number;
  hosts: number[];
  /** Whether one panel holds it: else it lies across their edges, and where it is read is a guess. */
  inside: boolean;
}

/** Finds the boxes that lie upon larger ones. A box inside an inset is an inset of that. */
export function insetsAmong(boxes: readonly Box[]): Inset[] {
  return boxes.flatMap((own, index): Inset[] => {
    const area = own.w * own.h;
    const held = boxes
      .map((other, host) => ({ host, size: other.w * other.h, share: overlap(own, other) / area }))
      .filter(({ host, size, share }) => host !== index && size >= area * LARGER && share >= HOST);
    const inside = held.filter(({ share }) => share >= INSIDE).sort((a, b) => a.size - b.size);
    if (inside.length > 0)
      return [{ index, hosts: inside.slice(0, 1).map(({ host }) => host), inside: true }];
    const share = held.reduce((sum, one) => sum + one.share, 0);
    if (share < UPON) return [];
    return [{ index, hosts: held.sort((a, b) => b.share - a.share).map(({ host }) => host), inside: false }];
  });
}
