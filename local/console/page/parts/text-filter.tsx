import { useEffect, useRef, useState } from 'preact/hooks';
import type { SetQuery } from '../use-query.ts';

interface Props {
  title: string;
  /** Name of the filter in the address. */
  name: string;
  query: URLSearchParams;
  set: SetQuery;
}

/** Milliseconds without a key before a text is searched. */
const pause = 200;

/** A text to filter by, which is searched when the user stops typing. */
export function TextFilter({ title, name, query, set }: Props) {
  const text = query.get(name) ?? '';
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
      {title}
      <input
        type="search"
        value={written}
        onInput={({ currentTarget: { value } }) => {
          write(value);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => set({ [name]: value }), pause);
        }}
      />
    </label>
  );
}
