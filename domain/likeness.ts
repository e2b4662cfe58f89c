import * as z from 'zod';
import { percent, type Reason } from './doubt/reason.ts';
import { JobId } from './job.ts';
import { type Aspect, Resemblance } from './likeness/compare.ts';
import { Picture } from './likeness/picture.ts';

/** likeness.json: how a video compares with the latest of the channel, and with those that are not published yet. */
export const Likeness = z.object({
  job_id: JobId,
  /** Number of videos that it was compared with. */
  videos: z.int().nonnegative(),
  /** Panels that could be the thumbnail; the first one is. */
  pictures: z.array(Picture),
  /** In what it is too much like one of them, as it is told now. */
  resemblances: z.array(Resemblance),
  /** The same before it was told differently; absent if it was not. */
  first: z.array(Resemblance).optional(),
  /** Changes because of it, and what could not be compared, one sentence each. */
  notes: z.array(z.string().max(300)),
});
export type Likeness = z.infer<typeof Likeness>;

const named = ({ video: { title, url, job_id } }: Resemblance) =>
  `“${title}” (${url})${url === job_id ? ', which is not published yet' : ''}`;

const sentenceOf: Record<Aspect, (found: Resemblance) => string> = {
  opening: (found) =>
    `the story begins like ${named(found)}: ${percent(found.share)} of the words, in the same order`,
  structure: (found) =>
    `${percent(found.share)} of the sentences are those of ${named(found)} with other names${found.sentence ? `: “${found.sentence.slice(0, 120)}”` : ''}`,
  title: (found) => `the title follows that of ${named(found)}: ${percent(found.share)} of the words`,
  thumbnail: (found) => `the thumbnail shows the picture of ${named(found)}, and so would the other panels`,
  pictures: (found) =>
    `${percent(found.share)} of the pictures are those of ${named(found)}: it can be the same chapter`,
};

/** Returns the doubts about a video that is too much like an earlier one. */
export const doubtsOfLikeness = ({ resemblances, first }: Likeness): Reason[] =>
  resemblances.map((found) => {
    const isRetold = first?.some(({ aspect }) => aspect === found.aspect) ?? false;
    return {
      kind: 'likeness',
      pages: [],
      url: found.video.url,
      text: `${sentenceOf[found.aspect](found)}${isRetold ? ', also after it was told differently' : ''}`,
    };
  });

const takenDown = 'a video that was taken down';

/** Returns lines without what they quote of videos that were taken down: title and sentences, which follow what is alike. */
export const withoutQuotes = (lines: readonly string[], urls: readonly string[]): string[] =>
  lines.map((line) => {
    const url = urls.find((one) => line.includes(`” (${one})`));
    return url === undefined ? line : `${line.slice(0, line.indexOf('“'))}${takenDown} (${url})`;
  });

/** Returns a comparison without what it quotes of videos that were taken down. */
export function withoutVideos(likeness: Likeness, urls: readonly string[]): Likeness {
  const without = (all: readonly Resemblance[]) =>
    all.map((one): Resemblance => {
      if (!urls.includes(one.video.url)) return one;
      const { sentence: _, ...kept } = one;
      return { ...kept, video: { ...kept.video, title: takenDown } };
    });
  const { resemblances, first, notes } = likeness;
  return {
    ...likeness,
    resemblances: without(resemblances),
    ...(first && { first: without(first) }),
    notes: withoutQuotes(notes, urls),
  };
}
