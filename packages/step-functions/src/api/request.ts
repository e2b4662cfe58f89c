/** Reading the input of an operation. */

import { z } from 'zod';
import { ApiError, validationError } from './errors.ts';

/** Throws ValidationException naming the first field that is missing or of the wrong type. */
export function read<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.join('.') || 'request';
  throw validationError(
    `1 validation error detected: Value at '${place}' failed to satisfy constraint: ${issue?.message}`,
  );
}

/** Characters that names of machines and executions may not have. */
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

/** Throws InvalidName. */
export function checkName(name: string): string {
  if (name.length < 1 || name.length > 80 || FORBIDDEN.test(name))
    throw new ApiError('InvalidName', `Invalid Name: '${name}'`);
  return name;
}

export const paging = { maxResults: z.int().min(0).max(1000).optional(), nextToken: z.string().optional() };

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** Where a page starts and how long it is; 100 unless told. Throws InvalidToken. */
export function pageOf({
  maxResults,
  nextToken,
}: {
  maxResults?: number | undefined;
  nextToken?: string | undefined;
}): Page {
  const limit = maxResults || 100;
  if (nextToken === undefined) return { limit, offset: 0 };
  const offset = /^from-(\d+)$/.exec(Buffer.from(nextToken, 'base64').toString('latin1'))?.[1];
  if (offset === undefined) throw new ApiError('InvalidToken', `Invalid Token: '${nextToken}'`);
  return { limit, offset: Number(offset) };
}

/** Cuts a list that was read one longer than its page, and says where the next page starts. */
export function cutPage<T>(found: T[], { limit, offset }: Page): { items: T[]; nextToken?: string } {
  if (found.length <= limit) return { items: found };
  return {
    items: found.slice(0, limit),
    nextToken: Buffer.from(`from-${offset + limit}`).toString('base64'),
  };
}
