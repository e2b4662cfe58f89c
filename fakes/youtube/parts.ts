import * as z from 'zod';
import type { YouTubeCall } from '../../domain/youtube-quota.ts';
import { Refusal } from './response.ts';

const known = new Set(['id', 'snippet', 'status', 'contentDetails']);
export const partsOf = (query: URLSearchParams): string[] => query.get('part')?.split(',') ?? [];

/** Checks that a request names parts of its resource, as every method with a `part` parameter requires (reference). */
export function checkParts(name: YouTubeCall, query: URLSearchParams): void {
  if (name === 'thumbnails.set') return;
  const parts = partsOf(query);
  if (parts.length === 0) throw new Refusal(400, 'missingRequiredParameter', 'part is missing');
  const stranger = parts.find((part) => !known.has(part));
  if (stranger !== undefined)
    throw new Refusal(400, 'unknownPart', `'${stranger}' is not a part of the resource`);
}

/** Returns the requested parts of a resource; its kind and id are always included. */
export const onlyParts = (resource: object, parts: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(resource).filter(([name]) => ['kind', 'id', ...parts].includes(name)));

const List = z.object({ items: z.array(z.record(z.string(), z.unknown())).optional() });

/** Reduces a response to the requested parts of its resources. */
export function onlyListedParts(answer: object, query: URLSearchParams): object {
  const { items } = List.parse(answer);
  return items ? { ...answer, items: items.map((item) => onlyParts(item, partsOf(query))) } : answer;
}
