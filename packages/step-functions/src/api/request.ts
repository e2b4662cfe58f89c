/** Parses and checks the input of an operation. */

import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ApiError, validationError } from './errors.ts';

/** Throws ValidationException, which names the first field that is missing or has the wrong type. */
export function read<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.join('.') || 'request';
  throw validationError(
    `1 validation error detected: Value at '${place}' failed to satisfy constraint: ${issue?.message}`,
  );
}

/** Characters that are not allowed in names: from the API reference, which also names surrogates and the ends of Unicode. */
const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\uFFFE\uFFFF\u{10FFFF}]/u;

/** Throws InvalidName. */
export function checkName(name: string): string {
  if (name.length < 1 || name.length > 80 || forbidden.test(name))
    throw new ApiError('InvalidName', `Invalid Name: '${name}'`);
  return name;
}

export const paging = { maxResults: z.int().min(0).optional(), nextToken: z.string().optional() };

export interface Page {
  readonly limit: number;
  readonly offset: number;
  /** Identifies what is listed: a token is valid for the same request only. */
  readonly list: string;
}

export interface PagedRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/**
 * Returns the start and the length of the requested page; the default length is 100. Throws InvalidToken, also for the token of
 * another operation or of other arguments: the API reference asks callers to keep them unchanged.
 */
export function pageOf(operation: string, { maxResults, nextToken, ...others }: PagedRequest): Page {
  const limit = maxResults || 100;
  const list = createHash('sha256')
    .update(`${operation} ${JSON.stringify(others)}`)
    .digest('hex')
    .slice(0, 16);
  if (nextToken === undefined) return { limit, offset: 0, list };
  const token = Buffer.from(nextToken, 'base64').toString('latin1');
  const [, offset, listed] = /^from-(\d+)-of-([0-9a-f]+)$/.exec(token) ?? [];
  if (offset === undefined || listed !== list)
    throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
  return { limit, offset: Number(offset), list };
}

/** Returns the token of the page that follows a position in the list of a page. */
export const tokenOf = ({ list }: Page, position: number): string =>
  Buffer.from(`from-${position}-of-${list}`).toString('base64');

/** Cuts a list that has one item more than its page, and returns the token of the next page. */
export function cutPage<T>(found: T[], page: Page): { items: T[]; nextToken?: string } {
  const { limit, offset } = page;
  if (found.length <= limit) return { items: found };
  return { items: found.slice(0, limit), nextToken: tokenOf(page, offset + limit) };
}
