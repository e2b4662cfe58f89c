/** Reports the outcome of an action once, at the edge of the page and to screen readers. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface Notice {
  id: number;
  /** Only good news disappears. */
  tone: 'good' | 'warn' | 'bad';
  children: ComponentChildren;
}

const shown = 8_000;
let last = 0;
let show: (notice: Notice) => void = () => {};

export function say(children: ComponentChildren, tone: Notice['tone'] = 'good'): void {
  last += 1;
  show({ id: last, tone, children });
}

/** Runs an action and reports its error. Returns whether it succeeded. */
export async function attempt(action: () => Promise<unknown>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error), 'bad');
    return false;
  }
}

export function Notices() {
  const [notices, setNotices] = useState<Notice[]>([]);
  const dismiss = (id: number) => setNotices((all) => all.filter((one) => one.id !== id));
  useEffect(() => {
    show = (notice) => {
      setNotices((all) => [...all.slice(-3), notice]);
      if (notice.tone === 'good') setTimeout(() => dismiss(notice.id), shown);
    };
  }, []);
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.map(({ id, tone, children }) => (
        <div key={id} class={`notice ${tone}`}>
          <div>{children}</div>
          <button type="button" class="plain" aria-label="Dismiss" onClick={() => dismiss(id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
