/** Characters that could hide or reorder what a reviewer reads: controls, bidirectional marks, zero widths. */
const invisible = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
const visible = (character: string) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

const longest = 200;

/** Returns a value as one line of at most 200 characters, with every character visible. */
export function oneLine(value: string): string {
  const line = value.replace(/\r?\n/g, '⏎').replace(invisible, visible);
  return line.length <= longest
    ? line
    : `${[...line].slice(0, longest).join('')}… (${line.length} characters)`;
}

/**
 * Returns a value as inline code that can't be closed by its content: it can't form a table cell, a link, a mention or an
 * HTML comment. Characters with a meaning in Markdown or in a table become entities.
 */
export function code(value: string): string {
  const line = oneLine(value);
  if (line !== '' && !/[`|\\<>&]/.test(line)) return `\`${line}\``;
  return `<code>${line.replace(/[^\p{L}\p{N} ./:=,-]/gu, (character) => `&#${character.codePointAt(0)};`)}</code>`;
}

/** Returns lines in a fence that none of them can close. */
export function fenced(language: string, lines: readonly string[]): string[] {
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length);
  const fence = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)));
  return [`${fence}${language}`, ...lines, fence];
}

export const plural = (count: number, one: string) => `${count} ${count === 1 ? one : `${one}s`}`;

/** Returns `a, b and 3 more`. */
export function listed(items: readonly string[], most = 8): string {
  if (items.length <= most) return items.join(', ');
  return `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
}
