import { overlap } from './image/raster.ts';
import { insetsAmong } from './order/insets.ts';
import type { Box } from './page/page.ts';

/** Share of a panel's area that its lettering covers at most, beside a picture. */
const mostLettering = 0.5;

/** Returns panels without those that are inside another and filled by lettering: these are balloons and captions. */
export function withoutBalloons(panels: readonly Box[], lettering: readonly Box[]): Box[] {
  const isFilled = (panel: Box) =>
    lettering.reduce((sum, box) => sum + overlap(box, panel), 0) > mostLettering * panel.w * panel.h;
  const balloons = new Set(
    insetsAmong(panels).flatMap(({ index, inside }) =>
      inside && isFilled(panels[index] as Box) ? [index] : [],
    ),
  );
  return panels.filter((_, index) => !balloons.has(index));
}
