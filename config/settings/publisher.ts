import * as z from 'zod';
import { optionalText, path, timezone, yesOrNo } from './values.ts';

/** Destination of finished videos. */
export const publisher = {
  publisher: z
    .enum(['folder', 'youtube'])
    .default('folder')
    .describe('`folder` on this machine, or `youtube`. See [youtube.md](youtube.md)'),
  publisherFolder: path.default('out').describe('Folder of finished videos'),
  youtubePrivacy: z
    .enum(['private', 'unlisted', 'public'])
    .default('private')
    .describe('Visibility of a video'),
  youtubePublishAfterHours: z.coerce
    .number()
    .min(0)
    .default(0)
    .describe('Hours after which a private video becomes public; 0 for never'),
  youtubePublishAt: optionalText
    .pipe(
      z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day like 19:30')
        .optional(),
    )
    .describe(
      'Time of day at which a private video becomes public, like `19:30`: at most one video of a series each day, in the order of its chapters. Takes precedence over `youtubePublishAfterHours`',
    ),
  youtubePublishTimezone: timezone.default('Asia/Ho_Chi_Minh').describe('Time zone of `youtubePublishAt`'),
  youtubeMadeForKids: yesOrNo.default(false).describe('Declares videos as made for kids'),
  youtubeSyntheticMedia: yesOrNo.default(true).describe('Declares videos as altered or synthetic'),
  youtubeCategory: z
    .string()
    .regex(/^\d{1,2}$/, 'must be the number of a category, like 24')
    .default('24')
    .describe("Number of YouTube's category; 24 is entertainment"),
  youtubeCaptions: yesOrNo
    .default(true)
    .describe(
      'Uploads captions, for 400 units a video: the usual 10,000 units a day are enough for 18 videos',
    ),
  youtubePlaylists: yesOrNo.default(true).describe('Adds each video to the playlist of its series'),
  youtubePlaylist: optionalText
    .pipe(
      z
        .string()
        .max(150)
        .regex(/^[^<>]*$/, 'must not contain < or >')
        .optional(),
    )
    .describe('Title of that playlist; the title of the series by default'),
  youtubeUploadsPerDay: z.coerce
    .number()
    .int()
    .min(0)
    .default(100)
    .describe('Uploads that the Google project can make a day; [deploy.md](deploy.md) says how to raise it'),
  youtubeUnitsPerDay: z.coerce
    .number()
    .int()
    .min(0)
    .default(10_000)
    .describe('Quota units of the project a day'),
  thumbnailImpressions: z.coerce
    .number()
    .int()
    .min(0)
    .default(1000)
    .describe(
      'Impressions that each of two thumbnails needs before the one that viewers click more often is kept; 0 compares none. It needs a consent that covers reports. See [audience.md](audience.md)',
    ),
  youtubeEndpoint: optionalText.describe("Another server instead of YouTube's, for tests"),
};
