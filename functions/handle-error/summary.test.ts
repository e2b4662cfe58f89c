import type { Job } from '../../domain/job.ts';
import type { LedgerEntry } from '../../domain/ledger-entry.ts';
import { type SummaryPorts, tellDay } from './summary.ts';

const arn = 'arn:aws:states:us-east-1:123456789012:execution:manga-pipeline:run';
const job = (job_id: string, facts: Partial<Job>): Job => ({
  ...{
    job_id,
    status: 'published',
    updated_at: '2026-02-07T12:00:00Z',
    manga_title: 'Kẻ trộm ổ',
    chapter_id: job_id,
  },
  ...facts,
});
const jobs = [
  job('job-one', { youtube_url: 'https://youtu.be/1', llm_cost_usd: 0.05, llm_tokens_in: 9 }),
  job('job-two', { status: 'needs_review', doubt_reasons: ['page 3: nothing could be read'] }),
  job('job-three', { status: 'awaiting_review' }),
  job('job-four', {
    ...{ status: 'failed', error_name: 'RenderError', failed_state: 'StartRenderer' },
    ...{ error_message: 'no space left\nat line 3', llm_tokens_in: 5, llm_cost_usd: 0 },
  }),
];

/** The inputs of states that have one; all others are empty. */
type Inputs = Readonly<Record<string, object>>;

function operator(
  states: string[],
  status = 'SUCCEEDED',
  redriveCount = 0,
  inputs: Inputs = {},
  unfinished: LedgerEntry[] = [],
) {
  const sent: { subject: string; message: string }[] = [];
  const told = new Set<string>();
  const ports: SummaryPorts = {
    now: () => new Date('2026-02-08T09:00:00Z'),
    quotaDay: (time) => time.toISOString().slice(0, 10),
    describeExecution: async () => ({ status, redriveCount, startedAt: new Date('2026-02-07T09:00:00Z') }),
    async *enteredStates() {
      for (const state of states) yield { state, input: JSON.stringify(inputs[state] ?? {}) };
    },
    unfinished: async () => unfinished,
    attempts: 3,
    jobsOf: async (time) => (time.toISOString().startsWith('2026-02-07') ? jobs : []),
    leftOn: async () => [{ channel: 'main', count: 1, quota: 10, publisher: '98 of 100 uploads' }],
    isTold: async (run) => told.has(run),
    markTold: async (run) => void told.add(run),
    notify: async (subject, message) => void sent.push({ subject, message }),
  };
  return { sent, ports, tell: () => tellDay(arn, ports) };
}

test('reports videos with links, what is held and why, what failed, the cost and what is left', async () => {
  const { sent, tell } = operator(['StartRun', 'CheckQuota', 'QuotaReached']);
  await tell();
  expect(sent[0]?.subject).toBe("manga-pipeline: the day's summary: 1 published, 2 held, 1 failed");
  expect(sent[0]?.message.split('\n')).toEqual([
    'Day: 2026-02-07. It ended because the quota is reached, or another limit of the day.',
    '',
    'Published:',
    '- Kẻ trộm ổ (job-one): https://youtu.be/1, at most $0.050',
    '',
    'Held for a person (make review):',
    '- Kẻ trộm ổ (job-two): page 3: nothing could be read (JOB=job-two)',
    '',
    'Finished videos that wait for a person:',
    '- Kẻ trộm ổ (job-three) (JOB=job-three)',
    '',
    'Failed:',
    '- Kẻ trộm ổ (job-four): RenderError in StartRenderer: no space left',
    '',
    'Cost: at most $0.050 for 4 jobs, without the language model: llmPricePerMillionIn and llmPricePerMillionOut are not set',
    'Left: 9 of 10 videos; 98 of 100 uploads',
  ]);
});

test('names the chapters that are unfinished since earlier days, for which their series wait', async () => {
  const entry = (chapter_id: string, more: Partial<LedgerEntry>): LedgerEntry => ({
    ...{ chapter_id, status: 'failed', job_id: `job-of-${chapter_id}` },
    ...more,
  });
  const { sent, tell } = operator(['NoMangaAvailable'], 'SUCCEEDED', 0, {}, [
    entry('c', { attempts: 3 }),
    entry('b', { attempts: 1, retry_at: '2026-02-08T20:00:00Z' }),
    entry('a', { status: 'held' }),
    entry('e', { status: 'claimed' }),
    entry('d', { status: 'claimed', out_since: '2026-02-07T20:00:00Z' }),
    entry('of-today', { job_id: 'job-four' }),
  ]);
  await tell();
  expect(sent[0]?.message).toContain(
    [
      'Unfinished since earlier days (make review):',
      '- a: waits for you (JOB=job-of-a)',
      '- b: failed 1 of 3 times, is tried again after 2026-02-08T20:00:00Z (JOB=job-of-b)',
      '- c: failed 3 of 3 times, is not tried again (JOB=job-of-c)',
      '- d: its video could be online: look for it, as the runbook says under UploadError (JOB=job-of-d)',
      '- e: is approved, and waits for a slot of a day (JOB=job-of-e)',
      '\n',
    ]
      .join('\n')
      .trimEnd(),
  );
  expect(sent[0]?.message).not.toContain('of-today');
});

test('sends one summary for a run, however often its end is reported', async () => {
  const { sent, tell } = operator(['NoMangaAvailable']);
  await tell();
  await tell();
  expect(sent).toHaveLength(1);
});

test('sends it again if it could not be sent', async () => {
  const { ports, sent, tell } = operator(['QuotaReached']);
  const failing = { ...ports, notify: () => Promise.reject(new Error('SNS is down')) };
  await expect(tellDay(arn, failing)).rejects.toThrow('SNS is down');
  await tell();
  expect(sent).toHaveLength(1);
});

test.each([
  ['continues in another execution', ['StartRun', 'RunContinues'], 'SUCCEEDED'],
  [
    "carried out a person's verdict",
    ['TakeHeldJob', 'RecordVerdict', 'CheckQuota', 'QuotaReached'],
    'SUCCEEDED',
  ],
  ['was redriven', ['QuotaReached'], 'RUNNING'],
])('says nothing about a run that %s', async (_, states, status) => {
  const { sent, tell } = operator(states, status);
  await tell();
  expect(sent).toEqual([]);
});

test.each([
  [['HandleError', 'TooManyFailures'], 'FAILED', 'three jobs failed'],
  [['StartRun', 'StartRenderer'], 'ABORTED', 'the execution ended in StartRenderer (ABORTED)'],
])('says why a run ended without success: %j', async (states, status, why) => {
  const { sent, tell } = operator(states, status);
  await tell();
  expect(sent[0]?.message).toContain(`It ended because ${why}.`);
});

test('says nothing about the end of a lane, since the run reports it', async () => {
  const { sent, tell } = operator(['StartRun', 'QuotaReached'], 'SUCCEEDED', 0, {
    StartRun: { lane: { run: 'daily', number: 2 } },
  });
  await tell();
  expect(sent).toEqual([]);
});

test.each([
  [[], []],
  [
    ['Spot vCPUs of the account: 8, and 4 lanes need 16'],
    ['Lanes: 2 of 4: Spot vCPUs of the account: 8, and 4 lanes need 16'],
  ],
])('reports a run with lanes once, and why it opened fewer: %j', async (reasons, lines) => {
  const { sent, tell } = operator(['StartRun', 'PlanLanes', 'OpenLanes', 'LanesEnded'], 'SUCCEEDED', 0, {
    OpenLanes: { plan: { wanted: 4, lanes: [1, 2], reasons } },
  });
  await tell();
  const [first, ...others] = sent[0]?.message.split('\n') ?? [];
  expect(first).toBe('Day: 2026-02-07. It ended because each lane found the day full or no further chapter.');
  expect(others.filter((line) => line.startsWith('Lanes:'))).toEqual(lines);
});
