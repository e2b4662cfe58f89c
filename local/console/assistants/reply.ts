/** Bounds replies to an assistant, whose context is small: lists have pages, long texts say how much was left out. */
import * as z from 'zod';
import { Refusal } from '../responses.ts';

/** Lengths in characters. */
const longestText = 4_000;
const longestPage = 40_000;
const longestReply = 60_000;

export const Page = z.object({
  limit: z.int().min(1).max(100).default(20).describe('how many to return at most'),
  after: z.int().min(0).default(0).describe('how many to skip: `next` of the previous reply'),
});

interface Listed<T> {
  items: T[];
  total: number;
  /** `after` of the next page, if there is one. */
  next?: number;
}

/** Returns the part of a list that was asked for; less when that would be long. */
export function pageOf<T>(all: readonly T[], { limit, after }: z.infer<typeof Page>): Listed<T> {
  const items: T[] = [];
  for (let length = 0; items.length < limit && after + items.length < all.length; ) {
    const item = all[after + items.length] as T;
    length += shortened(item).length;
    if (length > longestPage && items.length > 0) break;
    items.push(item);
  }
  const next = after + items.length;
  return { items, total: all.length, ...(next < all.length && { next }) };
}

const shortened = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    typeof part === 'string' && part.length > longestText
      ? `${part.slice(0, longestText)}… (${part.length - longestText} more characters)`
      : part,
  ) ?? 'null';

/** Returns a reply as JSON. Throws Refusal when it is too long in all. */
export function replyText(value: unknown): string {
  const text = shortened(value);
  if (text.length > longestReply)
    throw new Refusal(
      413,
      `The reply has ${text.length} characters, more than ${longestReply}; ask for less`,
    );
  return text;
}
