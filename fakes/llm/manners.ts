import { createHash } from 'node:crypto';
import {
  circumstances,
  feelings,
  manners,
  names,
  persons,
  reasons,
  things,
  times,
  verbs,
} from './phrases.ts';

/** A way to tell stories: which sentences, from which phrases. */
export interface Manner {
  /** Every second phrase, from the first or from the second on; all if absent. */
  half?: 0 | 1;
  /** Sentences that it prefers, by their place in the list of forms; all if absent. */
  forms?: readonly number[];
  /** Narrates every chapter in the same sentences: only names differ. */
  isTemplate?: boolean;
}

/** Returns numbers from 0 up to 1 that depend only on the seed. */
export function chanceOf(seed: string): () => number {
  let block = createHash('sha256').update(seed).digest();
  let at = 0;
  return () => {
    if (at === block.length) {
      block = createHash('sha256').update(block).digest();
      at = 0;
    }
    at += 4;
    return block.readUInt32BE(at - 4) / 2 ** 32;
  };
}

type Chance = () => number;
const pick = <T>(chance: Chance, from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T;
const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
const small = (text: string) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

type Words = Record<'time' | 'who' | 'deed' | 'reason' | 'feeling' | 'said', () => string>;

/** Each returns a sentence, whose words are drawn. */
const forms: readonly ((words: Words) => string)[] = [
  ({ time, who, deed, reason }) => `${time()}, ${who()} ${deed()}, ${reason()}.`,
  ({ who, deed, feeling }) => `${who()} ${deed()}. ${feeling()}.`,
  ({ feeling, who, deed, reason }) => `${feeling()}, ${reason()}: ${who()} ${deed()}.`,
  ({ who, deed, reason }) => `${who()} ${deed()} ${reason()}.`,
  ({ who, deed, reason }) => `Chẳng ngờ ${who()} lại ${deed()}, ${reason()}.`,
  ({ time, feeling, reason }) => `${time()}, ${small(feeling())}, ${reason()}.`,
  ({ who, deed, reason }) => `Còn ${who()} thì ${deed()}, ${reason()}.`,
  ({ who, deed, said }) => `Vừa ${deed()}, ${who()} vừa nghĩ: ${said()}.`,
  ({ time, who, deed, feeling }) => `${time()}, ${who()} ${deed()}, và ${small(feeling())}.`,
  ({ who, deed }) => `Không đợi ai giục, ${who()} ${deed()} rồi ${deed()}.`,
];

const headlines: readonly ((words: Words) => string)[] = [
  ({ deed, time }) => `Ai đã ${deed()} ${small(time())}?`,
  ({ who, deed, feeling }) => `${who()} ${deed()}: ${small(feeling())}`,
  ({ who, deed, reason }) => `Vì sao ${who()} ${deed()} ${reason()}?`,
  ({ time, deed }) => `${time()}, có kẻ ${deed()}`,
  ({ said }) => `“${capital(said())}”`,
  ({ feeling, who }) => `${feeling()}: chuyện của ${who()}`,
  ({ deed, reason }) => `Lỡ ${deed()} ${reason()}`,
];

function wordsOf(chance: Chance, { half }: Manner, cast: readonly string[]): Words {
  const drawn = (from: readonly string[]) => () =>
    pick(chance, half === undefined ? from : from.filter((_, i) => i % 2 === half));
  const [verb, thing, circumstance] = [drawn(verbs), drawn(things), drawn(circumstances)];
  const [person, manner] = [drawn(persons), drawn(manners)];
  const deed = () => `${verb()} ${thing()}`;
  return {
    ...{ time: drawn(times), reason: drawn(reasons), feeling: drawn(feelings), deed },
    said: () => `${person()} ${manner()} ${deed()}${chance() < 0.7 ? ` ${circumstance()}` : ''}`,
    who: () => pick(chance, cast),
  };
}

/** Returns the characters of a story; with all phrases, every story has the same. */
export function castOf(story: string, { half }: Manner = {}): [string, string, ...string[]] {
  if (half === undefined) return ['Lan', 'Bà Tư', 'Ông Bảy'];
  const known = names.filter((_, i) => i % 2 === half);
  const first = Math.floor(chanceOf(`cast ${story}`)() * known.length);
  return [0, 2, 5].map((step) => known[(first + step) % known.length]) as [string, string, string];
}

/** Position of a sentence: the story and its chapter, and the place in it. */
export interface Place {
  story: string;
  chapter: string;
  at: string;
}

/** Returns the seed of the words and the seed of the names: a template's words are the same in every chapter. */
const seedsOf = ({ story, chapter, at }: Place, { isTemplate }: Manner) => ({
  words: isTemplate ? at : `${story} ${chapter} ${at}`,
  names: `${story} ${chapter} ${at}`,
});

function drawnWords(place: Place, manner: Manner, cast: readonly string[]) {
  const seeds = seedsOf(place, manner);
  const chance = chanceOf(seeds.words);
  const naming = chanceOf(seeds.names);
  return { chance, words: { ...wordsOf(chance, manner, cast), who: () => pick(naming, cast) } };
}

/** Returns a narrated sentence: the same place in the same story gives the same one. */
export function narrated(
  place: Place,
  manner: Manner = {},
  cast: readonly string[] = castOf(place.story, manner),
) {
  const { chance, words } = drawnWords(place, manner, cast);
  const form = pick(chance, manner.forms ?? forms.map((_, i) => i));
  return capital((forms[form] as (typeof forms)[number])(words));
}

/** Returns what a character says. */
export function said(
  place: Place,
  manner: Manner = {},
  cast: readonly string[] = castOf(place.story, manner),
) {
  const { chance, words } = drawnWords(place, manner, cast);
  const first = words.said();
  const rest = chance() < 0.5 ? `. ${capital(words.said())}` : '';
  const end = pick(chance, ['.', '!', '?', '…']);
  return chance() < 0.3 ? `${words.who()} ơi, ${first}${rest}${end}` : capital(`${first}${rest}${end}`);
}

/** Returns a headline of at most 66 characters. */
export function headline(place: Place, manner: Manner = {}): string {
  const { chance, words } = drawnWords(place, manner, castOf(place.story, manner));
  const form = manner.isTemplate ? headlines[1] : undefined;
  for (;;) {
    const text = capital((form ?? pick(chance, headlines))(words));
    if (text.length <= 66) return text;
  }
}
