import type { Box, PageAnalysis, Panel, Panels } from './page.ts';
import type { Script, Segment } from './script.ts';

/** A candidate for the thumbnail, and its page. */
export interface Cover {
  page: number;
  panel: Panel;
  /** Lettering that the page reader found in the panel, read or not. */
  lettering: Box[];
  /** Interest for a viewer, estimated from its shape. */
  interest: number;
}

/** Number of candidates whose pictures are compared. */
export const mostCovers = 6;

/** Aspect ratio of a thumbnail. */
const wide = 16 / 9;

/** Candidates for the thumbnails of a video. */
export interface Covers {
  /** The panel that the script names. */
  chosen: Cover | undefined;
  /** Other panels, the most promising first. */
  ranked: Cover[];
}

/**
 * Returns the candidates by their shapes: large on its page, close to the thumbnail's shape, not covered by speech, with a
 * subject, and narrated. Later pages count a little less, so that the cover does not give away the end.
 */
export function coversOf(
  panels: Pick<Panels, 'pages'>,
  script: Pick<Script, 'presentation' | 'thumbnail_panel'> & { segments: readonly Pick<Segment, 'panels'>[] },
  most: number,
): Covers {
  const cited = new Set(script.segments.flatMap((segment) => segment.panels));
  const covers = panels.pages.flatMap((page, order) => {
    const late = order / panels.pages.length;
    return page.panels.map((panel): Cover => {
      const told = cited.has(panel.id) ? 1 : 0.6;
      return {
        page: page.number,
        panel,
        lettering: letteringIn(panel, page),
        interest: interestOf(panel, page) * told * (1 - 0.4 * late),
      };
    });
  });
  covers.sort((a, b) => b.interest - a.interest);
  const named = script.thumbnail_panel ?? script.presentation?.thumbnail_panel;
  const chosen = covers.find(({ panel }) => panel.id === named);
  return { chosen, ranked: covers.filter((cover) => cover !== chosen).slice(0, most) };
}

/** Returns whether two boxes have pixels in common. */
export const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const letteringIn = (panel: Panel, { reading }: PageAnalysis): Box[] => [
  ...panel.bubbles,
  ...(reading?.unread ?? []).filter((unread) => overlap(unread, panel)),
];

function interestOf(panel: Panel, page: PageAnalysis): number {
  const share = (panel.w * panel.h) / (page.width * page.height);
  const shape = panel.w / panel.h / wide;
  const kept = Math.min(shape, 1 / shape);
  const speech = panel.bubbles.reduce((sum, { w, h }) => sum + w * h, 0) / (panel.w * panel.h);
  return Math.sqrt(share) * Math.sqrt(kept) * (1 - Math.min(0.8, speech)) * (panel.focus ? 1 : 0.7);
}
