import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { useQuery } from '../use-query.ts';

interface Props {
  label: string;
  tabs: Readonly<Record<string, () => ComponentChildren>>;
}

/**
 * Tabs according to the ARIA practices: one tab stop, and arrow keys move between them. The chosen one is in the address.
 */
export function Tabs({ label, tabs }: Props) {
  const names = Object.keys(tabs);
  const [query, set] = useQuery();
  const id = useId();
  const current = names.find((name) => name === query.get('tab')) ?? names[0] ?? '';
  const choose = (name: string) => set({ tab: name === names[0] ? undefined : name });
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = names[(names.indexOf(current) + step + names.length) % names.length] ?? '';
    choose(next);
    document.getElementById(`${id}-${names.indexOf(next)}`)?.focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {names.map((name, index) => (
          <button
            key={name}
            id={`${id}-${index}`}
            type="button"
            role="tab"
            aria-selected={name === current}
            aria-controls={`${id}-panel`}
            tabIndex={name === current ? 0 : -1}
            onClick={() => choose(name)}
          >
            {name}
          </button>
        ))}
      </div>
      <div
        id={`${id}-panel`}
        class="tabpanel"
        role="tabpanel"
        aria-labelledby={`${id}-${names.indexOf(current)}`}
      >
        {tabs[current]?.()}
      </div>
    </>
  );
}
