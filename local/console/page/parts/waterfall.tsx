/** The spans of a job's trace, one row each, with a bar for its time. */
import type { ShownSpan } from '../../../traces.ts';
import { durationText } from '../format.ts';
import { useResource } from '../use-resource.ts';
import { scrollable } from './scrollable.ts';

export function Waterfall({ job }: { job: string }) {
  const { value } = useResource<{ spans: ShownSpan[] }>(`/api/jobs/${encodeURIComponent(job)}/trace`, [
    'traces',
  ]);
  const spans = value?.spans ?? [];
  // Tracing is off unless a setting turns it on.
  if (spans.length === 0) return null;
  const start = Math.min(...spans.map((span) => span.start));
  const whole = Math.max(1, Math.max(...spans.map((span) => span.end)) - start);
  return (
    <section>
      <h2>Trace</h2>
      <section class="table waterfall" aria-label="Spans" {...scrollable}>
        <table>
          <thead>
            <tr>
              <th scope="col">Span</th>
              <th scope="col" class="right">
                From the start
              </th>
              <th scope="col" class="right">
                Time
              </th>
              <th scope="col">
                <span class="visually-hidden">Bar</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {inTree(spans).map(({ span, depth }) => (
              <tr key={span.id} class={span.error ? 'failed' : ''}>
                <td style={{ paddingLeft: `${12 + depth * 14}px` }}>
                  {span.name}
                  {span.error && <span class="failed-with"> {span.error}</span>}
                </td>
                <td class="number right">{durationText(span.start - start)}</td>
                <td class="number right">{durationText(span.end - span.start)}</td>
                <td class="lane">
                  <span
                    class="bar"
                    style={{
                      marginLeft: `${((span.start - start) / whole) * 100}%`,
                      width: `${((span.end - span.start) / whole) * 100}%`,
                    }}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

/** Returns each span after the one that it is below. One whose parent has not arrived counts as the first of its tree. */
function inTree(spans: readonly ShownSpan[]): { span: ShownSpan; depth: number }[] {
  const known = new Set(spans.map(({ id }) => id));
  const below = (parent: string | undefined, depth: number): { span: ShownSpan; depth: number }[] =>
    spans
      .filter(
        (span) => (span.parent !== undefined && known.has(span.parent) ? span.parent : undefined) === parent,
      )
      .flatMap((span) => [{ span, depth }, ...below(span.id, depth + 1)]);
  return below(undefined, 0);
}
