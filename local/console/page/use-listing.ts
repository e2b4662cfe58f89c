import { useRef } from 'preact/hooks';
import type { Page } from '../listing.ts';
import { useQuery } from './use-query.ts';
import { type Resource, useResource } from './use-resource.ts';

/** Fetches the rows of a list that the address asks for. The last rows stay until the next ones are loaded. */
export function useListing<Row>(
  path: string,
  topics: readonly string[],
): Resource<Page<Row>> & { query: URLSearchParams } {
  const [query] = useQuery();
  const { value, error } = useResource<Page<Row>>(query.size ? `${path}?${query}` : path, topics);
  const last = useRef(value);
  if (value || error) last.current = value;
  return { value: last.current, error, query };
}
