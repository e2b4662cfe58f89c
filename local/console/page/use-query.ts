/** The part of the address after `?`, in which lists keep their filters, so that they can be shared and survive a reload. */
import { useMemo } from 'preact/hooks';
import { goTo, useLocation } from './navigation.tsx';

/** Names that say which part of a list is looked at, not which rows it has. */
export const places: ReadonlySet<string> = new Set(['page', 'tab', 'open']);

type Changes = Readonly<Record<string, string | undefined>>;
export type SetQuery = (changes: Changes) => void;

/** Returns the query and a function that changes parts of it; an absent or empty value removes its name. */
export function useQuery(): readonly [query: URLSearchParams, set: SetQuery] {
  const { search } = useLocation();
  return useMemo(() => [new URLSearchParams(search), setQuery] as const, [search]);
}

function setQuery(changes: Changes): void {
  const query = new URLSearchParams(location.search);
  // Another filter or order starts at the first page.
  if (Object.keys(changes).some((name) => !places.has(name))) query.delete('page');
  for (const [name, value] of Object.entries(changes)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  goTo(`${location.pathname}${query.size ? `?${query}` : ''}`, { replace: !changes.page });
}
