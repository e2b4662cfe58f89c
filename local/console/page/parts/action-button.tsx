import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { attempt } from './notices.tsx';

interface Props {
  onAct(): Promise<unknown>;
  children: ComponentChildren;
  tone?: 'primary' | 'danger';
  /** The question to confirm, for actions that cannot be undone. */
  confirm?: string;
  disabled?: boolean;
}

/** Shows a button that is busy while its action runs, and asks for confirmation in place when it cannot be undone. */
export function ActionButton({ onAct, children, tone, confirm, disabled }: Props) {
  const [state, setState] = useState<'idle' | 'asking' | 'busy'>('idle');
  const run = async () => {
    setState('busy');
    await attempt(onAct);
    setState('idle');
  };
  if (state === 'asking')
    return (
      <fieldset class="asking" aria-label={confirm}>
        <span>{confirm}</span>
        <button type="button" class={tone} onClick={run}>
          {children}
        </button>
        <button type="button" onClick={() => setState('idle')} ref={(button) => button?.focus()}>
          Cancel
        </button>
      </fieldset>
    );
  return (
    <button
      type="button"
      class={tone}
      disabled={disabled || state === 'busy'}
      aria-busy={state === 'busy'}
      onClick={confirm ? () => setState('asking') : run}
    >
      {children}
    </button>
  );
}
