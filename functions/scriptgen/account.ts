import type { NarrationAccount } from '../../domain/script.ts';

/** Limits of a job's record. */
const mostNotes = 60;

/** Adds up the accounts of pages, with the notes in their order. */
export function accountOf(pages: readonly NarrationAccount[]): NarrationAccount {
  const sum = (of: (account: NarrationAccount) => number) =>
    pages.reduce((total, page) => total + of(page), 0);
  const notes = pages.flatMap((page) => page.notes);
  const more = notes.length - mostNotes;
  return {
    tokens_in: sum((page) => page.tokens_in),
    tokens_out: sum((page) => page.tokens_out),
    // In millionths of a dollar, so that rounding errors do not add meaningless digits.
    cost_usd: Math.round(sum((page) => page.cost_usd) * 1e6) / 1e6,
    notes: more > 0 ? [...notes.slice(0, mostNotes), `and ${more} more notes in the drafts`] : notes,
  };
}
