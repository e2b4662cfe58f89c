import sharp from 'sharp';
import { RenderError } from '../../domain/errors.ts';
import type { PageAnalysis, Panel, Panels } from '../../domain/page.ts';
import type { Script } from '../../domain/script.ts';

export const thumbnailSize = { width: 1280, height: 720 };

/** The panel that stands for the video, and its page. */
export interface Cover {
  page: number;
  panel: Panel;
}

/**
 * The most interesting panel, as far as shapes tell: large on its page, close to the thumbnail's shape, not covered
 * by speech, and spoken of. Later pages count a little less, so that the cover does not tell the end.
 */
export function chooseCover(panels: Panels, script: Script): Cover {
  const cited = new Set(script.segments.flatMap((segment) => segment.panels));
  let best: { cover: Cover; score: number } | undefined;
  for (const [order, page] of panels.pages.entries()) {
    const late = order / panels.pages.length;
    for (const panel of page.panels) {
      const score = interest(panel, page) * (cited.has(panel.id) ? 1 : 0.6) * (1 - 0.4 * late);
      if (!best || score > best.score) best = { cover: { page: page.number, panel }, score };
    }
  }
  if (!best) throw new RenderError('panels.json has no panel for a thumbnail');
  return best.cover;
}

function interest(panel: Panel, page: PageAnalysis): number {
  const share = (panel.w * panel.h) / (page.width * page.height);
  const shape = (panel.w / panel.h) * (thumbnailSize.height / thumbnailSize.width);
  const kept = Math.min(shape, 1 / shape);
  const speech = panel.bubbles.reduce((sum, { w, h }) => sum + w * h, 0) / (panel.w * panel.h);
  return Math.sqrt(share) * kept * (1 - Math.min(0.8, speech));
}

/** Draws the thumbnail: the panel, cut to shape where most is going on. Throws RenderError naming the page. */
export async function drawThumbnail({ page, panel }: Cover, pageFile: string, output: string): Promise<void> {
  try {
    await sharp(pageFile)
      .extract({ left: panel.x, top: panel.y, width: panel.w, height: panel.h })
      .resize(thumbnailSize.width, thumbnailSize.height, { fit: 'cover', position: sharp.strategy.attention })
      .jpeg({ quality: 88, mozjpeg: true })
      .toFile(output);
  } catch (error) {
    throw new RenderError(`The thumbnail can't be cut from page ${page}: ${String(error)}`, { cause: error });
  }
}
