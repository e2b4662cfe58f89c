/** The audience of a published video: which thumbnail is clicked more often, and where viewers leave. */
import type { WatchedSegment } from '../../../../domain/audience/retention.ts';
import type { ShownAudience } from '../../model/audience.ts';
import { playTime } from '../format.ts';
import type { Playback } from '../playback.ts';
import { useResource } from '../use-resource.ts';
import { Problem, Time } from './basics.tsx';

const percent = (share: number, digits = 0) => `${(share * 100).toFixed(digits)} %`;
const rank = { 1: 'First thumbnail', 2: 'Second thumbnail' } as const;
const mostLosses = 5;

export function Audience({ job, playback }: { job: string; playback: Playback }) {
  const path = `/api/jobs/${encodeURIComponent(job)}/audience`;
  const { value, error } = useResource<ShownAudience | null>(path, ['jobs']);
  if (error) return <Problem error={error} />;
  if (!value) return null;
  return (
    <section class="artifact audience" aria-label="Audience">
      <h2>Audience</h2>
      {value.review?.problem && <p class="problem">The latest review: {value.review.problem}</p>}
      {value.thumbnails.length > 0 && <Trial {...value} />}
      {value.segments.length > 0 ? (
        <Retention {...value} playback={playback} />
      ) : (
        <p class="quiet">
          {value.retention
            ? 'YouTube has too few views to say how it is watched.'
            : 'How it is watched is known some days after its publication, if the consent covers reports.'}
        </p>
      )}
    </section>
  );
}

function Trial({ thumbnails, result }: ShownAudience) {
  return (
    <>
      <ul class="thumbnails">
        {thumbnails.map(({ thumbnail, key, page, impressions, click_rate }) => (
          <li key={key}>
            <img
              src={`/api/object?key=${encodeURIComponent(key)}`}
              alt={rank[thumbnail]}
              width="240"
              height="135"
              loading="lazy"
            />
            <p>
              {rank[thumbnail]}
              {page !== undefined && `, page ${page}`}
              {result?.thumbnail === thumbnail && <strong> – kept</strong>}
            </p>
            <p class="number">
              {percent(click_rate, 2)} of {impressions.toLocaleString()} impressions
            </p>
          </li>
        ))}
      </ul>
      <p class="quiet">
        {result ? (
          <>
            Decided <Time of={result.decided_at} />: {result.reason}.
          </>
        ) : (
          'They take turns until each has enough impressions.'
        )}
      </p>
    </>
  );
}

const chart = { width: 1000, height: 160 };

function Retention({ segments, duration, retention, playback }: ShownAudience & { playback: Playback }) {
  const highest = Math.max(1, ...(retention?.points ?? []).map(({ watching }) => watching));
  const x = (at: number) => at * chart.width;
  const y = (watching: number) => chart.height - (watching / highest) * chart.height;
  const line = (retention?.points ?? []).map(({ at, watching }) => `${x(at)},${y(watching)}`);
  const losses = segments
    .filter(({ lost }) => lost > 0)
    .toSorted((a, b) => b.lost - a.lost)
    .slice(0, mostLosses);
  return (
    <>
      <svg
        viewBox={`0 0 ${chart.width} ${chart.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Viewers over the video: ${percent(segments[0]?.watching ?? 0)} at its beginning, ${percent(segments.at(-1)?.watching ?? 0)} at its last segment`}
      >
        <line class="all" x1="0" x2={chart.width} y1={y(1)} y2={y(1)} />
        {losses.map(({ index, start, seconds, lost }) => (
          <rect
            key={index}
            class="loss"
            fill-opacity={(0.35 * lost) / (losses[0]?.lost ?? 1)}
            x={x(start / duration)}
            width={x(seconds / duration)}
            y="0"
            height={chart.height}
          />
        ))}
        <polyline class="watching" points={line.join(' ')} />
      </svg>
      <h3>Where most viewers leave</h3>
      <ol class="losses">
        {losses.map((segment) => (
          <Loss key={segment.index} segment={segment} playback={playback} />
        ))}
      </ol>
      {retention && (
        <p class="quiet">
          Reported <Time of={retention.asked_at} />. Relative to views; above 100 % where viewers repeat a
          part.
        </p>
      )}
    </>
  );
}

function Loss({ segment, playback }: { segment: WatchedSegment; playback: Playback }) {
  const { start, text, lost, watching, page } = segment;
  return (
    <li>
      <button type="button" class="plain number" onClick={() => playback.seek(start)}>
        {playTime(start)}
      </button>{' '}
      <strong class="number">−{percent(lost, 1)}</strong> of {percent(watching)}, page {page}: <q>{text}</q>
    </li>
  );
}
