import * as z from 'zod';
import type { Chapter } from '../chapter.ts';
import { ownTitle } from '../chapter-names.ts';
import { chapterIdsOf } from '../chapter-parts.ts';
import { JobId } from '../job.ts';
import { isTold, type Script, type Segment } from '../script.ts';
import { sentencesOf } from '../sentences.ts';
import { videoMetadata } from '../video-metadata.ts';
import { Picture } from './picture.ts';
import { maskedWords, namesIn } from './words.ts';

/** A shorter sentence is said in any story: “Anh nói gì vậy?” */
const shortestSentence = 6;
/** Sentences of a published video that are stored, evenly over its length. */
const storedSentences = 48;
/** Words that are the opening: about 15 seconds. */
export const openingWords = 50;

/** Features by which a viewer recognises a video. */
export const Appearance = z.object({
  /** The series, for titles that its chapters share. */
  manga_id: z.string().min(1),
  chapter_ids: z.array(z.string().min(1)).min(1),
  /** The full title, as viewers read it. */
  title: z.string().min(1),
  /** The part of it that differs between chapters, and whether the narrator wrote it; null without one. */
  headline: z.object({ text: z.string().min(1), written: z.boolean() }).nullable(),
  /** The first sentences that tell the story. */
  opening: z.string(),
  sentences: z.array(z.string().min(1)),
  /** The thumbnail's panel, then the others that could have been it. */
  pictures: z.array(Picture),
});
export type Appearance = z.infer<typeof Appearance>;

/** A video of the channel, published or not: later ones are compared with it. */
export const KnownVideo = Appearance.extend({
  job_id: JobId,
  /** Its address; its job as long as it is not published. */
  url: z.string(),
});
export type KnownVideo = z.infer<typeof KnownVideo>;

/** A published one, in the bucket. */
export const PublishedVideo = KnownVideo.extend({ published_at: z.iso.datetime() });
export type PublishedVideo = z.infer<typeof PublishedVideo>;

export interface ToldSentence {
  text: string;
  words: string[];
  /** The segment that says it. */
  segment: number;
}

/** Returns the sentences that can be compared, in their order. */
export function toldSentences(script: Pick<Script, 'segments'>): ToldSentence[] {
  const told = script.segments.filter(isTold);
  const names = namesIn(told.map(({ text }) => text));
  return told.flatMap(({ text, index }) =>
    sentencesOf(text)
      .map((sentence) => ({ text: sentence, words: maskedWords(sentence, names), segment: index }))
      .filter(({ words }) => words.length >= shortestSentence),
  );
}

/** Returns the segments of the opening. */
export function openingOf(script: Pick<Script, 'segments'>): Segment[] {
  const opening: Segment[] = [];
  let words = 0;
  for (const segment of script.segments.filter(isTold)) {
    if (words >= openingWords) break;
    opening.push(segment);
    words += maskedWords(segment.text, new Set()).length;
  }
  return opening;
}

const evenly = <T>(all: readonly T[], most: number): T[] =>
  all.length <= most
    ? [...all]
    : Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)] as T);

/** Returns what viewers will recognise of a chapter's video. */
export function appearanceOf(
  chapter: Chapter,
  script: Pick<Script, 'segments' | 'presentation'>,
  pictures: readonly Picture[],
): Appearance {
  const { presentation } = script;
  const own = ownTitle(chapter);
  return {
    manga_id: chapter.manga_id,
    chapter_ids: chapterIdsOf(chapter),
    title: videoMetadata(chapter, { presentation }).title,
    headline: presentation
      ? { text: presentation.headline, written: true }
      : own === null
        ? null
        : { text: own, written: false },
    opening: openingOf(script)
      .map(({ text }) => text)
      .join(' '),
    sentences: evenly([...new Set(toldSentences(script).map(({ text }) => text))], storedSentences),
    pictures: [...pictures],
  };
}
