/** All functions, with their purpose and their last result. */
import type { ShownFunction } from '../../model/functions.ts';
import { durationText } from '../format.ts';
import { functionPath, Link } from '../navigation.tsx';
import { Loading, Problem, Status, Time } from '../parts/basics.tsx';
import { Table } from '../parts/table.tsx';
import { useResource } from '../use-resource.ts';

const columns = [
  { title: 'Function' },
  { title: 'Last invoked' },
  { title: 'Result' },
  { title: 'Took', right: true },
] as const;

export function FunctionsView() {
  const { value, error } = useResource<ShownFunction[]>('/api/functions', ['functions']);
  return (
    <main>
      <h1>Functions</h1>
      {error && <Problem error={error} />}
      {!value && !error && <Loading />}
      {value && (
        <Table columns={columns}>
          {value.map(({ name, purpose, latest }) => (
            <tr key={name}>
              <td class="wide">
                <Link to={functionPath(name)}>{name}</Link>
                <small>{purpose}</small>
              </td>
              <td>{latest ? <Time of={latest.started} /> : '–'}</td>
              <td>{latest ? <Status of={outcomeOf(latest)} /> : '–'}</td>
              <td class="right number">
                {latest?.milliseconds === undefined ? '–' : durationText(latest.milliseconds)}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </main>
  );
}

export function outcomeOf({ failed }: { failed?: boolean | undefined }): string {
  if (failed === undefined) return 'running';
  return failed ? 'failed' : 'succeeded';
}
