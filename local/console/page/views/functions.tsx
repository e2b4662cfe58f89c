/** All functions, with their purpose and their last result. */
import type { ShownFunction } from '../../model/functions.ts';
import { durationText } from '../format.ts';
import { functionPath, Link } from '../navigation.tsx';
import { FetchState, Status } from '../parts/basics.tsx';
import { type Column, showTime, Table, valueColumn } from '../parts/table.tsx';
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
  valueColumn('Last invoked', 'invoked', ({ latest }) => latest?.started, { show: showTime }),
  valueColumn('Result', 'result', ({ latest }) => latest && outcomeOf(latest), {
    show: (outcome) => <Status of={outcome} />,
  }),
  valueColumn('Took', 'took', ({ latest }) => latest?.milliseconds, { show: durationText, right: true }),
];

export function FunctionsView() {
  const { value, error } = useResource<ShownFunction[]>('/api/functions', ['functions']);
  return (
    <main>
      <h1>Functions</h1>
      <FetchState value={value} error={error} />
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
