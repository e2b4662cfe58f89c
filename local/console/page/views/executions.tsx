import type { ExecutionSummary } from '../../model/executions.ts';
import { executionPath, Link } from '../navigation.tsx';
import { Elapsed, Empty, Loading, Problem, Status, Time } from '../parts/basics.tsx';
import { SampleButton } from '../parts/sample-button.tsx';
import { StartForm } from '../parts/start-form.tsx';
import { Table } from '../parts/table.tsx';
import { useResource } from '../use-resource.ts';

export type ListedExecution = ExecutionSummary & { at?: string };

export function ExecutionsView({ like }: { like: string | undefined }) {
  const { value, error } = useResource<ListedExecution[]>('/api/executions', ['executions']);
  return (
    <main>
      <header class="head">
        <h1>Executions</h1>
        <StartForm like={like} />
      </header>
      {error && <Problem error={error} />}
      {!value && !error && <Loading />}
      {value?.length === 0 && (
        <Empty title="Nothing has run yet.">
          <p>Start an execution above, or drop a chapter (CBZ) anywhere onto this page first.</p>
          <SampleButton />
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
