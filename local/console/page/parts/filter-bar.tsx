/** The filters of a list, which are kept in the address, with the number of rows that match. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Page } from '../../listing.ts';
import { type SetQuery, useQuery } from '../use-query.ts';
import { Empty } from './basics.tsx';
import { SpanFilter } from './span-filter.tsx';

interface Props {
  /** The rows in the plural: `jobs`. */
  what: string;
  of: Pick<Page<unknown>, 'matching' | 'total' | 'choices'>;
  /** Titles of the fields that are offered as choices. */
  titles: Readonly<Record<string, string>>;
  /** Returns the word for a value of a field. */
  wordOf?(value: string): string;
  /** Further filters, and what is done with the rows that match. */
  children?: ComponentChildren;
}

const always = ['text', 'since', 'from', 'to'];
/** Milliseconds without a key before a text is searched. */
const pause = 200;

export function FilterBar({ what, of, titles, wordOf = (value) => value, children }: Props) {
  const [query, set] = useQuery();
  const { matching, total, choices } = of;
  const used = [...always, ...Object.keys(titles)].filter((name) => query.has(name));
  const clear = (
    <button type="button" onClick={() => set(Object.fromEntries(used.map((name) => [name, undefined])))}>
      Clear filters
    </button>
  );
  return (
    <>
      <search class="filters" aria-label={`Filter ${what}`}>
        <TextFilter text={query.get('text') ?? ''} set={set} />
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
        <SpanFilter query={query} set={set} />
        {children}
        {used.length > 0 && matching > 0 && clear}
        <p class="count quiet" role="status">
          {used.length > 0 && `${matching.toLocaleString()} of `}
          {total.toLocaleString()} {what}
        </p>
      </search>
      {matching === 0 && used.length > 0 && (
        <Empty title={`None of the ${total.toLocaleString()} ${what} matches these filters.`}>{clear}</Empty>
      )}
    </>
  );
}

/** Searches a text when the user stops typing. */
function TextFilter({ text, set }: { text: string; set: SetQuery }) {
  const [written, write] = useState(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // Filters were cleared, or the user went back.
    clearTimeout(timer.current);
    write(text);
  }, [text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <label class="grow">
      Search
      <input
        type="search"
        value={written}
        onInput={({ currentTarget: { value } }) => {
          write(value);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => set({ text: value }), pause);
        }}
      />
    </label>
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
  const offered = Object.entries({ ...(value && { [value]: 0 }), ...counts });
  return (
    <label>
      {title}
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        <option value="">all</option>
        {offered.map(([one, count]) => (
          <option key={one} value={one}>
            {wordOf(one)} ({count.toLocaleString()})
          </option>
        ))}
      </select>
    </label>
  );
}
