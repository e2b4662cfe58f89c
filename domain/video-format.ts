import * as z from 'zod';

/** Shapes of a video: landscape for screens, upright for phones (Shorts). */
export const VideoFormat = z.enum(['16:9', '9:16']);
export type VideoFormat = z.infer<typeof VideoFormat>;

/** The setting `videoFormat`. */
export const VideoFormats = z.enum([...VideoFormat.options, 'both']);
export type VideoFormats = z.infer<typeof VideoFormats>;

/** Returns the formats of a setting, in the order they are made; the first one is published. */
export const formatsOf = (setting: VideoFormats): VideoFormat[] =>
  setting === 'both' ? [...VideoFormat.options] : [setting];
