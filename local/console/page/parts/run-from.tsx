/** Runs again from a state, with the input that it had there or a changed one. */
import { useState } from 'preact/hooks';
import { prettyJson } from '../format.ts';
import { showRun } from '../show-run.ts';
import { ActionButton } from './action-button.tsx';
import { JsonInput, jsonProblem } from './json-input.tsx';

interface Props {
  arn: string;
  /** The event that entered the state. */
  event: number;
  input: string;
}

export function RunFrom({ arn, event, input }: Props) {
  const [edited, edit] = useState<string>();
  const run = async () => {
    const changed = edited === undefined || edited === prettyJson(input) ? {} : { input: edited };
    await showRun('/api/executions/from', { arn, event, ...changed });
  };
  if (edited === undefined)
    return (
      <div class="actions">
        <button type="button" onClick={() => edit(prettyJson(input))}>
          Run from here…
        </button>
      </div>
    );
  return (
    <section class="replay-form" aria-label="Run from here">
      <JsonInput label="Input of the state (JSON)" value={edited} onInput={edit} />
      {/"job_id"/.test(edited) && (
        <p class="quiet">The job runs as a copy with another id, beside the first.</p>
      )}
      <div class="actions">
        <ActionButton tone="primary" disabled={jsonProblem(edited) !== undefined} onAct={run}>
          Run from here
        </ActionButton>
        <button type="button" onClick={() => edit(undefined)}>
          Cancel
        </button>
      </div>
    </section>
  );
}
