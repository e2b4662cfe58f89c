/** All functions, with their purpose and their last result. */
import type { ShownFunction } from '../../model/functions.ts';
import { durationText } from '../format.ts';
import { functionPath, Link } from '../navigation.tsx';
import { Loading, Problem, Status, Time } from '../parts/basics.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { useResource } from '../use-resource.ts';

const columns: readonly Column<ShownFunction>[] = [
  {
    title: 'Function',
    by: 'name',
    value: ({ name }) => name,
    wide: true,
    cell: ({ name, purpose }) => (
      <>
        <Link to={functionPath(name)}>{name}</Link>
        <small>{purpose}</small>
      </>
    ),
  },
  {
    title: 'Last invoked',
    by: 'invoked',
    value: ({ latest }) => latest?.started,
    cell: ({ latest }) => (latest ? <Time of={latest.started} /> : '–'),
  },
  {
    title: 'Result',
    by: 'result',
    value: ({ latest }) => latest && outcomeOf(latest),
    cell: ({ latest }) => (latest ? <Status of={outcomeOf(latest)} /> : '–'),
  },
  {
    title: 'Took',
    by: 'took',
    value: ({ latest }) => latest?.milliseconds,
    right: true,
    cell: ({ latest }) => (latest?.milliseconds === undefined ? '–' : durationText(latest.milliseconds)),
  },
];

export function FunctionsView() {
  const { value, error } = useResource<ShownFunction[]>('/api/functions', ['functions']);
  return (
    <main>
      <h1>Functions</h1>
      {error && <Problem error={error} />}
      {!value && !error && <Loading />}
      {value && (
        <Table label="Functions" columns={columns} rows={value} keyOf={({ name }) => name} sortable />
      )}
    </main>
  );
}

export function outcomeOf({ failed }: { failed?: boolean | undefined }): string {
  if (failed === undefined) return 'running';
  return failed ? 'failed' : 'succeeded';
}
