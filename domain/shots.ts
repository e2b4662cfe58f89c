import { z } from 'zod';
import { JobId } from './job.ts';
import { Box } from './page.ts';

/** Shapes of a video: as films are, and upright as on telephones (Shorts). */
export const VideoFormat = z.enum(['16:9', '9:16']);
export type VideoFormat = z.infer<typeof VideoFormat>;

/** Returns the formats of a setting, in the order in which they are made; the first is the one that is published. */
export const formatsOf = (setting: VideoFormat | 'both'): VideoFormat[] =>
  setting === 'both' ? [...VideoFormat.options] : [setting];

/**
 * What fills the frame, in page pixels. Beyond the art lies its backdrop, so a view may begin above or left of the page
 * and end below or right of it.
 */
export const View = z.object({
  x: z.number(),
  y: z.number(),
  w: z.number().positive(),
  h: z.number().positive(),
});
export type View = z.infer<typeof View>;

/** The camera's way from one view to another; both have the frame's shape. */
export const CameraMove = z.object({ from: View, to: View });
export type CameraMove = z.infer<typeof CameraMove>;

/** `smooth` begins and ends at rest; `linear` keeps its speed, for one movement over several shots. */
export const Easing = z.enum(['smooth', 'linear']);
export type Easing = z.infer<typeof Easing>;

/** How a shot takes over from the one before it, which stands still meanwhile. `towards` is where the pictures go. */
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

/** Words beside a picture of the chapter: the video's title, the beginning of a further chapter, the end. */
export const Card = z.object({
  kind: z.enum(['title', 'chapter', 'end']),
  heading: z.string(),
  lines: z.array(z.string()),
});
export type Card = z.infer<typeof Card>;

/** A stretch of the video over one piece of art. */
export const Shot = z.object({
  /** Segments that are spoken while it is shown, in order. */
  segments: z.array(z.number().int().nonnegative()).min(1),
  page: z.number().int().positive(),
  /** Null while the whole page is shown. */
  panel: z.string().nullable(),
  /** The art is shown on a card, beside its words; the camera comes a little nearer to the whole of it. */
  card: Card.optional(),
  /** The part of the page that is drawn; around it is backdrop. */
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
  /** Whose music is heard, and under which licence; a publication owes it. */
  music_credit: z.string().min(1).optional(),
});
export type Shots = z.infer<typeof Shots>;
