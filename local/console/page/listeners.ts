import { useEffect, useState } from 'preact/hooks';

type Subscribe<T> = (listener: (value: T) => void) => () => void;

/** Functions that are called with each value until they are removed. */
export function createListeners<T = void>() {
  const listeners = new Set<(value: T) => void>();
  const subscribe: Subscribe<T> = (listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    tell(value: T): void {
      for (const listener of listeners) listener(value);
    },
    subscribe,
  };
}

/** Returns a value that is kept outside of the component, also after it changes. */
export function useOutside<T>(subscribe: (listener: () => void) => () => void, read: () => T): T {
  const [value, setValue] = useState(read);
  useEffect(() => {
    const update = () => setValue(read);
    update();
    return subscribe(update);
  }, [subscribe]);
  return value;
}
