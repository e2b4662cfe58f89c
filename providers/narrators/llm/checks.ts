import type { Panel } from '../../../domain/page.ts';
import { isAllVietnamese, wordsOfNames } from '../../../domain/vietnamese.ts';
import { speakable } from '../spoken.ts';
import { pageInstructions, proofreadingInstructions, retellingInstructions } from './prompt.ts';
import type { PageReply } from './reply.ts';

/** Limits of speech in characters; some 15 are spoken in a second. */
const limit = { segment: 500, perPanel: 220, perPage: 250, shortest: 10 };
/** Shorter texts can be repeated: "Hả?" is said more than once. */
export const repeatable = 24;
/** Number of consecutive words that do not match the instructions by chance. */
const quote = 6;

export const words = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Returns every run of `length` words. */
function runs(text: string, length: number): string[] {
  const all = words(text);
  return all.slice(length - 1).map((_, i) => all.slice(i, i + length).join(' '));
}

const instructed = new Set(
  [pageInstructions, retellingInstructions, proofreadingInstructions].flatMap((text) => runs(text, quote)),
);

/** Returns whether a text repeats the model's instructions. */
export const quotesInstructions = (text: string) => runs(text, quote).some((run) => instructed.has(run));

/**
 * Addresses lead viewers away from the video, and technical words show that a page was obeyed instead of told. Each word is tried once from
 * its start, and a domain has at most 253 letters (RFC 1035), so a long reply takes no more than its length.
 */
const foreign =
  /https?:|www\.|(?<![\w-])[\w-]+\.(?:com|net|org|info|io|me|vn|xyz)\b|\S@\S{1,253}\.\S|system prompt|language model|mô hình ngôn ngữ|\bjson\b|du_lieu|\bp\d{3,}-\d+/iu;
/** Any other ending of an address, in small letters: after a full stop without a space a sentence begins with a capital. */
const otherAddress = /(?<![\w-])[\w-]{2,}\.[a-z]{2,}(?!\p{L})/u;
/** An address as it is said; `chấm to` is a big dot, and `chấm me` a dip. */
const saidAddress = /chấm (?:com|net|org|vn|xyz)(?!\p{L})/iu;
/** Marks of HTML and Markdown, of which a voice would read the rest: `<b>`, `&quot;`, `[here](there)`. */
const markup = /<\/?[a-z]|&(?:[a-z]{2,8}|#x?[\da-f]{1,6});|\]\(/iu;
export const isForeign = (text: string) =>
  [foreign, otherAddress, saidAddress, markup].some((pattern) => pattern.test(text.normalize('NFC')));

const phoneNumber = /\d(?:[ .-]?\d){8,}/u;

/** Returns whether the words of a text repeat in a loop. */
function loops(text: string): boolean {
  const seen = new Map<string, number>();
  for (const run of runs(text, 4)) seen.set(run, (seen.get(run) ?? 0) + 1);
  return Math.max(0, ...seen.values()) > 2;
}

/**
 * Returns why a text can't be spoken as the narration of some lettering.
 * @param names those of the story, of one or more words
 */
export function problemsOfText(text: string, lettering: string, names: readonly string[]): string[] {
  if (!speakable(text)) return ['says nothing'];
  return [
    ...(isAllVietnamese(text, wordsOfNames(names)) ? [] : ['is not Vietnamese']),
    ...(quotesInstructions(text) ? ['quotes the instructions'] : []),
    ...(isForeign(text) ? ['contains an address, a panel id, markup or technical words'] : []),
    ...(phoneNumber.test(text) && !phoneNumber.test(lettering)
      ? ['contains a number that is not on the page']
      : []),
    ...(loops(text) ? ['repeats itself'] : []),
  ];
}

/**
 * Returns the problems of a reply, as sentences for the model that has to correct it and for the job's record; empty if the
 * reply can be used. They name positions and known ids, and do not repeat the reply.
 * @param told narration of earlier pages
 * @param known names of the story before this page
 */
export function problemsOf(
  { segments, facts }: PageReply,
  panels: readonly Panel[],
  told: readonly string[],
  known: readonly string[],
): string[] {
  const lettering = panels.flatMap(({ bubbles }) => bubbles.map(({ text }) => text)).join(' ');
  const ids = new Set(panels.map(({ id }) => id));
  const named = [
    ...known,
    ...[...facts.characters, ...facts.places].map(({ name }) => name),
    ...segments.flatMap(({ speaker }) => speaker ?? []),
  ];
  const earlier = new Set(
    told.filter((text) => text.length > repeatable).map((text) => words(text).join(' ')),
  );
  const problems: string[] = [];
  let length = 0;
  for (const [i, { text, panels: cited }] of segments.entries()) {
    const found = (problem: string) => problems.push(`segment ${i + 1} ${problem}`);
    const spoken = speakable(text);
    length += spoken.length;
    if (cited.length === 0) found('cites no panel');
    if (cited.some((id) => !ids.has(id)))
      found(`cites a panel that does not exist; there are ${[...ids].join(', ')}`);
    for (const problem of problemsOfText(text, lettering, named)) found(problem);
    if (spoken.length > limit.segment) found(`is longer than ${limit.segment} characters`);
    const same = words(text).join(' ');
    if (text.length > repeatable && earlier.has(same)) found('repeats what was told before');
    earlier.add(text.length > repeatable ? same : '');
  }
  const letters = speakable(lettering).length;
  const longest = limit.perPage + limit.perPanel * panels.length + 2 * letters;
  if (length > longest) problems.push(`all segments together are longer than ${longest} characters`);
  if (length < Math.max(limit.shortest, Math.min(letters, 1200) / 8))
    problems.push('all segments together are too short for the text of the page');
  return problems;
}
