import type { NarrationAccount } from '../../domain/script.ts';

/** What fits on a job's record beside everything else. */
const mostNotes = 60;

/** Accounts of pages taken together, notes in the order in which they are given. */
export function accountOf(pages: readonly NarrationAccount[]): NarrationAccount {
  const sum = (of: (account: NarrationAccount) => number) =>
    pages.reduce((total, page) => total + of(page), 0);
  const notes = pages.flatMap((page) => page.notes);
  const more = notes.length - mostNotes;
  return {
    tokens_in: sum((page) => page.tokens_in),
    tokens_out: sum((page) => page.tokens_out),
    // Millionths of a dollar, or adding up leaves digits that mean nothing.
    cost_usd: Math.round(sum((page) => page.cost_usd) * 1e6) / 1e6,
    notes: more > 0 ? [...notes.slice(0, mostNotes), `and ${more} more notes in the drafts`] : notes,
  };
}
