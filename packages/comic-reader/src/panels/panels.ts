import { crop, moved, type Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { withoutBars } from './bars.ts';
import { examined } from './divided-page.ts';
import { withoutFold } from './fold.ts';
import { type FoundPanels, largest, likely } from './found-panels.ts';
import { partsByGround } from './grounds.ts';
import { rulesFor } from './gutter-rules.ts';
import { withoutScanEdges } from './scan-edges.ts';
import { isStrip } from './strip.ts';
import { panelsOfStrip } from './strip-panels.ts';

/** Share of the part of a page with one ground that a panel on it does not cover: there are margins around it. */
const mostOfGround = 0.95;

/**
 * Finds the panels of a page. A page whose art is not divided is one panel.
 * @param page RGB, about 1000 pixels on its longer side
 */
export function findPanels(given: Raster): FoundPanels {
  if (isStrip(given)) return panelsOfStrip(given);
  const { page: cleared, unsure } = withoutBars(withoutScanEdges(given));
  const page = withoutFold(cleared);
  const found = onSeveralGrounds(page) ?? examined(page, rulesFor);
  return { ...found, doubts: { ...found.doubts, ...(unsure && { sliver: likely }) } };
}

/** Finds the panels on each ground of a page with several; null if it has one, or a part of it is not divided. */
function onSeveralGrounds(page: Raster): FoundPanels | null {
  const parts = partsByGround(page);
  if (parts.length < 2) return null;
  // A part is as wide as the page; its gutters are those of the whole page.
  const rulesOf = ({ width }: Raster) => rulesFor({ width, height: (width * page.height) / page.width });
  const found = parts.map((part) => examined(crop(page, part), rulesOf));
  const isDivided = ({ panels }: FoundPanels, i: number) =>
    panels.every(({ w, h }) => w * h < mostOfGround * (parts[i] as Box).w * (parts[i] as Box).h);
  if (!found.every(isDivided)) return null;
  return {
    panels: found.flatMap(({ panels }, i) => panels.map((box) => moved(box, parts[i] as Box))),
    undivided: found.some(({ undivided }) => undivided),
    doubts: found.map(({ doubts }) => doubts).reduce(largest),
  };
}
