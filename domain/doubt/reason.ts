import * as z from 'zod';

/** Subject of a doubt. */
export const ReasonKind = z.enum([
  'rights',
  'missing_pages',
  'language',
  'unread',
  'words',
  'signs',
  'panels',
  'order',
  'loose_speech',
  'unseen_panels',
  'unspeakable',
  'likeness',
]);
export type ReasonKind = z.infer<typeof ReasonKind>;

/** One doubtful thing, in words, and the pages to check. */
export const Reason = z.object({
  kind: ReasonKind,
  pages: z.array(z.number().int().positive()),
  text: z.string().min(1),
  /** Address of the video that it is about. */
  url: z.string().optional(),
});
export type Reason = z.infer<typeof Reason>;

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

const longestList = 8;

/** Formats `page 3`, `pages 1–3, 7 and 9`; for many pages the first, and the number of others. */
export function pagesText(pages: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const page of [...new Set(pages)].sort((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last && last[1] === page - 1) last[1] = page;
    else runs.push([page, page]);
  }
  const names = runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  const listed = names.slice(0, longestList);
  const left = runs.slice(longestList).reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const last = left > 0 ? `${left} more` : names.length > 1 ? listed.pop() : undefined;
  const list = last === undefined ? listed.join(', ') : `${listed.join(', ')} and ${last}`;
  return `${runs.length === 1 && runs[0]?.[0] === runs[0]?.[1] ? 'page' : 'pages'} ${list}`;
}

const mostPages = 5;

/** Returns the pages that weigh most, in their order; those without any weight do not count. */
export const worstPages = (weighed: readonly { page: number; weight: number }[]): number[] =>
  weighed
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .slice(0, mostPages)
    .map(({ page }) => page)
    .sort((one, other) => one - other);

/** Returns reasons about single pages, the worst first; those beyond the first few share one reason. */
export function reasonsOfPages(
  kind: ReasonKind,
  doubts: readonly { page: number; weight: number; text: string }[],
): Reason[] {
  const worst = [...doubts].sort((one, other) => other.weight - one.weight || one.page - other.page);
  const [named, rest] = [worst.slice(0, mostPages), worst.slice(mostPages).map(({ page }) => page)];
  const reasons = named.map(
    ({ page, text }): Reason => ({ kind, pages: [page], text: `page ${page}: ${text}` }),
  );
  if (rest.length === 0) return reasons;
  const pages = rest.sort((one, other) => one - other);
  return [...reasons, { kind, pages, text: `and ${pages.length} more like it: ${pagesText(pages)}` }];
}
