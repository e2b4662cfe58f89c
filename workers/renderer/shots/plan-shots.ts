import type { ReadingDirection } from '../../../domain/chapter.ts';
import { RenderError } from '../../../domain/errors.ts';
import type { Panels } from '../../../domain/page.ts';
import type { CameraMove, Shot, View } from '../../../domain/shots.ts';
import type { VideoFormat } from '../../../domain/video-format.ts';
import { framesPerSecond, type Timeline } from '../timeline.ts';
import { aimCamera } from './camera.ts';
import type { CardOf } from './cards.ts';
import { chooseTransition } from './choose-transition.ts';
import { frameSizes } from './shot.ts';
import { type Take, takesOf } from './take.ts';

/** A longer shot is split, and the camera turns back. */
const longestShot = 9 * framesPerSecond;

export interface ShotPlan {
  formats: readonly VideoFormat[];
  direction: ReadingDirection;
  /** The card of a segment that has one. */
  cardOf: CardOf;
}

/**
 * Plans the shots of the whole video, end to end, for all formats: they differ only in their views. Throws RenderError
 * naming the segment that cites a missing page or panel.
 */
export function planShots(timeline: Timeline, panels: Panels, plan: ShotPlan): Shot[] {
  const pages = new Map(panels.pages.map((page) => [page.number, page]));
  const takes = takesOf(timeline.segments, pages, plan.cardOf);
  if (takes.length === 0) throw new RenderError('The script is too short for a single frame');
  let first_frame = 0;
  return takes.flatMap((take, index) =>
    shotsOf(take, takes[index - 1], index, plan).map((shot) => {
      const placed = { ...shot, first_frame };
      first_frame += shot.frames;
      return placed;
    }),
  );
}

/** Splits a long take and gives every part its movement; the later parts continue without a transition. */
function shotsOf(
  take: Take,
  before: Take | undefined,
  turn: number,
  plan: ShotPlan,
): Omit<Shot, 'first_frame'>[] {
  const parts = take.card ? 1 : Math.ceil(take.frames / longestShot);
  const share = (part: number) => Math.round((part * take.frames) / parts);
  return Array.from({ length: parts }, (_, part) => {
    const moves = plan.formats.map(
      (format) => [format, moveOf(take, { part, parts, turn }, format, plan)] as const,
    );
    return {
      segments: take.segments,
      page: take.page,
      panel: take.panel?.id ?? null,
      ...(take.card && { card: take.card }),
      art: take.art,
      frames: share(part + 1) - share(part),
      easing: parts > 1 && moves.some(([, { scrolls }]) => scrolls) ? 'linear' : 'smooth',
      transition: part === 0 ? chooseTransition(before, take, share(1)) : { kind: 'cut' },
      camera: Object.fromEntries(moves.map(([format, { from, to }]) => [format, { from, to }])),
    };
  });
}

interface Part {
  part: number;
  parts: number;
  turn: number;
}

/** A strip is scrolled continuously; any other movement alternates. */
function moveOf(take: Take, { part, parts, turn }: Part, format: VideoFormat, { direction }: ShotPlan) {
  const aim = { art: take.art, isPage: !take.panel, turn, fromRight: direction === 'rtl' };
  const perPart = take.frames / parts / framesPerSecond;
  const whole = aimCamera({ ...aim, seconds: perPart * parts }, frameSizes[format]);
  if (whole.scrolls) {
    const { from, to } = whole;
    return {
      from: partWay(from, to, part / parts),
      to: partWay(from, to, (part + 1) / parts),
      scrolls: true,
    };
  }
  const { from, to } = aimCamera({ ...aim, seconds: perPart }, frameSizes[format]);
  return { ...(part % 2 === 0 ? { from, to } : { from: to, to: from }), scrolls: false };
}

const partWay = (from: View, to: View, part: number): CameraMove['from'] => ({
  ...from,
  x: from.x + (to.x - from.x) * part,
  y: from.y + (to.y - from.y) * part,
});
