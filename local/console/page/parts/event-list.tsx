/** All events of a history, as Step Functions records them. */
import { useState } from 'preact/hooks';
import type { FullEvent } from '../../slim-event.ts';
import { exactTime } from '../format.ts';
import { useResource } from '../use-resource.ts';
import type { History } from '../visits.ts';
import { Json } from './json.tsx';
import { VirtualList } from './virtual-list.tsx';

const rowHeight = 30;

export function EventList({ arn, history }: { arn: string; history: History; version: number }) {
  const [selected, select] = useState<number>();
  const { events, visitOf, ended } = history;
  const { value } = useResource<FullEvent>(
    selected === undefined ? undefined : `/api/event?arn=${encodeURIComponent(arn)}&id=${selected}`,
  );
  const row = (index: number) => {
    const event = events[index];
    if (!event) return null;
    const [id, , time, type, name, note] = event;
    const failed = /(Failed|TimedOut|Aborted)$/.test(type);
    return (
      <button
        key={id}
        type="button"
        class={`event${failed ? ' bad' : ''}`}
        style={{ height: `${rowHeight}px` }}
        aria-pressed={id === selected}
        onClick={() => select(id)}
      >
        <span class="number right">{id}</span>
        <span class="number">{exactTime(time)}</span>
        <span>{type}</span>
        <span class="event-note">{name || visitOf.get(id)?.state}</span>
        <span class="event-note">{failed && note}</span>
      </button>
    );
  };
  return (
    <>
      <VirtualList count={events.length} rowHeight={rowHeight} label="Events" row={row} followEnd={!ended} />
      {value && <Json text={JSON.stringify(value)} label={`Event ${value.id}`} />}
    </>
  );
}
