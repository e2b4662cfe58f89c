/** Starts an execution of any state machine, with the input of the schedule, of an earlier execution, or one that is written. */
import { useEffect, useState } from 'preact/hooks';
import type { Page } from '../../listing.ts';
import type { ExecutionDetails, ExecutionSummary, MachineSummary } from '../../model/executions.ts';
import { read } from '../api.ts';
import { prettyJson } from '../format.ts';
import { showRun } from '../show-run.ts';
import { useResource } from '../use-resource.ts';
import { ActionButton } from './action-button.tsx';
import { Problem } from './basics.tsx';
import { JsonInput, jsonProblem } from './json-input.tsx';

const pipeline = 'manga-pipeline';
/** As in stacks/pipeline.ts. */
const inputOfSchedule = '{}';

const start = (request: { machine: string; input: string; name?: string }) =>
  showRun('/api/executions/start', request);

/** `like` is the ARN of an execution whose input the form begins with. */
export function StartForm({ like }: { like: string | undefined }) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (like) setOpen(true);
  }, [like]);
  if (isOpen) return <Fields key={like} like={like} onClose={() => setOpen(false)} />;
  return (
    <div class="actions">
      <ActionButton tone="primary" onAct={() => start({ machine: pipeline, input: inputOfSchedule })}>
        Start an execution
      </ActionButton>
      <button type="button" onClick={() => setOpen(true)} aria-expanded={false}>
        With input…
      </button>
    </div>
  );
}

function Fields({ like, onClose }: { like: string | undefined; onClose(): void }) {
  const { value: machines } = useResource<MachineSummary[]>('/api/machines');
  const [machine, setMachine] = useState(like?.split(':').at(-2) ?? pipeline);
  const { value: executions } = useResource<Page<ExecutionSummary>>(
    `/api/executions?machine=${encodeURIComponent(machine)}`,
    ['executions'],
  );
  const [source, setSource] = useState(like ?? '');
  const [input, setInput] = useState(inputOfSchedule);
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<Error>();
  useEffect(() => {
    if (!source) return setInput(inputOfSchedule);
    void read<ExecutionDetails>(`/api/execution?arn=${encodeURIComponent(source)}`).then(
      (execution) => setInput(prettyJson(execution.input)),
      setProblem,
    );
  }, [source]);
  const isInvalid = jsonProblem(input) !== undefined;
  const earlier = executions?.rows ?? [];
  const submit = async () => {
    setProblem(undefined);
    await start({ machine, input, ...(name.trim() && { name: name.trim() }) }).catch(setProblem);
  };
  return (
    <form
      class="panel form"
      aria-label="New execution"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isInvalid) void submit();
      }}
    >
      <label>
        State machine
        <select
          value={machine}
          onChange={(event) => {
            setMachine(event.currentTarget.value);
            setSource('');
          }}
        >
          {(machines ?? [{ name: machine }]).map((one) => (
            <option key={one.name}>{one.name}</option>
          ))}
        </select>
      </label>
      <label>
        Begin with the input of
        <select value={source} onChange={(event) => setSource(event.currentTarget.value)}>
          <option value="">the daily schedule</option>
          {like && !earlier.some(({ arn }) => arn === like) && (
            <option value={like}>{like.split(':').at(-1)}</option>
          )}
          {earlier.map(({ arn, name: of, status }) => (
            <option key={arn} value={arn}>
              {of} ({status.toLowerCase().replaceAll('_', ' ')})
            </option>
          ))}
        </select>
      </label>
      <JsonInput label="Input (JSON)" value={input} onInput={setInput} />
      <label>
        Name (optional)
        <input value={name} autoComplete="off" onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      {problem && <Problem error={problem} />}
      <div class="actions">
        <button type="submit" class="primary" disabled={isInvalid}>
          Start
        </button>
        <button type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}
