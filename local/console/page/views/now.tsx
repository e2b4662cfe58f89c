/** Current activity, and what waits for a person. */
import { useState } from 'preact/hooks';
import type { Page } from '../../listing.ts';
import type { ExecutionDetails } from '../../model/executions.ts';
import type { ShownInstance } from '../../model/instances.ts';
import type { ShownJob } from '../../model/jobs.ts';
import type { Ledgers } from '../../model/quota.ts';
import { countText } from '../format.ts';
import { executionPath, jobPath, Link } from '../navigation.tsx';
import { Elapsed, Empty, Problem, Progress, Status, Time } from '../parts/basics.tsx';
import { Graph } from '../parts/graph.tsx';
import { SampleButton } from '../parts/sample-button.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { useHistory } from '../use-history.ts';
import { useResource } from '../use-resource.ts';
import { ExecutionTable, type ListedExecution } from './executions.tsx';
import { jobTitle, stepText } from './jobs.tsx';

export function NowView() {
  const { value: listed, error } = useResource<Page<ListedExecution>>('/api/executions', ['executions']);
  const { value: jobs } = useResource<Page<ShownJob>>('/api/jobs?phase=working&phase=waiting&sort=-phase', [
    'jobs',
  ]);
  const { value: instances = [] } = useResource<ShownInstance[]>('/api/instances', ['instances']);
  const { value: ledgers } = useResource<Ledgers>('/api/quota', ['quota']);
  const executions = listed?.rows;
  const latest = executions?.find(({ status }) => status === 'RUNNING') ?? executions?.[0];
  const waiting = (jobs?.rows ?? []).filter(({ phase }) => phase === 'waiting');
  const atWork = (jobs?.rows ?? []).filter(({ phase }) => phase === 'working');
  const machines = instances.filter(({ state }) => state === 'running' || state === 'pending');
  const idle = machines.filter(({ waits }) => waits).length;
  const today = ledgers?.days.find(({ day }) => day === ledgers.today);
  return (
    <main>
      <h1>Now</h1>
      {error && <Problem error={error} />}
      <div class="cards">
        <section class="card">
          <h2>Today</h2>
          <p class="big number">
            {today?.count ?? 0}
            <small> of {ledgers?.dailyQuota ?? '–'} videos</small>
          </p>
          {ledgers && (
            <meter
              min={0}
              max={Math.max(1, ledgers.dailyQuota)}
              value={today?.count ?? 0}
              aria-label="Videos of today"
            />
          )}
        </section>
        <section class="card">
          <h2>Running</h2>
          {atWork.length === 0 && <p class="quiet">No job is running.</p>}
          {atWork.slice(0, 3).map((job) => (
            <div key={job.job_id} class="work">
              <Link to={jobPath(job.job_id)}>{jobTitle(job)}</Link>
              <small>{stepText(job)}</small>
              {job.progress && <Progress {...job.progress} label={`Progress of ${job.job_id}`} />}
            </div>
          ))}
          <More of="working" jobs={jobs} shown={3} />
          {machines.length > 0 && (
            <p class="quiet">
              {countText(machines.length, 'machine')} up
              {idle > 0 && `, ${idle} without a task`}
            </p>
          )}
        </section>
        <section class={`card${waiting.length ? ' wanted' : ''}`}>
          <h2>Waits for you</h2>
          {waiting.length === 0 && <p class="quiet">No video or doubtful chapter is waiting.</p>}
          {waiting.slice(0, 5).map((job) => (
            <p key={job.job_id}>
              <Link to={jobPath(job.job_id)}>{jobTitle(job)}</Link> <Status of={job.status} />
            </p>
          ))}
          <More of="waiting" jobs={jobs} shown={5} />
        </section>
      </div>
      {executions && !latest && (
        <Empty title="Nothing has run yet.">
          <p>
            Drop a chapter (CBZ) anywhere onto this page, then{' '}
            <Link to="/executions">start an execution</Link>.
          </p>
          <SampleButton />
        </Empty>
      )}
      {latest && <Latest execution={latest} />}
      {executions && executions.length > 1 && (
        <section>
          <h2>Earlier</h2>
          <ExecutionTable executions={executions.filter((one) => one !== latest).slice(0, 5)} />
        </section>
      )}
    </main>
  );
}

interface MoreProps {
  of: ShownJob['phase'];
  jobs: Page<ShownJob> | undefined;
  shown: number;
}

/** Links to the jobs of a phase that are not shown here. */
function More({ of, jobs, shown }: MoreProps) {
  const more = (jobs?.choices.phase?.[of] ?? 0) - shown;
  return more > 0 ? (
    <p>
      <Link to={`/jobs?phase=${of}`}>and {more.toLocaleString()} more</Link>
    </p>
  ) : null;
}

function Latest({ execution }: { execution: ListedExecution }) {
  const { arn } = execution;
  const { value } = useResource<ExecutionDetails>(`/api/execution?arn=${encodeURIComponent(arn)}`, [
    `execution:${arn}`,
  ]);
  const { history, loaded } = useHistory(arn);
  const [state, select] = useState<string>();
  const selected = history.visits.findLast((visit) => visit.state === state);
  return (
    <section class="card">
      <header class="panel-head">
        <h2>
          <Link to={executionPath(execution)}>{execution.name}</Link>
        </h2>
        <Status of={execution.status} />
        <span>{execution.at}</span>
        <span class="quiet">
          <Time of={execution.started} /> · <Elapsed from={execution.started} to={execution.stopped} />
        </span>
      </header>
      {value && (
        <div class="split">
          <Graph drawing={value.drawing} history={history} selected={state} onSelect={select} />
          <Timeline
            history={history}
            loaded={loaded}
            selected={selected?.id}
            onSelect={(id) => select(history.visits.find((visit) => visit.id === id)?.state)}
          />
        </div>
      )}
    </section>
  );
}
