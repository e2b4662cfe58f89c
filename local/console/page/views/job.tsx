/** One chapter on its way to a video: its status, the cost of its language model, and its artifacts in their views. */
import { useState } from 'preact/hooks';
import { costOf, dollars } from '../../../../domain/cost.ts';
import { notesOf } from '../../../../domain/job-notes.ts';
import type { JobDetails, ShownJob } from '../../model/jobs.ts';
import { artifactUrl, type Edits } from '../artifacts/artifact.ts';
import { artifactViews } from '../artifacts/registry.ts';
import { countText, playTime } from '../format.ts';
import { Link } from '../navigation.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { Audience } from '../parts/audience.tsx';
import { Empty, Facts, FetchState, Progress, Published, Status, Time } from '../parts/basics.tsx';
import { Export } from '../parts/export.tsx';
import { Held, Reasons } from '../parts/held.tsx';
import { Failed, Review } from '../parts/verdict.tsx';
import { Waterfall } from '../parts/waterfall.tsx';
import { createPlayback } from '../playback.ts';
import { rerunJob } from '../show-run.ts';
import { useResource } from '../use-resource.ts';
import { ExecutionTable, type ListedExecution } from './executions.tsx';
import { jobTitle, stepText } from './jobs.tsx';

type Answer = JobDetails & { executions: ListedExecution[] };

export function JobView({ id }: { id: string }) {
  const { value, error } = useResource<Answer>(`/api/jobs/${encodeURIComponent(id)}`, [
    'jobs',
    `artifacts:${id}`,
  ]);
  const [page, setPage] = useState<number>();
  const [segment, setSegment] = useState<number>();
  const [edits, setEdits] = useState<Edits>(new Map());
  const [playback] = useState(createPlayback);
  if (!value)
    return (
      <main>
        <FetchState value={value} error={error} />
      </main>
    );
  const { job, artifacts, published, executions } = value;
  const showPage = (wanted: number) => {
    setPage(wanted);
    document.querySelector('.story')?.scrollIntoView({ block: 'start' });
  };
  const verdict = artifacts.find(({ path }) => path === 'doubt.json');
  const doubt = { job, url: verdict && artifactUrl(job, verdict), onPage: showPage };
  const isHeld = job.status === 'needs_review';
  const isRunning = executions.some(({ status }) => status === 'RUNNING');
  return (
    <main class="job">
      <header class="head">
        <div>
          <p class="trail">
            <Link to="/jobs">Jobs</Link> / <span class="code">{job.job_id}</span>
          </p>
          <h1>{jobTitle(job)}</h1>
          <p class="line">
            <Status of={job.status} />
            <span>{job.chapter_id}</span>
            <span>
              changed <Time of={job.updated_at} />
            </span>
            <Link to={`/logs?job=${encodeURIComponent(id)}`}>Logs</Link>
          </p>
        </div>
        <div class="actions">
          <Export path={`/api/jobs/${encodeURIComponent(id)}`} />
          {!job.published_at && !isHeld && (
            <ActionButton
              onAct={() => rerunJob(id)}
              {...(isRunning && { confirm: 'The running execution of this job is stopped first.' })}
            >
              Run again
            </ActionButton>
          )}
        </div>
      </header>
      {job.error_name && job.status === 'failed' && (
        <section class="problem" role="alert">
          <strong>
            {job.error_name} in {job.failed_state}
          </strong>{' '}
          {job.error_message}
          {job.error_log && (
            <details>
              <summary>Last lines of the worker</summary>
              <pre>{job.error_log}</pre>
            </details>
          )}
        </section>
      )}
      {job.status === 'failed' &&
        job.chapter_id &&
        !['reject', 'retry'].includes(job.review_verdict ?? '') && <Failed id={id} />}
      {job.progress && isRunning && !job.awaits_review && (
        <section class="panel" aria-label="Progress">
          <p class="line">{stepText(job)}</p>
          <Progress {...job.progress} label={stepText(job)} />
        </section>
      )}
      {job.awaits_review && <Review id={id} />}
      {isHeld && <Held {...doubt} unsaved={edits.size > 0} />}
      {!isHeld && job.doubt_reasons && (
        <section class="panel" aria-label="Doubts">
          <h2>What was doubtful</h2>
          <Reasons {...doubt} />
        </section>
      )}
      <Facts of={factsOf(job)} />
      {artifacts.length + published.length === 0 && <Empty title="There are no artifacts yet." />}
      {artifactViews.map(({ title, takes, needs, View }) => {
        const own = artifacts.filter(({ path }) => takes(path));
        const files = published.filter(({ path }) => takes(path));
        const isEnough = needs && artifacts.some(({ path }) => path === needs);
        if (own.length + files.length === 0 && !isEnough) return null;
        return (
          <section key={title} class="artifact">
            <h2>{title}</h2>
            <View
              {...{ job, artifacts: own, published: files, all: artifacts, playback, edits, segment, page }}
              onPage={setPage}
              onEdits={setEdits}
              onSegment={setSegment}
            />
          </section>
        );
      })}
      {job.published_at && <Audience job={id} playback={playback} />}
      <Waterfall job={id} />
      <section>
        <h2>Executions</h2>
        {executions.length ? (
          <ExecutionTable executions={executions} />
        ) : (
          <Empty title="None of the latest executions mentions it." />
        )}
      </section>
    </main>
  );
}

function factsOf(job: ShownJob) {
  const { llm_cost_usd: cost, llm_tokens_in: tokensIn = 0, llm_tokens_out: tokensOut = 0 } = job;
  return [
    ['Series', job.manga_id],
    ['Channel', job.channel],
    ['Pages', job.page_count],
    ['Segments', job.segment_count],
    ['Speech', job.speech_seconds && playTime(job.speech_seconds)],
    ['Video', job.video_seconds && playTime(job.video_seconds)],
    ['Language model', modelCost(cost, tokensIn + tokensOut)],
    ['Cost on AWS, at most', costText(job)],
    ['Machine', job.instance_id && `${job.instance_id} (${job.instance_type})`],
    [job.published_at ? 'Counted on' : 'Holds a place on', job.counted_on],
    ['Published', job.published_at && <Time key="published" of={job.published_at} />],
    ['At', job.youtube_url && <Published key="at" url={job.youtube_url} />],
    ['Short', job.short_url ? <Published key="short" url={job.short_url} /> : job.short_missing],
    ['Cleaned up', job.cleaned_at && <Time key="cleaned" of={job.cleaned_at} />],
    [
      'Reviewed',
      job.review_verdict &&
        `${job.review_verdict} by ${job.reviewed_by}${job.review_reason ? `: ${job.review_reason}` : ''}`,
    ],
    ['Notes', notesOf(job).join(' · ')],
    ['Broken pieces made again', job.broken_pieces],
    ['Letters not drawn', job.undrawn_letters?.join(' ')],
  ] as const;
}

/** Returns what the job has cost, with its parts. */
function costText(job: ShownJob): string {
  const { parts, usd, unknown } = costOf(job, new Date());
  const named = Object.entries(parts).map(([part, value]) => `${part} ${dollars(value)}`);
  const without = unknown.map((one) => `without ${one}`);
  return `${dollars(usd)}${named.length > 0 ? `: ${[...named, ...without].join(', ')}` : ''}`;
}

function modelCost(cost: number | undefined, tokens: number): string {
  if (cost === undefined) return 'none was paid for';
  const count = countText(tokens, 'token');
  return cost === 0 && tokens > 0 ? `${count}; their price is not set` : `$${cost.toFixed(4)} for ${count}`;
}
