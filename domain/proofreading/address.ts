import { pagesText } from '../doubt/reason.ts';
import type { Segment } from '../script.ts';
import { type Character, isSameName } from '../story.ts';
import { type Finding, found, quoted } from './finding.ts';

/**
 * Words that always mean the speaker. `em`, `anh`, `con` and the like mean the speaker or another person, so they say nothing alone; `ta`
 * and `mình` are also "we" and "oneself".
 */
const selves = ['tao', 'tớ', 'tôi', 'tui'] as const;
type Self = (typeof selves)[number];

const wordsOf = (text: string) =>
  new Set(
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu) ?? [],
  );

interface Line {
  speaker: string;
  self: Self;
  page: number;
  /** The one other speaker before or after; undefined if there are two. */
  partner: string | undefined;
}

/** Sentences this far apart belong to one conversation. */
const conversation = 2;

/** Returns the lines in which a character speaks of themselves, in the character's usual manner: who is angry is rude. */
function linesOf(segments: readonly Segment[]): Line[] {
  return segments.flatMap(({ speaker, text, page, mood }, index) => {
    if (!speaker || mood === 'angry') return [];
    const words = wordsOf(text);
    const used = selves.filter((self) => words.has(self));
    const near = segments
      .slice(Math.max(0, index - conversation), index + conversation + 1)
      .flatMap((other) => (other.speaker && other.speaker !== speaker ? [other.speaker] : []));
    const partners = [...new Set(near)];
    const [self] = used;
    return self && used.length === 1
      ? [{ speaker, self, page, partner: partners.length === 1 ? partners[0] : undefined }]
      : [];
  });
}

const isPolite = (self: Self) => (self === 'tui' ? 'tôi' : self);

/** Finds pairs of people whose forms of address change, and characters who call themselves otherwise than the memory says. */
export function changedAddresses(segments: readonly Segment[], characters: readonly Character[]): Finding[] {
  const lines = linesOf(segments);
  const findings: Finding[] = [];
  const pairs = new Map<string, Line[]>();
  for (const line of lines) {
    if (line.partner === undefined) continue;
    const pair = JSON.stringify([line.speaker, line.partner]);
    pairs.set(pair, [...(pairs.get(pair) ?? []), line]);
  }
  for (const said of pairs.values()) {
    const used = [...new Set(said.map(({ self }) => isPolite(self)))];
    const [{ speaker, partner }] = said as [Line];
    const pages = said.map(({ page }) => page);
    if (used.length > 1)
      findings.push(
        found(
          'address',
          pages,
          `${pagesText(pages)}: to ${partner}, ${speaker} says ${used.map(quoted).join(' and ')} of themselves`,
        ),
      );
  }
  for (const { name, original, address } of characters) {
    const remembered = wordsOf(address);
    if (!selves.some((self) => remembered.has(self))) continue;
    const other = lines.filter(
      ({ speaker, self }) =>
        (isSameName(name, speaker) || isSameName(original, speaker)) &&
        ![...selves].some((one) => isPolite(one) === isPolite(self) && remembered.has(one)),
    );
    if (other.length === 0) continue;
    const pages = other.map(({ page }) => page);
    const used = [...new Set(other.map(({ self }) => self))].map(quoted).join(' and ');
    findings.push(
      found(
        'address',
        pages,
        `${pagesText(pages)}: ${name} says ${used} of themselves; the memory of the series says: ${quoted(address)}`,
      ),
    );
  }
  return findings;
}
