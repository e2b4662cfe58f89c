import * as z from 'zod';
import { JobId } from '../job.ts';
import type { Script } from '../script.ts';
import { type Appearance, type KnownVideo, openingOf, openingWords, toldSentences } from './appearance.ts';
import { enough, limits } from './limits.ts';
import { pictureLikeness, type SeenPicture, seen } from './picture.ts';
import { finderOf, likenessOf, maskedWords, namesIn } from './words.ts';

/** Aspects in which two videos can be alike. `pictures` are several of the chapter's panels, `thumbnail` is one. */
export const Aspect = z.enum(['opening', 'structure', 'title', 'thumbnail', 'pictures']);
export type Aspect = z.infer<typeof Aspect>;

/** One aspect in which a video is too much like an earlier one: the one that it is most alike. */
export const Resemblance = z.object({
  aspect: Aspect,
  /** Likeness from 0 to 1, in the measure of the aspect. */
  share: z.number().min(0).max(1),
  video: z.object({ job_id: JobId, title: z.string(), url: z.string() }),
  /** The segments that are alike, and a sentence of the earlier video that one of them says again. */
  segments: z.array(z.int().nonnegative()).optional(),
  sentence: z.string().optional(),
});
export type Resemblance = z.infer<typeof Resemblance>;

interface Candidate {
  script: Pick<Script, 'segments'>;
  appearance: Appearance;
}

interface Found {
  aspect: Aspect;
  share: number;
  segments?: number[];
  sentence?: string | undefined;
}

/**
 * Compares a new video with earlier ones, and returns for each aspect that is too alike the most similar one. Videos of the same
 * chapters do not count: a chapter is published again only if a person wants it.
 */
export function resemblances(
  { script, appearance }: Candidate,
  videos: readonly KnownVideo[],
): Resemblance[] {
  const aspects = [opening, structure, title, thumbnail, several].map((of) => of({ script, appearance }));
  const others = videos.filter(
    ({ chapter_ids }) => !chapter_ids.some((id) => appearance.chapter_ids.includes(id)),
  );
  const found = others.flatMap((video) =>
    aspects.flatMap((compare): Resemblance[] => {
      const same = compare(video);
      const { job_id, title, url } = video;
      return same
        ? [{ ...same, share: Math.round(same.share * 100) / 100, video: { job_id, title, url } }]
        : [];
    }),
  );
  return Aspect.options.flatMap((aspect) =>
    found
      .filter((one) => one.aspect === aspect)
      .sort((a, b) => b.share - a.share)
      .slice(0, 1),
  );
}

type Compare = (video: KnownVideo) => Found | undefined;

function opening({ script }: Candidate): Compare {
  const segments = openingOf(script);
  const texts = segments.map(({ text }) => text);
  const wordsOf = (all: readonly string[]) => maskedWords(all.join(' '), namesIn(all)).slice(0, openingWords);
  const words = wordsOf(texts);
  return (video) => {
    const theirs = wordsOf([video.opening]);
    if (Math.min(words.length, theirs.length) < enough.openingWords) return undefined;
    const share = likenessOf(words, theirs);
    return share < limits.opening
      ? undefined
      : { aspect: 'opening', share, segments: segments.map(({ index }) => index), sentence: video.opening };
  };
}

/** Each sentence counts once, however often a video says it: characters can have sayings. */
function structure({ script }: Candidate): Compare {
  const all = toldSentences(script);
  const told = [...new Map(all.map((sentence) => [sentence.text, sentence])).values()];
  const sameAs = finderOf(told, limits.sentence);
  return (video) => {
    const names = namesIn(video.sentences);
    const theirs = [...new Set(video.sentences)].map((text) => ({ text, words: maskedWords(text, names) }));
    if (Math.min(told.length, theirs.length) < enough.sentences) return undefined;
    const repeated = new Set<(typeof told)[number]>();
    const twins = theirs.filter(({ words }) => {
      const same = sameAs(words);
      for (const own of same) repeated.add(own);
      return same.length > 0;
    });
    const share = Math.max(twins.length / theirs.length, repeated.size / told.length);
    if (share < limits.structure) return undefined;
    const texts = new Set([...repeated].map(({ text }) => text));
    const again = all.filter(({ text }) => texts.has(text));
    const segments = [...new Set(again.map(({ segment }) => segment))].sort((a, b) => a - b);
    return { aspect: 'structure', share, segments, sentence: twins[0]?.text };
  };
}

/** The chapters of a series can have one title, like “Trận chiến (1)” and “(2)”: only what the narrator wrote counts there. */
function title({ appearance: { headline, manga_id } }: Candidate): Compare {
  const wordsOf = (text: string) => maskedWords(text, namesIn([text]));
  const words = headline && wordsOf(headline.text);
  return (video) => {
    if (!headline || !words || !video.headline) return undefined;
    const isOfSource = !(headline.written && video.headline.written);
    if (isOfSource && video.manga_id === manga_id) return undefined;
    const theirs = wordsOf(video.headline.text);
    if (Math.min(words.length, theirs.length) < enough.headlineWords) return undefined;
    const share = likenessOf(words, theirs);
    return share < limits.headline ? undefined : { aspect: 'title', share };
  };
}

const isSame = (one: SeenPicture, other: SeenPicture) => pictureLikeness(one, other) >= limits.picture;

function thumbnail({ appearance: { pictures } }: Candidate): Compare {
  const own = pictures[0] && seen(pictures[0]);
  return (video) => {
    const [theirs] = video.pictures;
    if (!own || !theirs) return undefined;
    const share = Math.min(1, pictureLikeness(own, seen(theirs)));
    return share < limits.picture ? undefined : { aspect: 'thumbnail', share };
  };
}

function several({ appearance: { pictures } }: Candidate): Compare {
  const own = pictures.map(seen);
  return (video) => {
    const theirs = video.pictures.map(seen);
    if (Math.min(own.length, theirs.length) < enough.pictures) return undefined;
    const same = own.filter((one) => theirs.some((other) => isSame(one, other))).length;
    const share = same / own.length;
    return share < limits.pictures ? undefined : { aspect: 'pictures', share };
  };
}
