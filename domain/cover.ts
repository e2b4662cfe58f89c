import type { PageAnalysis, Panel, Panels } from './page.ts';
import type { Script } from './script.ts';

/** A candidate for the thumbnail, and its page. */
export interface Cover {
  page: number;
  panel: Panel;
  /** How interesting it is, estimated from its shape. */
  interest: number;
}

/** Number of candidates whose pictures are compared. */
export const mostCovers = 6;

/** Aspect ratio of a thumbnail. */
const wide = 16 / 9;

/**
 * Returns candidates for the thumbnail, the most promising first. If the script names a panel, it is the only one.
 */
export function rankCovers(panels: Panels, script: Named, most: number): Cover[] {
  const { chosen, ranked } = coversOf(panels, script, most);
  return chosen ? [chosen] : ranked;
}

type Named = Pick<Script, 'segments' | 'presentation' | 'thumbnail_panel'>;

/**
 * Returns the panel that the script names for the thumbnail, and others that could be it. Their shapes decide: large on its page, close to the thumbnail's shape, not covered by speech, with a
 * subject, and narrated. Later pages count a little less, so that the cover does not give away the end.
 */
export function coversOf(
  panels: Panels,
  script: Named,
  most: number,
): { chosen: Cover | undefined; ranked: Cover[] } {
  const cited = new Set(script.segments.flatMap((segment) => segment.panels));
  const covers = panels.pages.flatMap((page, order) => {
    const late = order / panels.pages.length;
    return page.panels.map((panel): Cover => {
      const told = cited.has(panel.id) ? 1 : 0.6;
      return { page: page.number, panel, interest: interestOf(panel, page) * told * (1 - 0.4 * late) };
    });
  });
  covers.sort((a, b) => b.interest - a.interest);
  const named = script.thumbnail_panel ?? script.presentation?.thumbnail_panel;
  const chosen = covers.find(({ panel }) => panel.id === named);
  return { chosen, ranked: covers.filter((cover) => cover !== chosen).slice(0, most) };
}

function interestOf(panel: Panel, page: PageAnalysis): number {
  const share = (panel.w * panel.h) / (page.width * page.height);
  const shape = panel.w / panel.h / wide;
  const kept = Math.min(shape, 1 / shape);
  const speech = panel.bubbles.reduce((sum, { w, h }) => sum + w * h, 0) / (panel.w * panel.h);
  return Math.sqrt(share) * Math.sqrt(kept) * (1 - Math.min(0.8, speech)) * (panel.focus ? 1 : 0.7);
}
