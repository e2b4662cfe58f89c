import { useState } from 'preact/hooks';
import type { ExecutionSummary } from '../../model/executions.ts';
import { executionPath, Link } from '../navigation.tsx';
import { Elapsed, Empty, FetchState, Status, statusText, Time } from '../parts/basics.tsx';
import { BulkRedrive } from '../parts/bulk-redrive.tsx';
import type { Choice } from '../parts/choose.tsx';
import { Export } from '../parts/export.tsx';
import { FilterBar } from '../parts/filter-bar.tsx';
import { Pager } from '../parts/pager.tsx';
import { SampleButton } from '../parts/sample-button.tsx';
import { StartForm } from '../parts/start-form.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { useListing } from '../use-listing.ts';

export type ListedExecution = ExecutionSummary & { at?: string };

export function ExecutionsView({ like }: { like: string | undefined }) {
  const { value, error, query } = useListing<ListedExecution>('/api/executions', ['executions']);
  const [chosen, onChoose] = useState<ReadonlySet<string>>(new Set());
  const choice = { chosen, onChoose, canChoose: isUnfinished, name: nameOf };
  // A filter can hide chosen rows; what is not visible is not redriven.
  const visible = (value?.rows ?? []).map(({ arn }) => arn).filter((arn) => chosen.has(arn));
  return (
    <main>
      <header class="head">
        <h1>Executions</h1>
        <StartForm like={like} />
      </header>
      <FetchState value={value} error={error} />
      {value?.total === 0 && (
        <Empty title="Nothing has run yet.">
          <p>Start an execution above, or drop a chapter (CBZ) anywhere onto this page first.</p>
          <SampleButton />
        </Empty>
      )}
      {value && value.total > 0 && (
        <FilterBar what="executions" of={value} titles={titles} wordOf={statusText}>
          <Export path="/api/executions" query={query} />
        </FilterBar>
      )}
      <BulkRedrive arns={visible} onDone={() => onChoose(new Set())} />
      {value && value.matching > 0 && <ExecutionTable executions={value.rows} choice={choice} sortable />}
      {value && <Pager of={value} />}
    </main>
  );
}

const isUnfinished = ({ status }: ListedExecution) => ['FAILED', 'TIMED_OUT', 'ABORTED'].includes(status);
const nameOf = ({ name }: ListedExecution) => name;

const titles = { status: 'Status', machine: 'Machine' };

const columns: readonly Column<ListedExecution>[] = [
  {
    title: 'Execution',
    by: 'name',
    wide: true,
    cell: (execution) => (
      <>
        <Link to={executionPath(execution)}>{execution.name}</Link>
        <small>{execution.machine}</small>
      </>
    ),
  },
  { title: 'Status', by: 'status', cell: ({ status }) => <Status of={status} /> },
  { title: 'State', cell: ({ at }) => at ?? '–' },
  { title: 'Started', by: 'started', cell: ({ started }) => <Time of={started} /> },
  {
    title: 'Took',
    by: 'took',
    right: true,
    cell: ({ started, stopped }) => <Elapsed from={started} to={stopped} />,
  },
];

interface TableProps {
  executions: readonly ListedExecution[];
  /** Whether the address says in which order they are. */
  sortable?: true;
  choice?: Choice<ListedExecution>;
}

export function ExecutionTable({ executions, ...rest }: TableProps) {
  return <Table label="Executions" columns={columns} rows={executions} keyOf={({ arn }) => arn} {...rest} />;
}
