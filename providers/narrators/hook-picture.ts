import type { SegmentDraft } from '../../domain/script.ts';

/** Panels that could be the thumbnail, the most promising first. */
export type Pictures = readonly { page: number; panel: string }[];

/** The middle of the story, as parts of what is told: the last fifth gives away the end. */
const middle = { from: 0.5, to: 0.8 };

/**
 * Returns the picture of the hook: the most promising one from the middle of the story, as editors of trailers choose it, since viewers see it
 * again when its panel is told. Otherwise it is the latest one before the end, and never one of the page of the welcome, which follows the
 * hook, if there is another.
 */
export function hookPicture(
  segments: readonly SegmentDraft[],
  pictures: Pictures,
): Pictures[number] | undefined {
  const others = pictures.filter(({ page }) => page !== segments[0]?.page);
  const placed = others.map((picture) => ({ picture, at: partBefore(segments, picture) }));
  const inMiddle = placed.find(({ at }) => at >= middle.from && at < middle.to);
  const [latest] = placed.filter(({ at }) => at < middle.to).sort((one, other) => other.at - one.at);
  return (inMiddle ?? latest)?.picture ?? others[0] ?? pictures[0];
}

/** Returns which part of all words is told before a panel. */
function partBefore(segments: readonly SegmentDraft[], { page, panel }: Pictures[number]): number {
  const lengthOf = (some: readonly SegmentDraft[]) => some.reduce((sum, { text }) => sum + text.length, 0);
  const told = segments.findIndex(({ panels }) => panels.includes(panel));
  const first = told < 0 ? segments.findIndex((segment) => segment.page >= page) : told;
  return lengthOf(segments.slice(0, first < 0 ? segments.length : first)) / lengthOf(segments);
}
