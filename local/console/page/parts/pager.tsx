import type { Page } from '../../listing.ts';
import { useQuery } from '../use-query.ts';

/** Moves between the pages of a list; shows nothing for a single one. */
export function Pager({ of: { page, pages } }: { of: Pick<Page<unknown>, 'page' | 'pages'> }) {
  const [, set] = useQuery();
  if (pages < 2) return null;
  const to = (wanted: number) => set({ page: String(wanted) });
  return (
    <nav class="pager" aria-label="Pages">
      <button type="button" disabled={page === 1} onClick={() => to(page - 1)}>
        Previous
      </button>
      <span class="number">
        Page {page} of {pages}
      </span>
      <button type="button" disabled={page === pages} onClick={() => to(page + 1)}>
        Next
      </button>
    </nav>
  );
}
