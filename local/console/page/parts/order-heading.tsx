import type { Order } from '../../listing.ts';
import { useQuery } from '../use-query.ts';

interface Props {
  title: string;
  by: string;
  right: true | undefined;
  order: Order | undefined;
}

/** Orders a table: a first click upwards, a second one downwards, and a third one as without an order. */
export function OrderHeading({ title, by, right, order }: Props) {
  const [, set] = useQuery();
  const direction = order?.by === by ? (order.descending ? 'descending' : 'ascending') : 'none';
  const next = { none: by, ascending: `-${by}`, descending: undefined }[direction];
  const sign = { none: '↕', ascending: '▲', descending: '▼' }[direction];
  return (
    <th scope="col" class={right && 'right'} aria-sort={direction}>
      <button type="button" class="order" onClick={() => set({ sort: next })}>
        {title}
        <span aria-hidden="true">{sign}</span>
      </button>
    </th>
  );
}
