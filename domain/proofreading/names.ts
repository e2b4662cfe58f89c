import { isVietnameseSyllable } from 'comic-reader/syllables';
import { pagesText } from '../doubt/reason.ts';
import { namesIn } from '../likeness/words.ts';
import type { Segment } from '../script.ts';
import { sentencesOf } from '../sentences.ts';
import { type Character, isSameName } from '../story.ts';
import { type Finding, found, quoted } from './finding.ts';

/** A name is one to four words with capitals. */
const name = /\p{Lu}[\p{L}\p{M}]*(?: \p{Lu}[\p{L}\p{M}]*){0,3}/gu;

/** Returns the pages that each name is on. A word that only begins sentences is not a name: every word can. */
function pagesOfNames(segments: readonly Segment[]): Map<string, number[]> {
  const pages = new Map<string, number[]>();
  const inside = namesIn(segments.map(({ text }) => text));
  for (const { text, page } of segments)
    for (const sentence of sentencesOf(text.normalize('NFC')))
      for (const match of sentence.matchAll(name)) {
        const words = match[0].split(' ');
        const begins = !/\p{L}/u.test(sentence.slice(0, match.index));
        const named = (begins && !inside.has(words[0] as string) ? words.slice(1) : words).join(' ');
        // Cries are in capitals, too.
        if (named !== '' && named !== named.toUpperCase())
          pages.set(named, [...(pages.get(named) ?? []), page]);
      }
  return pages;
}

/** Letters without marks and spaces: what two spellings of a name share. */
const skeleton = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\p{M}\s]/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase();

/** Returns whether one text becomes the other by one letter more, less or different. */
function isOneLetterOff(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1 || one === other) return false;
  let same = 0;
  while (one[same] !== undefined && one[same] === other[same]) same++;
  const [rest, its] = [one.slice(same), other.slice(same)];
  return rest.slice(1) === its.slice(1) || rest.slice(1) === its || rest === its.slice(1);
}

/** Shorter names that are a letter apart are often two people: Rin and Ren. */
const fewestLetters = 5;
const isForeign = (text: string) => text.split(' ').some((word) => !isVietnameseSyllable(word));

/**
 * Returns whether two names could be one in two spellings: the same letters with other marks, of two syllables or more, since Lan
 * and Lân are two names; or foreign names that are one letter apart.
 */
function isSpelling(one: string, other: string): boolean {
  const [letters, its] = [skeleton(one), skeleton(other)];
  if (letters === its) return one.includes(' ') || other.includes(' ') || isForeign(one) || isForeign(other);
  const shortest = Math.min(letters.length, its.length);
  return shortest >= fewestLetters && isForeign(one) && isForeign(other) && isOneLetterOff(letters, its);
}

const wordsOf = (text: string) => text.normalize('NFC').toLowerCase().split(/\s+/u);

/**
 * Finds speakers whom the memory does not know, but whose name has another one inside or is inside it: `bé Lan` and `Lan` would have
 * two voices.
 */
export function unknownSpeakers(segments: readonly Segment[], characters: readonly Character[]): Finding[] {
  const pages = new Map<string, number[]>();
  for (const { speaker, page } of segments)
    if (speaker) pages.set(speaker, [...(pages.get(speaker) ?? []), page]);
  return [...pages].flatMap(([speaker, on]) => {
    if (characters.some(({ name }) => isSameName(name, speaker))) return [];
    const words = wordsOf(speaker);
    const other = characters.find(({ name }) => {
      const its = wordsOf(name);
      return its.every((word) => words.includes(word)) || words.every((word) => its.includes(word));
    });
    if (!other) return [];
    const text = `${pagesText(on)}: ${quoted(speaker)} can be ${quoted(other.name)}, who has another voice`;
    return [found('name', on, text)];
  });
}

/** Finds names that are spelt in two ways in a chapter, or otherwise than in the memory of the series. */
export function misspeltNames(segments: readonly Segment[], characters: readonly Character[]): Finding[] {
  const names = pagesOfNames(segments);
  const isKnown = (one: string) => characters.some((character) => isSameName(character.name, one));
  const findings: Finding[] = [];
  for (const [one, pages] of names) {
    const original = characters.find((character) => isSameName(character.original, one));
    if (original && !isKnown(one))
      findings.push(
        found(
          'name',
          pages,
          `${pagesText(pages)}: ${quoted(one)} is called ${quoted(original.name)} in the memory of the series`,
        ),
      );
    if (isKnown(one)) continue;
    const remembered = characters.find((character) => isSpelling(character.name, one));
    // Of two spellings the rarer one is reported.
    const usual = [...names].find(
      ([other, its]) =>
        isSpelling(other, one) &&
        !isKnown(other) &&
        (its.length > pages.length || (its.length === pages.length && other < one)),
    )?.[0];
    const right = remembered?.name ?? usual;
    if (right !== undefined)
      findings.push(
        found('name', pages, `${pagesText(pages)}: ${quoted(one)} can be ${quoted(right)} spelt differently`),
      );
  }
  return findings;
}
