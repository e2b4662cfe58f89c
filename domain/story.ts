import * as z from 'zod';
import { chapterNumber } from './chapter-names.ts';

/** Limits a memory that is kept for years to some 90,000 characters; a prompt takes the latest of it. */
const most = { characters: 40, places: 30, chapters: 12, events: 20 };

const name = z.string().trim().min(1).max(80);
const remark = z.string().trim().max(240);

/** Properties of a character in the story that a voice can express. */
export const Traits = z.object({
  gender: z.enum(['female', 'male', 'unknown']),
  age: z.enum(['child', 'young', 'adult', 'old', 'unknown']),
  manner: z.enum(['gentle', 'lively', 'gruff', 'calm', 'unknown']),
});
export type Traits = z.infer<typeof Traits>;

/** A character of the series, under the name that the narration uses. */
const Character = z.object({
  /** The name in Vietnamese. */
  name,
  /** The name in the pages; empty if it is the same. */
  original: z.string().trim().max(80),
  /** Forms of address: how the character refers to themselves and others, and how the narrator refers to them. */
  address: remark,
  about: remark,
  /** Absent in memories that are older than the casts. */
  gender: Traits.shape.gender.default('unknown'),
  age: Traits.shape.age.default('unknown'),
  manner: Traits.shape.manner.default('unknown'),
});
export type Character = z.infer<typeof Character>;

const Place = z.object({ name, about: remark });
type Place = z.infer<typeof Place>;

/** Additions of one page to the story. */
export const PageFacts = z.object({
  characters: z.array(Character).max(12),
  places: z.array(Place).max(6),
  events: z.array(remark.min(1)).max(4),
});
export type PageFacts = z.infer<typeof PageFacts>;

/** Knowledge about a series. The latest characters, places and chapters come last. */
export const Story = z.object({
  characters: z.array(Character).max(most.characters),
  places: z.array(Place).max(most.places),
  chapters: z
    .array(
      z.object({
        chapter_id: z.string().min(1),
        number: z.string().nullable(),
        events: z.array(remark.min(1)).max(most.events),
      }),
    )
    .max(most.chapters),
});
export type Story = z.infer<typeof Story>;

/** A series' memory in the bucket: the story, and its state before the chapter that was told last. */
export const StoryMemory = z.object({
  manga_id: z.string().min(1),
  story: Story,
  told: z.object({ chapter_id: z.string().min(1), before: Story }).nullable(),
});
export type StoryMemory = z.infer<typeof StoryMemory>;

/** The chapter that facts belong to. */
export interface Telling {
  chapter_id: string;
  number: string | null;
}

export const emptyStory = (): Story => ({ characters: [], places: [], chapters: [] });

/** Returns the story before the chapters of a video, so that telling the last one again starts from the same state. */
export function storyBefore(memory: StoryMemory | undefined, chapterIds: readonly string[]): Story {
  if (!memory) return emptyStory();
  const { story, told } = memory;
  if (told && told.chapter_id === chapterIds[0]) return told.before;
  return { ...story, chapters: story.chapters.filter(({ chapter_id }) => !chapterIds.includes(chapter_id)) };
}

/**
 * Returns a series' memory without what happened in some chapters. Names of characters and places stay, since later chapters use them,
 * except those that only the chapter told last brought in.
 */
export function withoutChapters(
  { manga_id, story, told }: StoryMemory,
  isGone: (chapterId: string) => boolean,
): StoryMemory {
  const without = ({ chapters, ...others }: Story): Story => ({
    ...others,
    chapters: chapters.filter(({ chapter_id }) => !isGone(chapter_id)),
  });
  if (!told) return { manga_id, story: without(story), told };
  const before = without(told.before);
  return isGone(told.chapter_id)
    ? { manga_id, story: before, told: null }
    : { manga_id, story: without(story), told: { ...told, before } };
}

const fromHiragana = 'ァ'.charCodeAt(0) - 'ぁ'.charCodeAt(0);

/** Returns the letters by which a name is recognised: without case, width, and which of the two kana it is written in. */
const lettersOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - fromHiragana));

/** Compares names without regard to how they are lettered; an empty name matches none. */
export const isSameName = (one: string, other: string): boolean =>
  one !== '' && lettersOf(one) === lettersOf(other);

const known = <T extends string>(before: T, now: T): T => (before === 'unknown' ? now : before);

/**
 * Adds characters. Names, forms of address and traits stay as they were first given, so that they are the same in every video;
 * descriptions follow the latest page.
 */
function meet(characters: readonly Character[], met: Character): Character[] {
  const before = characters.find(
    ({ name, original }) => isSameName(name, met.name) || isSameName(original, met.original),
  );
  const others = characters.filter((character) => character !== before);
  const character = before
    ? {
        name: before.name,
        original: before.original || met.original,
        address: before.address || met.address,
        about: met.about || before.about,
        gender: known(before.gender, met.gender),
        age: known(before.age, met.age),
        manner: known(before.manner, met.manner),
      }
    : met;
  return [...others, character].slice(-most.characters);
}

function visit(known: readonly Place[], place: Place): Place[] {
  const before = known.find(({ name }) => isSameName(name, place.name));
  const others = known.filter((other) => other !== before);
  const about = place.about || before?.about || '';
  return [...others, { name: before?.name ?? place.name, about }].slice(-most.places);
}

/** Returns the story with what a page added; pages have to be added in reading order. */
export function withFacts(story: Story, { chapter_id, number }: Telling, facts: PageFacts): Story {
  const chapter = story.chapters.find((told) => told.chapter_id === chapter_id);
  const others = story.chapters.filter((told) => told !== chapter);
  const events = [...(chapter?.events ?? []), ...facts.events].slice(-most.events);
  return {
    characters: facts.characters.reduce(meet, story.characters),
    places: facts.places.reduce(visit, story.places),
    chapters:
      events.length > 0
        ? [...others, { chapter_id, number, events }].slice(-most.chapters)
        : [...story.chapters],
  };
}

/** Summary of a chapter that was told before. */
export interface Recap {
  /** Number of the chapter; null if it is the one just before, or if numbers do not say it. */
  number: string | null;
  events: string[];
}

/** Limits of a recap: a viewer who knows the chapter hears it again. 300 characters are spoken in about 20 seconds. */
const mostRecalled = { events: 3, characters: 300 };

const numberOf = ({ number }: Pick<Telling, 'number'>): number =>
  Number(chapterNumber({ number })?.replace(',', '.') ?? Number.NaN);

/**
 * Returns the last events of the chapter before this one, the latest last: of those with a smaller number the one with the largest,
 * since a chapter can be added late or told again. Where numbers do not say it, it is the one that was told last. A chapter that comes
 * later in the series does not count, since it would give away what happens.
 */
export function eventsBefore({ chapters }: Pick<Story, 'chapters'>, now: Pick<Telling, 'number'>): Recap {
  const ahead = (told: Telling) => numberOf(now) - numberOf(told);
  const earlier = chapters.filter((told) => !(ahead(told) <= 0));
  const last = earlier.findLast((told) => !earlier.some((other) => ahead(other) < ahead(told)));
  if (!last) return { number: null, events: [] };
  let characters = 0;
  const events = last.events
    .slice(-mostRecalled.events)
    .reverse()
    .filter((event, i) => {
      characters += event.length;
      return i === 0 || characters <= mostRecalled.characters;
    })
    .reverse();
  return { number: ahead(last) > 1 ? last.number : null, events };
}
