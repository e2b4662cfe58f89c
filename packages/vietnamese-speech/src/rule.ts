import type { TracedText } from './traced-text.ts';

/** One way of writing and how it is said; undefined leaves the match as it is. */
export interface Rule {
  pattern: RegExp;
  say(match: RegExpExecArray): string | undefined;
}

export const rule = (pattern: RegExp, say: Rule['say']): Rule => ({ pattern, say });

/** A pattern that matches only where no letter or digit touches it. */
export const whole = (source: string, flags = 'gu'): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}])(?:${source})(?![\p{L}\p{M}\p{N}])`, flags);

/** Any of the table's keys, longest first, as a regular expression's source. */
export const anyOf = (table: Readonly<Record<string, string>>): string =>
  Object.keys(table)
    .sort((one, other) => other.length - one.length)
    .map((key) => key.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|');

export const applied = (rules: readonly Rule[], text: TracedText): TracedText =>
  rules.reduce((current, { pattern, say }) => current.replace(pattern, say), text);

/** Between the two ends of a range. */
export const dash = String.raw`\s?[-–—~]\s?`;
