import type { ExecutionState } from '../../aws/executions.ts';
import type { Job } from '../../domain/job.ts';
import { alignJobs, type ExecutionPorts, isOfMapRun } from './execution.ts';

const arn = 'arn:aws:states:us-east-1:123456789012:execution:manga-pipeline:abc';
const event = { source: 'aws.states', detail: { executionArn: arn } } as const;
const stopped: ExecutionState = { status: 'ABORTED', redriveCount: 0, cause: 'not today' };
const redriven: ExecutionState = { status: 'RUNNING', redriveCount: 1 };

/** An execution that had two jobs, its tables, and what was done to it. */
function tables(states: ExecutionState[], jobs: Partial<Job>[], taken: readonly string[] = []) {
  const table = new Map(jobs.map((job) => [job.job_id, { ...job } as Job]));
  const claims = new Set<string>();
  const failures: Parameters<ExecutionPorts['failJob']>[0][] = [];
  const stops: string[] = [];
  const slots: (string | undefined)[][] = [];
  const ports: ExecutionPorts = {
    async describeExecution() {
      return states.length > 1 ? states.shift() : states[0];
    },
    async *enteredStates() {
      yield { state: 'StartRun', input: '{}' };
      for (const job_id of ['job-first', 'job-last'])
        for (const state of ['CheckQuota', 'FetchManga']) yield { state, input: JSON.stringify({ job_id }) };
    },
    async stopExecution(_, error, cause) {
      stops.push(`${error}: ${cause}`);
      states.splice(0, states.length, stopped);
    },
    findJob: async (id) => table.get(id),
    async failJob(failure, stopped_while) {
      failures.push(failure);
      const job = { ...table.get(failure.job_id), status: 'failed', stopped_while } as Job;
      table.set(failure.job_id, job);
      if (job.chapter_id) claims.delete(job.chapter_id);
    },
    async reclaimChapter(id) {
      if (!taken.includes(id)) claims.add(id);
      return !taken.includes(id);
    },
    releaseChapter: async (id) => claims.delete(id),
    takeSlot: async (_, ...slot) => void slots.push(slot),
    async resumeJob(id, status) {
      const { stopped_while: _, ...job } = { ...table.get(id), status } as Job;
      table.set(id, job);
    },
  };
  return { table, claims, failures, stops, slots, ports };
}
const published: Partial<Job> = { job_id: 'job-first', status: 'published', chapter_id: 'a/1' };
const atWork: Partial<Job> = {
  ...{ job_id: 'job-last', status: 'scripting', chapter_id: 'a/2', counted_on: '2026-02-06' },
};
const failed: Partial<Job> = { ...atWork, status: 'failed', stopped_while: 'scripting' };

test.each([
  [arn, false],
  ['arn:aws:states:us-east-1:123456789012:execution:manga-pipeline/Shards:abc', true],
])('%s is the child of a distributed Map: %j', (one, isChild) => {
  expect(isOfMapRun(one)).toBe(isChild);
});

test('an execution that was stopped fails its job at work, and no other', async () => {
  const { failures, ports } = tables([stopped], [published, atWork]);
  expect(await alignJobs(event, ports)).toEqual({ execution_id: arn, status: 'ABORTED' });
  expect(failures).toEqual([
    {
      job_id: 'job-last',
      error: { Error: 'ExecutionStopped', Cause: 'The execution was stopped in FetchManga: not today' },
      state: 'FetchManga',
      execution_id: arn,
    },
  ]);
});

test.each([
  ['TIMED_OUT', {}, 'States.Timeout'],
  ['FAILED', { error: 'States.Runtime', cause: 'no such path' }, 'States.Runtime'],
])('an execution that ended as %s keeps the name of its error', async (status, more, name) => {
  const { failures, ports } = tables([{ status, redriveCount: 0, ...more }], [published, atWork]);
  await alignJobs(event, ports);
  expect(failures).toMatchObject([{ error: { Error: name } }]);
});

describe('a run that succeeded although HandleError failed', () => {
  const succeeded: ExecutionState = { status: 'SUCCEEDED', redriveCount: 0 };
  const error = { Error: 'ChapterUnreadable', Cause: 'page 3' };
  /** An execution whose first job failed in `state` and went to HandleError. */
  function withCaught(jobs: Partial<Job>[], state = 'FetchManga') {
    const made = tables([succeeded], jobs);
    made.ports.enteredStates = async function* () {
      const job_id = 'job-first';
      yield { state, input: JSON.stringify({ job_id }) };
      yield { state: 'HandleError', input: JSON.stringify({ job_id, error }) };
      yield { state: 'CheckMoreVideos', input: JSON.stringify({ job_id, error }) };
      yield { state: 'NoMangaAvailable', input: JSON.stringify({ job_id: 'job-last' }) };
    };
    return made;
  }
  const caught = { job_id: 'job-first', error, execution_id: arn };

  test('reports the failure of a job without a record', async () => {
    const { failures, ports } = withCaught([]);
    await alignJobs(event, ports);
    await alignJobs(event, ports);
    expect(failures).toEqual([{ ...caught, state: 'FetchManga' }]);
  });

  test('reports the failure of a job that was left at work, with its own error', async () => {
    const left: Partial<Job> = { job_id: 'job-first', status: 'scripting', chapter_id: 'a/1' };
    const { failures, ports } = withCaught([left], 'GenerateScript');
    await alignJobs(event, ports);
    expect(failures).toEqual([{ ...caught, state: 'GenerateScript' }]);
  });

  test('reports nothing when HandleError recorded the failure, or no job failed', async () => {
    const recorded = withCaught([{ job_id: 'job-first', status: 'failed' }]);
    await alignJobs(event, recorded.ports);
    const good = tables([succeeded], [published]);
    await alignJobs(event, good.ports);
    expect([...recorded.failures, ...good.failures]).toEqual([]);
  });
});

test('a repeated event changes nothing', async () => {
  const { failures, ports } = tables([stopped], [published, atWork]);
  await alignJobs(event, ports);
  await alignJobs(event, ports);
  expect(failures).toHaveLength(1);
});

test('an event that arrives after a redrive does not fail the job that works again', async () => {
  const { failures, ports } = tables([redriven], [published, atWork]);
  expect(await alignJobs(event, ports)).toMatchObject({ status: 'RUNNING' });
  expect(failures).toEqual([]);
});

test('a redrive that begins while the stop is recorded still gets its job back', async () => {
  const { table, claims, failures, ports } = tables([stopped, redriven], [published, atWork]);
  await alignJobs(event, ports);
  expect(failures).toHaveLength(1);
  expect(table.get('job-last')).toMatchObject({ status: 'scripting' });
  expect(table.get('job-last')).not.toHaveProperty('stopped_while');
  expect([...claims]).toEqual(['a/2']);
});

test('a redrive returns chapters and slot to the job', async () => {
  const { table, slots, ports } = tables([redriven], [published, { ...failed, chapter_ids: ['a/2', 'a/3'] }]);
  await alignJobs(event, ports);
  expect(table.get('job-last')?.status).toBe('scripting');
  expect(slots.map(([day]) => day)).toEqual(['2026-02-06']);
});

test.each<[string, Partial<Job>, string | undefined]>([
  ['its channel', { channel: 'truyen-ma' }, 'truyen-ma'],
  ['the first channel', { manga_id: 'meo-mun' }, 'main'],
  ['every channel, if its chapter is not stored', {}, undefined],
])('a redriven job gets a slot of %s', async (_, job, channel) => {
  const { slots, ports } = tables([redriven], [published, { ...failed, ...job }]);
  await alignJobs(event, ports);
  expect(slots).toEqual([['2026-02-06', channel]]);
});

test('a redrive whose chapter is taken is stopped, and claims nothing', async () => {
  const job = { ...failed, chapter_ids: ['a/2', 'a/3'] };
  const { table, claims, stops, ports } = tables([redriven], [published, job], ['a/3']);
  await alignJobs(event, ports);
  expect(stops).toEqual([
    "ExecutionStopped: job-last can't continue: another job has taken its chapter a/3 since, or it is blocked",
  ]);
  expect(table.get('job-last')?.status).toBe('failed');
  expect([...claims]).toEqual([]);
});

test('a redrive does not continue a job that failed in the flow', async () => {
  const { table, ports } = tables([redriven], [published, { ...atWork, status: 'failed' }]);
  await alignJobs(event, ports);
  expect(table.get('job-last')?.status).toBe('failed');
});

test('a job that waits for a person, or that another execution continues, stays as it is', async () => {
  const held: Partial<Job> = { ...atWork, status: 'needs_review' };
  const approved: Partial<Job> = {
    ...atWork,
    status: 'speaking',
    review_verdict: 'approve',
    reviewed_in: 'arn:other',
  };
  for (const job of [held, approved]) {
    const { failures, ports } = tables([stopped], [published, job]);
    await alignJobs(event, ports);
    expect(failures).toEqual([]);
  }
});

test('a job that was stopped before it had a record gets one, so that a late fetcher does not begin it', async () => {
  const { table, ports } = tables([stopped], [published]);
  await alignJobs(event, ports);
  expect(table.get('job-last')).toMatchObject({ status: 'failed', stopped_while: 'fetching' });
});

test('an execution that AWS no longer has is ignored', async () => {
  const { ports } = tables([], [atWork]);
  expect(await alignJobs(event, ports)).toEqual({ execution_id: arn, status: 'UNKNOWN' });
});
