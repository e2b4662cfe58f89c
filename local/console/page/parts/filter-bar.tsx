/** The filters of a list, which are kept in the address, with the number of rows that match. */
import type { ComponentChildren } from 'preact';
import type { Page } from '../../listing.ts';
import { countText } from '../format.ts';
import { useQuery } from '../use-query.ts';
import { Empty } from './basics.tsx';
import { SpanFilter } from './span-filter.tsx';
import { TextFilter } from './text-filter.tsx';

interface Props {
  /** The rows in the plural: `jobs`. */
  what: string;
  of: Pick<Page<unknown>, 'matching' | 'total' | 'choices'>;
  /** Titles of the fields that are offered as choices. */
  titles: Readonly<Record<string, string>>;
  /** Returns the word for a value of a field. */
  wordOf?(value: string): string;
  /** Names of the filters among the children. */
  others?: readonly string[];
  /** Whether the rows have no time. */
  timeless?: true;
  /** Further filters, and what is done with the rows that match. */
  children?: ComponentChildren;
}

const always = ['text', 'since', 'from', 'to'];

export function FilterBar({ what, of, titles, wordOf = (value) => value, ...rest }: Props) {
  const [query, set] = useQuery();
  const { matching, total, choices } = of;
  const { others = [], timeless, children } = rest;
  const counted = countText(total, what.replace(/s$/, ''));
  const used = [...always, ...Object.keys(titles), ...others].filter((name) => query.has(name));
  const clear = (
    <button type="button" onClick={() => set(Object.fromEntries(used.map((name) => [name, undefined])))}>
      Clear filters
    </button>
  );
  return (
    <>
      <search class="filters" aria-label={`Filter ${what}`}>
        <TextFilter title="Search" name="text" query={query} set={set} />
        {Object.entries(titles).map(([name, title]) => (
          <ChoiceFilter
            key={name}
            title={title}
            value={query.get(name) ?? ''}
            counts={choices[name] ?? {}}
            wordOf={wordOf}
            onChoose={(value) => set({ [name]: value })}
          />
        ))}
        {!timeless && <SpanFilter query={query} set={set} />}
        {children}
        {used.length > 0 && matching > 0 && clear}
        <p class="count quiet" role="status">
          {used.length > 0 && `${matching.toLocaleString()} of `}
          {counted}
        </p>
      </search>
      {matching === 0 && used.length > 0 && (
        <Empty title={`None of ${total === 1 ? '' : 'the '}${counted} matches these filters.`}>{clear}</Empty>
      )}
    </>
  );
}

interface ChoiceProps {
  title: string;
  value: string;
  /** Number of rows for each value. */
  counts: Readonly<Record<string, number>>;
  wordOf(value: string): string;
  onChoose(value: string): void;
}

function ChoiceFilter({ title, value, counts, wordOf, onChoose }: ChoiceProps) {
  // A chosen value stays visible when the list has no row with it.
  const offered = Object.keys({ ...(value && { [value]: 0 }), ...counts });
  if (offered.length === 0) return null;
  return (
    <label>
      {title}
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        <option value="">all</option>
        {offered.map((one) => (
          <option key={one} value={one}>
            {wordOf(one)}
            {counts[one] !== undefined && ` (${counts[one].toLocaleString()})`}
          </option>
        ))}
      </select>
    </label>
  );
}
