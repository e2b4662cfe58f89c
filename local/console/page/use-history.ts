import { useEffect, useRef, useState } from 'preact/hooks';
import type { SlimEvent } from '../slim-event.ts';
import { follow, onChange, onHistory } from './live.ts';
import { fold, type History, newHistory } from './visits.ts';

/** Loads the history of an execution and then follows its events. `version` counts the changes. */
export function useHistory(arn: string | undefined): { history: History; loaded: boolean; version: number } {
  const history = useRef(newHistory());
  const [state, setState] = useState({ loaded: false, version: 0 });
  useEffect(() => {
    history.current = newHistory();
    setState({ loaded: false, version: 0 });
    if (!arn) return;
    let over = false;
    let waiting: SlimEvent[] = [];
    let loading = false;

    const changed = (loaded: boolean) => setState(({ version }) => ({ loaded, version: version + 1 }));
    async function load(): Promise<void> {
      if (loading) return;
      loading = true;
      const after = history.current.events.length;
      for await (const events of storedEvents(arn ?? '', after)) {
        if (over) return;
        fold(history.current, events);
        changed(false);
      }
      fold(history.current, waiting);
      waiting = [];
      loading = false;
      if (!over) changed(true);
    }
    // Follows before loading, so that no event is missed; known events are skipped.
    follow(arn);
    const stopHistory = onHistory((events) => {
      if (loading) waiting.push(...events);
      else {
        fold(history.current, events);
        // An event is missing after the stream was interrupted: fetch the rest.
        if (history.current.events.length < (events.at(-1)?.[0] ?? 0)) void load();
        else changed(true);
      }
    });
    const stopChange = onChange((about) => {
      if (about === 'everything' || about.has('stream')) void load();
    });
    void load();
    return () => {
      over = true;
      stopHistory();
      stopChange();
      follow(undefined);
    };
  }, [arn]);
  return { history: history.current, ...state };
}

/** Yields stored events in batches as they arrive. */
async function* storedEvents(arn: string, after: number): AsyncGenerator<SlimEvent[]> {
  const response = await fetch(`/api/history?arn=${encodeURIComponent(arn)}&after=${after}`);
  if (!response.ok || !response.body) return;
  let rest = '';
  for await (const text of texts(response.body)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as SlimEvent[];
  }
}

async function* texts(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    yield value;
  }
}
