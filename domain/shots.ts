import * as z from 'zod';
import { JobId } from './job.ts';
import { Box } from './page.ts';
import { VideoFormat } from './video-format.ts';

/**
 * The part of the page that fills the frame, in page pixels. Outside of the art is its backdrop, so a view can begin
 * above or left of the page and end below or right of it.
 */
export const View = z.object({
  x: z.number(),
  y: z.number(),
  w: z.number().positive(),
  h: z.number().positive(),
});
export type View = z.infer<typeof View>;

/** Camera movement from one view to another; both have the frame's shape. */
export const CameraMove = z.object({ from: View, to: View });
export type CameraMove = z.infer<typeof CameraMove>;

/** `smooth` starts and stops gradually; `linear` keeps its speed, for one movement over several shots. */
export const Easing = z.enum(['smooth', 'linear']);
export type Easing = z.infer<typeof Easing>;

/**
 * Transition from the previous shot, which stands still meanwhile. `towards` is the direction that pictures move in.
 */
export const Transition = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cut') }),
  z.object({ kind: z.literal('cross-fade'), frames: z.number().int().positive() }),
  z.object({
    kind: z.literal('slide'),
    frames: z.number().int().positive(),
    towards: z.enum(['left', 'right', 'up']),
  }),
]);
export type Transition = z.infer<typeof Transition>;

/** Text beside a picture of the chapter: the video's title, the start of a further chapter, the end. */
export const Card = z.object({
  kind: z.enum(['title', 'chapter', 'end']),
  heading: z.string(),
  lines: z.array(z.string()),
});
export type Card = z.infer<typeof Card>;

/** A stretch of the video that shows one piece of art. */
export const Shot = z.object({
  /** Segments that are spoken while it is shown, in order. */
  segments: z.array(z.number().int().nonnegative()).min(1),
  page: z.number().int().positive(),
  /** Null while the whole page is shown. */
  panel: z.string().nullable(),
  /** The art is shown on a card, beside its text; the camera zooms in slightly. */
  card: Card.optional(),
  /** The part of the page that is drawn; the backdrop surrounds it. */
  art: Box,
  first_frame: z.number().int().nonnegative(),
  frames: z.number().int().positive(),
  easing: Easing,
  transition: Transition,
  /** The same shot for each shape that is rendered. */
  camera: z.partialRecord(VideoFormat, CameraMove),
});
export type Shot = z.infer<typeof Shot>;

/** shots.json: the whole video, end to end. */
export const Shots = z.object({
  job_id: JobId,
  frames_per_second: z.number().positive(),
  frames: z.number().int().positive(),
  shots: z.array(Shot).min(1),
  /** Author and licence of the music; a publication has to name them. */
  music_credit: z.string().min(1).optional(),
});
export type Shots = z.infer<typeof Shots>;
