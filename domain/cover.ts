import type { PageAnalysis, Panel, Panels } from './page.ts';
import type { Script } from './script.ts';

/** A candidate for the thumbnail, and its page. */
export interface Cover {
  page: number;
  panel: Panel;
  /** How interesting it is, estimated from its shape. */
  interest: number;
}

/** Aspect ratio of a thumbnail. */
const wide = 16 / 9;

/**
 * Returns candidates for the thumbnail, the most promising first. If a narrator that knows the story chose a panel, it is the
 * only candidate. Otherwise shapes decide: large on its page, close to the thumbnail's shape, not covered by speech, with a
 * subject, and narrated. Later pages count a little less, so that the cover does not give away the end.
 */
export function rankCovers(panels: Panels, script: Script, most: number): Cover[] {
  const cited = new Set(script.segments.flatMap((segment) => segment.panels));
  const covers = panels.pages.flatMap((page, order) => {
    const late = order / panels.pages.length;
    return page.panels.map((panel): Cover => {
      const told = cited.has(panel.id) ? 1 : 0.6;
      return { page: page.number, panel, interest: interestOf(panel, page) * told * (1 - 0.4 * late) };
    });
  });
  const chosen = covers.find(({ panel }) => panel.id === script.presentation?.thumbnail_panel);
  return chosen ? [chosen] : covers.sort((a, b) => b.interest - a.interest).slice(0, most);
}

function interestOf(panel: Panel, page: PageAnalysis): number {
  const share = (panel.w * panel.h) / (page.width * page.height);
  const shape = panel.w / panel.h / wide;
  const kept = Math.min(shape, 1 / shape);
  const speech = panel.bubbles.reduce((sum, { w, h }) => sum + w * h, 0) / (panel.w * panel.h);
  return Math.sqrt(share) * Math.sqrt(kept) * (1 - Math.min(0.8, speech)) * (panel.focus ? 1 : 0.7);
}
