import { crop, moved, type Raster, wholeOf } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { dividedPage, examined } from './divided-page.ts';
import { type Doubts, type FoundPanels, largest, likely } from './found-panels.ts';
import { type GutterRules, rulesFor } from './gutter-rules.ts';
import { withoutJoins } from './joined-scenes.ts';
import { isSpeechAlone } from './speech-alone.ts';
import { filled, hasOwnGround, scenes } from './strip.ts';

/** A part of a strip with a smaller share of art is lettering between the scenes. */
const sceneFilled = 0.15;

/** Height of the ground that is kept around a scene, as a share of the strip's width: less than half of the narrowest between scenes. */
const groundAround = 0.02;

/** Finds the panels in the scenes of a strip. */
export function panelsOfStrip(given: Raster): FoundPanels {
  const { page, unsure } = withoutJoins(given);
  const parts = scenes(page);
  const own = new Set(parts.filter((part) => hasOwnGround(page, part)));
  const drawn = parts.filter(
    (part) => own.has(part) || (filled(page, part) >= sceneFilled && !isSpeechAlone(page, part)),
  );
  const all: Doubts[] = [];
  const panels = (drawn.length > 0 ? drawn : parts).flatMap((part) => {
    // Its ground belongs to a picture, and does not separate panels.
    if (own.has(part)) return [part];
    const around = withGroundAround(page, part);
    const scene = crop(page, around);
    const divided = dividedPage(scene, rulesOfScene(scene));
    const panels = divided.panels.filter((box) => !isSpeechAlone(page, moved(box, around)));
    const inside = { ...divided, panels };
    // One picture keeps its whole height: the strip's ground was cut off before, so an even sky above it belongs to it.
    const [only] = panels;
    if (only && panels.length === 1) return [{ ...part, x: part.x + only.x, w: only.w }];
    all.push(examined(scene, rulesOfScene, inside).doubts);
    return panels.map((b) => moved(b, around));
  });
  const doubts = all.reduce(largest, unsure ? { outside: likely } : {});
  return panels.length > 0
    ? { panels, undivided: false, doubts }
    : { panels: [wholeOf(page)], undivided: true, doubts };
}

/** Returns a scene of a strip with some of the ground above and below, which shows what separates its panels. */
function withGroundAround({ width, height }: Raster, { x, y, w, h }: Box): Box {
  const more = Math.round(groundAround * width);
  const top = Math.max(0, y - more);
  return { x, y: top, w, h: Math.min(height, y + h + more) - top };
}

/** Returns the rules for a scene of a strip, by its width: it can have any height. */
const rulesOfScene = ({ width }: Raster): GutterRules => rulesFor({ width, height: width });
