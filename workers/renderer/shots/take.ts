import { secondsOfEndCard } from '../../../domain/end-card.ts';
import { RenderError } from '../../../domain/errors.ts';
import type { Box, PageAnalysis, Panel } from '../../../domain/page.ts';
import type { Card } from '../../../domain/shots.ts';
import { framesPerSecond, type TimedSegment } from '../timeline.ts';
import type { CardOf } from './cards.ts';
import { shareFrames, shortestShot } from './share-frames.ts';

/** A title stays while it is spoken, up to this time, and leaves time for the page after it. */
const titled = { most: 5 * framesPerSecond, leaves: Math.round(1.5 * framesPerSecond) };
/** The last picture stays for a part of the farewell, up to this time, before the end card, if that needs no more. */
const parting = { part: 0.3, most: Math.round(2.5 * framesPerSecond) };
/** A longer page is a strip, which can't be shown as a whole. */
const longestPage = 2.2;

/** A stretch of time over one piece of art, before the camera is set up. */
export interface Take {
  segments: number[];
  page: number;
  /** Undefined for the page as a whole. */
  panel: Panel | undefined;
  art: Box;
  /** The card that shows the art. */
  card?: Card | undefined;
  frames: number;
}

/**
 * Returns the takes of all segments, end to end: each segment's frames are divided over the panels that it cites, in
 * order. The opening begins with its card; the rest of it shows the page as a whole. The farewell ends with the end card.
 */
export function takesOf(
  segments: readonly TimedSegment[],
  pages: ReadonlyMap<number, PageAnalysis>,
  cardOf: CardOf,
): Take[] {
  const takes: Take[] = [];
  for (const take of segments.flatMap((timed) => segmentTakes(timed, pages, cardOf(timed.segment)))) {
    const last = takes.at(-1);
    // The same picture continues: one longer movement instead of a new start.
    if (last && last.card === take.card && last.page === take.page && sameBox(last.art, take.art)) {
      last.frames += take.frames;
      last.segments.push(...take.segments);
    } else takes.push(take);
  }
  return takes;
}

function segmentTakes(
  timed: TimedSegment,
  pages: ReadonlyMap<number, PageAnalysis>,
  card: Card | undefined,
): Take[] {
  const { segment, firstFrame, lastFrame } = timed;
  const page = pages.get(segment.page);
  if (!page)
    throw new RenderError(`Segment ${segment.index} is on page ${segment.page}, which panels.json lacks`);
  const cited = citedPanels(timed, page);
  const frames = lastFrame - firstFrame;
  if (frames === 0) return [];
  const whole = { x: 0, y: 0, w: page.width, h: page.height };
  const take = (panel: Panel | undefined, length: number): Take => ({
    segments: [segment.index],
    page: page.number,
    panel,
    art: panel ? within(panel, page) : whole,
    frames: length,
  });
  if (segment.kind === 'opening') {
    const shown = card ? titleFrames(frames) : 0;
    const art = isStrip(page) ? cited[0] : undefined;
    return [{ ...take(art, shown), card }, take(undefined, frames - shown)].filter((one) => one.frames > 0);
  }
  if (segment.kind === 'closing' && card) {
    const last = cited.at(-1);
    const shown = frames - partingFrames(frames, card);
    return [take(last, frames - shown), { ...take(last, shown), card }].filter((one) => one.frames > 0);
  }
  return shareFrames(timed, cited, frames).map(({ panel, frames }) => take(panel, frames));
}

function citedPanels({ segment }: TimedSegment, page: PageAnalysis): Panel[] {
  return segment.panels.map((id) => {
    const panel = page.panels.find((candidate) => candidate.id === id);
    if (!panel)
      throw new RenderError(`Segment ${segment.index} cites panel ${id}, which page ${page.number} lacks`);
    return panel;
  });
}

const isStrip = ({ width, height }: PageAnalysis) => height / width >= longestPage;

/** Returns all frames of a short opening. */
function titleFrames(frames: number): number {
  const { most, leaves } = titled;
  return frames < 2 * leaves ? frames : Math.min(most, frames - leaves);
}

/** Returns 0 if it would be too short to see. */
function partingFrames(frames: number, card: Card): number {
  const left = frames - Math.ceil(secondsOfEndCard(card) * framesPerSecond);
  const wanted = Math.min(parting.most, Math.round(parting.part * frames), left);
  return wanted < shortestShot ? 0 : wanted;
}

/** Clips a panel to its page: the sampler must never read beyond it. */
function within({ x, y, w, h }: Panel, page: PageAnalysis): Box {
  const left = Math.min(x, page.width - 1);
  const top = Math.min(y, page.height - 1);
  return { x: left, y: top, w: Math.min(w, page.width - left), h: Math.min(h, page.height - top) };
}

const sameBox = (a: Box, b: Box) => a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h;
