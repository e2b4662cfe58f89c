/** A part of the comment: its heading, its lines, and its end. */
export interface Section {
  head: string[];
  /** Lines or blocks; as many are kept as fit. */
  items: string[];
  foot?: string[];
  /** Describes what is left out. */
  more: (count: number) => string;
}

const size = (lines: readonly string[]) => lines.reduce((sum, line) => sum + line.length + 1, 0);

/**
 * Joins sections to at most `limit` characters. Earlier ones have priority: a later one gets the remaining space, but
 * every one keeps its heading and a line that says how much is missing.
 */
export function fitInto(sections: readonly Section[], limit: number): string {
  const least = ({ head, foot = [], items, more }: Section) =>
    size([...head, ...foot, more(items.length), '']);
  const lines: string[] = [];
  let left = limit - sections.reduce((sum, section) => sum + least(section), 0);
  for (const { head, items, foot = [], more } of sections) {
    let kept = 0;
    while (kept < items.length && (items[kept]?.length ?? 0) + 1 <= left) {
      left -= (items[kept]?.length ?? 0) + 1;
      kept += 1;
    }
    const missing = items.length - kept;
    lines.push(...head, ...items.slice(0, kept), ...(missing > 0 ? [more(missing)] : []), ...foot, '');
  }
  return lines.join('\n').trimEnd();
}

export const onlyMore = (count: number) => `- … and ${count} more; the log of the run has them`;

/** Returns a section that readers open; none without items. */
export const folded = (title: string, items: string[]): Section[] =>
  items.length === 0
    ? []
    : [
        {
          head: [`<details><summary>${title} (${items.length})</summary>`, ''],
          items,
          foot: ['', '</details>'],
          more: onlyMore,
        },
      ];
