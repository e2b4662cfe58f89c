/**
 * The regular expressions of filters. RE2 matches them, which never backtracks: its time is at most the size of the program times the
 * length of the text. It has no lookaround or backreference.
 */

import { RE2JS, RE2Set } from 're2js';
import { spend } from '../work.ts';
import { PathSyntaxError } from './path.ts';

/** An instruction of a program takes about this many units to compile: 16 µs where a step of a match takes 1 µs. */
const unitsToCompile = 16;
/** RE2's limit for the product of nested counts. */
const mostRepeats = 1000;

const flagBits: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
  u: 0,
};

/** Patterns that were accepted: definitions repeat them, and are checked several times before they run. */
const accepted = new Set<string>();
const keptPatterns = 1000;

/** Throws PathSyntaxError for a pattern that RE2 does not take. It is parsed, and not compiled: large counts make large programs. */
export function checkPattern(pattern: string, flags: string): void {
  spend(unitsToCompile * pattern.length);
  const known = `${flags}/${pattern}`;
  if (accepted.has(known)) return;
  const { shortest, repeats } = measure(pattern);
  const text = repeats > mostRepeats ? pattern : shortest;
  orRefused(pattern, () => new RE2Set(RE2Set.UNANCHORED, bitsOf(flags)).add(text));
  if (accepted.size >= keptPatterns) accepted.clear();
  accepted.add(known);
}

/** Returns the test of a pattern, which spends units as it compiles and matches. Throws PathSyntaxError. */
export function patternTest(pattern: string, flags: string): (text: string) => boolean {
  spend(unitsToCompile * pattern.length);
  spend(unitsToCompile * Math.max(0, measure(pattern).size - pattern.length));
  const program = orRefused(pattern, () => RE2JS.compile(pattern, bitsOf(flags)));
  return (text) => {
    // RE2's time is at most this product.
    spend(program.programSize() * text.length);
    return program.matches(text);
  };
}

const bitsOf = (flags: string): number => [...flags].reduce((bits, flag) => bits | (flagBits[flag] ?? 0), 0);

function orRefused<T>(pattern: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new PathSyntaxError(`the pattern /${pattern}/ is not supported: ${(error as Error).message}`);
  }
}

interface Measure {
  /** The most instructions that the program has. */
  readonly size: number;
  /** The largest product of nested counts. */
  readonly repeats: number;
  /** A pattern of the same syntax whose counts are 2 at most. */
  readonly shortest: string;
}

const tokens = new RegExp(
  [
    String.raw`\\Q[\s\S]*?(?:\\E|$)`,
    String.raw`\\[pPx]\{\^?\w*\}|\\[\s\S]`,
    // A class. One that does not end takes the rest, so that this is linear.
    String.raw`\[\^?\]?(?:\\[\s\S]|\[:\^?\w*:\]|[^\]\\])*\]|\[[\s\S]*`,
    String.raw`\(\?[\w-]+\)|\(\?P?<\w+>|\(\?[\w-]*:?`,
    String.raw`\{(?<least>\d*)(?<comma>,?)(?<most>\d*)\}`,
    String.raw`[\s\S]`,
  ].join('|'),
  'g',
);

/** A group that is open: its size and its largest product of counts, and those of its last piece, which a count can follow. */
interface Group {
  size: number;
  repeats: number;
  last: Piece;
}

interface Piece {
  readonly size: number;
  readonly repeats: number;
}

const openGroup = (): Group => ({ size: 3, repeats: 1, last: { size: 0, repeats: 1 } });

function add(group: Group, next: Piece): void {
  group.size += group.last.size;
  group.repeats = Math.max(group.repeats, group.last.repeats);
  group.last = next;
}

/** Measures a pattern without compiling it, in linear time. RE2 refuses one whose groups are not closed, whatever its measure. */
export function measure(pattern: string): Measure {
  const outer: Group[] = [];
  let group = openGroup();
  const shortest = pattern.replace(tokens, (token: string, least?: string, comma?: string, most?: string) => {
    // A count after flags repeats the piece before them.
    if (token.startsWith('(?') && token.endsWith(')')) return token;
    if (token.startsWith('(')) {
      outer.push(group);
      group = openGroup();
    } else if (token === ')') {
      add(group, nothing);
      const { size, repeats } = group;
      group = outer.pop() ?? openGroup();
      add(group, { size, repeats });
    } else if (least || most) {
      const count = Math.max(Number(least), Number(most), 1);
      const { size, repeats } = group.last;
      group.last = { size: count * (size + 1) + 2, repeats: count * repeats };
      const isValid = count <= mostRepeats && (!most || Number(least) <= Number(most));
      if (isValid) return `{${shortened(least)}${comma}${shortened(most)}}`;
    } else if (repetitions.has(token)) group.last = { ...group.last, size: group.last.size + 2 };
    else add(group, { size: literals.test(token) ? token.length : 2, repeats: 1 });
    return token;
  });
  add(group, nothing);
  return { size: group.size, repeats: group.repeats, shortest };
}

const nothing: Piece = { size: 0, repeats: 1 };
const repetitions = new Set(['*', '+', '?']);
const literals = /^(?:\\Q|\{)/;
const shortened = (count = ''): string => count && String(Math.min(2, Number(count)));
