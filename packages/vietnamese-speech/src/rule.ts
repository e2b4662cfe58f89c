import type { TracedText } from './traced-text.ts';

/** A written form and its spoken form; undefined leaves the match unchanged. */
export interface Rule {
  readonly pattern: RegExp;
  say(match: RegExpExecArray): string | undefined;
}

/** Creates a rule. A pattern given as a function is created when the rule is first applied. */
export function rule(pattern: RegExp | (() => RegExp), say: Rule['say']): Rule {
  if (pattern instanceof RegExp) return { pattern, say };
  let created: RegExp | undefined;
  return {
    get pattern() {
      created ??= pattern();
      return created;
    },
    say,
  };
}

/**
 * Returns a function that creates a pattern, which matches only where it is not adjacent to a letter or digit. The
 * classes of Unicode take a quarter of a millisecond to parse, so they do not slow the import of this package.
 */
export const whole =
  (source: string, flags = 'gu') =>
  (): RegExp =>
    new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}])(?:${source})(?![\p{L}\p{M}\p{N}])`, flags);

/** Returns the source of a regular expression that matches any key of the table, longest first. */
export const anyOf = (table: Readonly<Record<string, string>>): string =>
  Object.keys(table)
    .sort((one, other) => other.length - one.length)
    .map((key) => key.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|');

export const applied = (rules: readonly Rule[], text: TracedText): TracedText =>
  rules.reduce((current, { pattern, say }) => current.replace(pattern, say), text);

/** The dash of a range. */
export const dash = String.raw`\s?[-–—~]\s?`;
