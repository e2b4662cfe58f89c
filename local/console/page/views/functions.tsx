/** All functions: what each is for, and how it went the last time. */
import type { ShownFunction } from '../../model/functions.ts';
import { durationText } from '../format.ts';
import { functionPath, Link } from '../navigation.tsx';
import { Loading, Problem, Status, Time } from '../parts/basics.tsx';
import { useResource } from '../use-resource.ts';

export function FunctionsView() {
  const { value, error } = useResource<ShownFunction[]>('/api/functions', ['functions']);
  return (
    <main>
      <h1>Functions</h1>
      {error && <Problem error={error} />}
      {!value && !error && <Loading />}
      {value && (
        <div class="table">
          <table>
            <thead>
              <tr>
                <th scope="col">Function</th>
                <th scope="col">Last invoked</th>
                <th scope="col">Came to</th>
                <th scope="col" class="right">
                  Took
                </th>
              </tr>
            </thead>
            <tbody>
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
            </tbody>
          </table>
        </div>
      )}
    </main>
  );
}

export function outcomeOf({ failed }: { failed?: boolean | undefined }): string {
  if (failed === undefined) return 'running';
  return failed ? 'failed' : 'succeeded';
}
