import { useState } from 'preact/hooks';
import { inputOfTime, timeOfInput } from '../time-mode.ts';
import type { SetQuery } from '../use-query.ts';

const spans = [
  ['', 'any time'],
  ['15m', 'last 15 minutes'],
  ['1h', 'last hour'],
  ['1d', 'last day'],
  ['7d', 'last 7 days'],
  ['between', 'between…'],
] as const;

/** Filters by time: a span until now by the cloud's clock, or two times as they are shown elsewhere. */
export function SpanFilter({ query, set }: { query: URLSearchParams; set: SetQuery }) {
  const [open, setOpen] = useState(false);
  const since = query.get('since') ?? '';
  const isBetween = open || query.has('from') || query.has('to');
  const choose = (value: string) => {
    setOpen(value === 'between');
    set({ since: value === 'between' ? '' : value, from: '', to: '' });
  };
  return (
    <>
      <label>
        Time
        <select
          value={isBetween ? 'between' : since}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
        >
          {spans.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
          {since && !spans.some(([value]) => value === since) && <option value={since}>last {since}</option>}
        </select>
      </label>
      {isBetween &&
        (['from', 'to'] as const).map((name) => (
          <label key={name}>
            {name === 'from' ? 'From' : 'To'}
            <input
              type="datetime-local"
              step={1}
              value={inputOfTime(query.get(name))}
              onChange={({ currentTarget: { value } }) => set({ [name]: timeOfInput(value) })}
            />
          </label>
        ))}
    </>
  );
}
