/** Current problems in the sources, shown above every view. The last good version keeps running. */
import type { Problem } from 'local-aws';
import { useResource } from '../use-resource.ts';

const shown = 5;
const placeOf = ({ file, line, column }: Problem) => [file, line, column].filter(Boolean).join(':');

export function Problems() {
  const { value: problems = [] } = useResource<(Problem & { check: string })[]>('/api/problems', [
    'problems',
  ]);
  if (problems.length === 0) return null;
  return (
    <section class="problems" role="alert" aria-label="Problems in the sources">
      <strong>Not in use: the last good version keeps running until this is fixed.</strong>
      <ul class="plain-list">
        {problems.slice(0, shown).map((problem) => (
          <li key={`${placeOf(problem)} ${problem.message}`}>
            <code>{placeOf(problem)}</code> {problem.message}
          </li>
        ))}
      </ul>
      {problems.length > shown && <p>and {problems.length - shown} more, in the terminal</p>}
    </section>
  );
}
