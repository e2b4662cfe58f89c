import { overlap } from '../image/raster.ts';
import type { Box } from '../page/page.ts';

/** Share of an inset that is on larger boxes. */
const upon = 0.5;
/** Share from which it is inside one of them. */
const insideShare = 0.9;
/** A panel with a smaller share of it is only touched. */
const hostShare = 0.2;
/** Least area of a host, in areas of the inset. */
const larger = 1.5;

/** An inset and the panels that it is on, the one with most of it first. */
export interface Inset {
  index: number;
  hosts: number[];
  /** One panel contains it; otherwise it crosses their edges, and its place in the order is a guess. */
  inside: boolean;
}

/** Finds the boxes on top of larger ones. A box inside an inset is an inset of that. */
export function insetsAmong(boxes: readonly Box[]): Inset[] {
  return boxes.flatMap((own, index): Inset[] => {
    const area = own.w * own.h;
    const held = boxes
      .map((other, host) => ({ host, size: other.w * other.h, share: overlap(own, other) / area }))
      .filter(({ host, size, share }) => host !== index && size >= area * larger && share >= hostShare);
    const inside = held.filter(({ share }) => share >= insideShare).sort((a, b) => a.size - b.size);
    if (inside.length > 0)
      return [{ index, hosts: inside.slice(0, 1).map(({ host }) => host), inside: true }];
    const share = held.reduce((sum, one) => sum + one.share, 0);
    if (share < upon) return [];
    return [{ index, hosts: held.sort((a, b) => b.share - a.share).map(({ host }) => host), inside: false }];
  });
}
