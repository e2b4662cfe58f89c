import { useState } from 'preact/hooks';
import type { ExecutionSummary, MachineSummary } from '../../model/executions.ts';
import { act } from '../api.ts';
import { executionPath, goTo, Link, pathOfArn } from '../navigation.tsx';
import { Elapsed, Empty, Loading, Problem, Status, Time } from '../parts/basics.tsx';
import { attempt } from '../parts/notices.tsx';
import { Table } from '../parts/table.tsx';
import { useResource } from '../use-resource.ts';

export type ListedExecution = ExecutionSummary & { at?: string };

export function ExecutionsView() {
  const { value, error } = useResource<ListedExecution[]>('/api/executions', ['executions']);
  return (
    <main>
      <header class="head">
        <h1>Executions</h1>
        <StartForm />
      </header>
      {error && <Problem error={error} />}
      {!value && !error && <Loading />}
      {value?.length === 0 && (
        <Empty title="Nothing has run yet.">
          <p>Start an execution above, or drop a chapter (CBZ) anywhere onto this page first.</p>
        </Empty>
      )}
      {value && value.length > 0 && <ExecutionTable executions={value} />}
    </main>
  );
}

const columns = [
  { title: 'Execution' },
  { title: 'Status' },
  { title: 'State' },
  { title: 'Started' },
  { title: 'Took', right: true },
] as const;

export function ExecutionTable({ executions }: { executions: readonly ListedExecution[] }) {
  return (
    <Table columns={columns}>
      {executions.map((execution) => (
        <tr key={execution.arn}>
          <td class="wide">
            <Link to={executionPath(execution)}>{execution.name}</Link>
            <small>{execution.machine}</small>
          </td>
          <td>
            <Status of={execution.status} />
          </td>
          <td>{execution.at ?? '–'}</td>
          <td>
            <Time of={execution.started} />
          </td>
          <td class="right">
            <Elapsed from={execution.started} to={execution.stopped} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** Starts an execution and shows it. */
function StartForm() {
  const [open, setOpen] = useState(false);
  const { value: machines = [] } = useResource<MachineSummary[]>(open ? '/api/machines' : undefined);
  const [machine, setMachine] = useState('manga-pipeline');
  const [input, setInput] = useState('{}');
  const start = () =>
    attempt(async () => {
      const { arn } = await act<{ arn: string }>('POST', '/api/executions/start', { machine, input });
      goTo(pathOfArn(arn));
    });
  if (!open)
    return (
      <div class="actions">
        <button type="button" class="primary" onClick={start}>
          Start an execution
        </button>
        <button type="button" onClick={() => setOpen(true)} aria-expanded={false}>
          With input…
        </button>
      </div>
    );
  return (
    <form
      class="panel form"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <label>
        State machine
        <select value={machine} onChange={(event) => setMachine(event.currentTarget.value)}>
          {(machines.length ? machines : [{ name: machine, arn: '', type: '' }]).map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        Input (JSON)
        <textarea
          rows={4}
          class="code"
          value={input}
          onInput={(event) => setInput(event.currentTarget.value)}
        />
      </label>
      <div class="actions">
        <button type="submit" class="primary">
          Start
        </button>
        <button type="button" onClick={() => setOpen(false)}>
          Cancel
        </button>
      </div>
    </form>
  );
}
