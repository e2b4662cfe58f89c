import { useEffect, useRef, useState } from 'preact/hooks';
import { type ApiError, read } from './api.ts';
import { onChange } from './live.ts';

export interface Resource<T> {
  value: T | undefined;
  error: ApiError | undefined;
}

/** Fetches a path, and again when one of the topics changes. The last value stays until the next one is loaded. */
export function useResource<T>(path: string | undefined, topics: readonly string[] = []): Resource<T> {
  const [state, setState] = useState<Resource<T> & { path: string | undefined }>({
    value: undefined,
    error: undefined,
    path: undefined,
  });
  const about = topics.join(' ');
  const latest = useRef(0);
  useEffect(() => {
    if (!path) return;
    let underWay = false;
    let again = false;
    const load = async () => {
      if (underWay) {
        again = true;
        return;
      }
      underWay = true;
      latest.current += 1;
      const mine = latest.current;
      const result = await read<T>(path).then(
        (value) => ({ value, error: undefined }),
        (error: ApiError) => ({ value: undefined, error }),
      );
      if (mine === latest.current) setState({ ...result, path });
      underWay = false;
      if (again) {
        again = false;
        void load();
      }
    };
    void load();
    const stop = onChange((changed) => {
      if (changed === 'everything' || about.split(' ').some((topic) => changed.has(topic))) void load();
    });
    return () => {
      latest.current += 1;
      stop();
    };
  }, [path, about]);
  // A value of another path does not count.
  return state.path === path ? state : { value: undefined, error: undefined };
}
