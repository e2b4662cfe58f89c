import * as z from 'zod';

/** The chapter that follows in a series, as far as the source has it; its number if that is of the same volume or season. */
export const FollowingChapter = z.object({ number: z.string().nullable() });
export type FollowingChapter = z.infer<typeof FollowingChapter>;
