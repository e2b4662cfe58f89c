import { useRef } from 'preact/hooks';
import type { Page } from '../listing.ts';
import { places, useQuery } from './use-query.ts';
import { type Resource, useResource } from './use-resource.ts';

/** Fetches the rows of a list that the address asks for. The last rows stay until the next ones are loaded. */
export function useListing<Row, Answer extends Page<Row> = Page<Row>>(
  path: string,
  topics: readonly string[],
): Resource<Answer> & { query: URLSearchParams } {
  const [query] = useQuery();
  const asked = new URLSearchParams([...query].filter(([name]) => name === 'page' || !places.has(name)));
  const { value, error } = useResource<Answer>(asked.size ? `${path}?${asked}` : path, topics);
  const last = useRef(value);
  if (value || error) last.current = value;
  return { value: last.current, error, query };
}
