/** The visits of an execution's states, one row each, with a bar for its time. */
import { durationText } from '../format.ts';
import { useNow } from '../time-mode.ts';
import type { History, Visit } from '../visits.ts';
import { Empty, Loading, Status } from './basics.tsx';
import { VirtualList } from './virtual-list.tsx';

interface Props {
  history: History;
  loaded: boolean;
  selected: number | undefined;
  onSelect(id: number): void;
}

const rowHeight = 34;

export function Timeline({ history, loaded, selected, onSelect }: Props) {
  const { visits, start, ended, last } = history;
  const now = useNow(!ended);
  if (visits.length === 0) return loaded ? <Empty title="No state has been entered." /> : <Loading />;
  const end = ended ? last : Math.max(now, last);
  const row = (index: number) => {
    const visit = visits[index];
    if (!visit) return null;
    return (
      <Row
        key={visit.id}
        visit={visit}
        start={start}
        end={end}
        selected={visit.id === selected}
        onSelect={onSelect}
      />
    );
  };
  return (
    <div class="timeline">
      <VirtualList
        count={visits.length}
        rowHeight={rowHeight}
        label="Timeline"
        row={row}
        followEnd={loaded && !ended}
        show={selected === undefined ? undefined : visits.findIndex(({ id }) => id === selected)}
      />
      <p class="scale number" aria-hidden="true">
        <span>0</span>
        <span>{durationText(end - start)}</span>
      </p>
    </div>
  );
}

interface RowProps {
  visit: Visit;
  start: number;
  end: number;
  selected: boolean;
  onSelect(id: number): void;
}

function Row({ visit, start, end, selected, onSelect }: RowProps) {
  const { id, state, status, depth, iteration, entered, left, attempts } = visit;
  const span = Math.max(1, end - start);
  const until = left ?? end;
  return (
    <button type="button" class={`visit ${status}`} aria-pressed={selected} onClick={() => onSelect(id)}>
      <span class="visit-name" style={{ paddingLeft: `${depth * 14}px` }}>
        {state}
        {iteration && <small> #{iteration}</small>}
        {attempts.length > 1 && <small class="tries"> {attempts.length} tries</small>}
      </span>
      <Status of={status} />
      <span class="bar" aria-hidden="true">
        <i
          class={status}
          style={{
            left: `${(100 * (entered - start)) / span}%`,
            width: `${(100 * (until - entered)) / span}%`,
          }}
        />
      </span>
      <span class="number right">{durationText(until - entered)}</span>
    </button>
  );
}
