import { RenderError } from '../../domain/errors.ts';
import type { Box, PageAnalysis, Panel, Panels } from '../../domain/page.ts';
import { aimCamera, type Movement } from './camera.ts';
import type { Shot } from './shot.ts';
import { framesPerSecond, type TimedSegment, type Timeline } from './timeline.ts';

/** Below this a picture can't be read: a segment too short for all its panels shows fewer of them. */
const shortestShot = Math.round(0.9 * framesPerSecond);
/** A longer shot breathes: it is split, and the camera turns back. */
const longestShot = 9 * framesPerSecond;
const fadeFrames = 9;

/** A stretch of time over one piece of art, before the camera is set up. */
interface Take {
  page: number;
  panel: string | undefined;
  art: Box;
  frames: number;
}

/**
 * The shots of the whole video, end to end: each segment's frames are divided over the panels it cites, in order. The
 * opening shows the whole page. Throws RenderError naming the segment when it cites a page or panel that is not there.
 */
export function planShots(timeline: Timeline, panels: Panels): Shot[] {
  const pages = new Map(panels.pages.map((page) => [page.number, page]));
  const takes: Take[] = [];
  for (const timed of timeline.segments) {
    for (const take of takesOf(timed, pages)) {
      const last = takes.at(-1);
      // The same picture goes on: one longer movement rather than a new start.
      if (last && last.page === take.page && sameBox(last.art, take.art)) last.frames += take.frames;
      else takes.push(take);
    }
  }
  if (takes.length === 0) throw new RenderError('The script leaves no frame to show');
  return takes.flatMap(shotsOf);
}

function takesOf(timed: TimedSegment, pages: ReadonlyMap<number, PageAnalysis>): Take[] {
  const { segment, firstFrame, lastFrame } = timed;
  const frames = lastFrame - firstFrame;
  const page = pages.get(segment.page);
  if (!page)
    throw new RenderError(`Segment ${segment.index} is on page ${segment.page}, which panels.json lacks`);
  const cited = segment.panels.map((id) => {
    const panel = page.panels.find((candidate) => candidate.id === id);
    if (!panel)
      throw new RenderError(`Segment ${segment.index} cites panel ${id}, which page ${page.number} lacks`);
    return panel;
  });
  if (frames === 0) return [];
  if (segment.kind === 'opening') {
    const whole = { x: 0, y: 0, w: page.width, h: page.height };
    return [{ page: page.number, panel: undefined, art: whole, frames }];
  }
  const shown = evenlyChosen(cited, Math.max(1, Math.floor(frames / shortestShot)));
  return shown.map((panel, index) => ({
    page: page.number,
    panel: panel.id,
    art: within(panel, page),
    frames: Math.round(((index + 1) * frames) / shown.length) - Math.round((index * frames) / shown.length),
  }));
}

/** Splits a long take and gives every part its movement; only the first part fades in. */
function shotsOf(take: Take, index: number): Shot[] {
  const parts = Math.ceil(take.frames / longestShot);
  return Array.from({ length: parts }, (_, part) => {
    const frames = Math.round(((part + 1) * take.frames) / parts) - Math.round((part * take.frames) / parts);
    const fade = index > 0 && part === 0 ? Math.min(fadeFrames, Math.floor(take.frames / parts / 3)) : 0;
    const seconds = take.frames / parts / framesPerSecond;
    const movement = aimCamera(take.art, seconds, index);
    const [from, to] = movement.oneWay
      ? [partWay(movement, part / parts), partWay(movement, (part + 1) / parts)]
      : [endAt(movement, index + part), endAt(movement, index + part + 1)];
    return { page: take.page, art: take.art, from, to, frames, fadeIn: fade };
  });
}

const endAt = ({ far, near }: Movement, turn: number) => (turn % 2 === 0 ? far : near);
const partWay = ({ far, near }: Movement, part: number) => ({ ...far, y: far.y + (near.y - far.y) * part });

/** At most `count` of the panels, first and last among them where there is room. */
function evenlyChosen(panels: readonly Panel[], count: number): Panel[] {
  if (panels.length <= count) return [...panels];
  const step = (panels.length - 1) / Math.max(1, count - 1);
  const chosen = Array.from({ length: count }, (_, index) => panels[Math.round(index * step)]);
  return chosen.filter((panel) => panel !== undefined);
}

/** A panel cut to its page: the sampler must never read beyond it. */
function within({ x, y, w, h }: Panel, page: PageAnalysis): Box {
  const left = Math.min(x, page.width - 1);
  const top = Math.min(y, page.height - 1);
  return { x: left, y: top, w: Math.min(w, page.width - left), h: Math.min(h, page.height - top) };
}

const sameBox = (a: Box, b: Box) => a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h;
