/** All events of a history, as Step Functions records them. */
import { useMemo, useState } from 'preact/hooks';
import { choicesOf, found } from '../../listing.ts';
import type { FullEvent, SlimEvent } from '../../slim-event.ts';
import { cloudNow } from '../cloud-clock.ts';
import { eventListing, statusOf } from '../event-listing.ts';
import { useQuery } from '../use-query.ts';
import { useResource } from '../use-resource.ts';
import type { History } from '../visits.ts';
import { Time } from './basics.tsx';
import { Export } from './export.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Json } from './json.tsx';
import { type Column, LongTable } from './table.tsx';

const titles = { status: 'Status', state: 'State', type: 'Type' };

interface Props {
  arn: string;
  history: History;
  version: number;
  loaded: boolean;
}

export function EventList({ arn, history, version, loaded }: Props) {
  const [query] = useQuery();
  const [open, setOpen] = useState<number>();
  const { events, visitOf, ended } = history;
  const listing = useMemo(() => eventListing(visitOf), [visitOf]);
  const choices = useMemo(() => choicesOf(events, listing), [listing, version]);
  const rows = useMemo(() => found(events, listing, query, cloudNow()), [listing, version, query]);
  const columns = useMemo(() => columnsOf(listing.fields.state, setOpen), [listing]);
  const { value } = useResource<FullEvent>(
    open === undefined ? undefined : `/api/event?arn=${encodeURIComponent(arn)}&id=${open}`,
  );
  return (
    <>
      <FilterBar what="events" of={{ matching: rows.length, total: events.length, choices }} titles={titles}>
        <Export path={`/api/history?arn=${encodeURIComponent(arn)}`} query={query} />
      </FilterBar>
      {rows.length > 0 && (
        <LongTable
          label="Events"
          class="events"
          columns={columns}
          rows={rows}
          keyOf={([id]) => String(id)}
          sortable
          maxHeight={560}
          rowHeight={29}
          followEnd={loaded && !ended}
          open={String(open)}
          onOpen={([id]) => setOpen(id)}
          kind={(event) => (statusOf(event) === 'failed' ? 'event bad' : 'event')}
        />
      )}
      {value && <Json text={JSON.stringify(value)} label={`Event ${value.id}`} />}
    </>
  );
}

const columnsOf = (
  state: ((event: SlimEvent) => string | number | undefined) | undefined,
  onOpen: (id: number) => void,
): readonly Column<SlimEvent>[] => [
  { title: 'Id', by: 'id', right: true, width: '5rem', cell: ([id]) => id },
  { title: 'Time', width: '9rem', cell: ([, , time]) => <Time of={time} exact /> },
  {
    title: 'Type',
    by: 'type',
    wide: true,
    width: '15rem',
    cell: ([id, , , type]) => (
      <button type="button" class="open" onClick={() => onOpen(id)}>
        {type}
      </button>
    ),
  },
  { title: 'State', by: 'state', wide: true, cell: (event) => state?.(event) },
  { title: 'Error or target', by: 'note', wide: true, cell: ([, , , , , note]) => note },
];
