import { setTimeout } from 'node:timers/promises';
import { eventually } from 'local-aws/testing';
import * as z from 'zod';
import { RenderError, YouTubeQuotaError } from '../domain/errors.ts';
import { runWorker, type Work, type WorkerPorts } from './worker.ts';

const task = { WORKER: 'renderer', JOB_ID: 'job-abc123', TASK_TOKEN: 'token-1' } as const;

/** Runs work with fast clocks; returns what Step Functions received. */
async function perform(work: Work, over: Partial<WorkerPorts> = {}, terminated = new AbortController()) {
  const heard: unknown[][] = [];
  const hear =
    (name: string) =>
    async (...args: unknown[]) => {
      heard.push([name, ...args]);
      return true;
    };
  const ports: WorkerPorts = {
    heartbeat: hear('heartbeat'),
    succeed: hear('succeed'),
    fail: hear('fail'),
    spotNotice: async () => undefined,
    log: () => undefined,
    ...over,
  };
  const options = {
    heartbeatMs: 10,
    noticeMs: 5,
    fallbackError: 'RenderError',
    terminated: terminated.signal,
  };
  const succeeded = await runWorker(task, work, ports, options);
  return { succeeded, heard, results: heard.filter(([name]) => name !== 'heartbeat') };
}

/** Work that ends only when it is aborted. */
const endless: Work = (signal) =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('stopped in the middle of something')), {
      once: true,
    });
  });

test('completes the task with the result of the work, and sends heartbeats until then', async () => {
  const beats: string[] = [];
  const { succeeded, results } = await perform(
    async () => {
      await eventually('two heartbeats', () => beats.length >= 2);
      return { job_id: 'job-abc123', status: 'completed' };
    },
    { heartbeat: async (token) => beats.push(token) > 0 },
  );
  expect(succeeded).toBe(true);
  expect(results).toEqual([['succeed', 'token-1', { job_id: 'job-abc123', status: 'completed' }]]);
  const before = beats.length;
  await setTimeout(50);
  expect(beats).toHaveLength(before);
});

test.each([
  ['a failure of the pipeline by its name', new RenderError('no audio'), 'RenderError', 'no audio'],
  [
    'an exhausted quota by its name',
    new YouTubeQuotaError('quotaExceeded'),
    'YouTubeQuotaError',
    'quotaExceeded',
  ],
  [
    'anything else by the specified name',
    new TypeError('x is undefined'),
    'RenderError',
    'TypeError: x is undefined',
  ],
  [
    'wrong data in words',
    z.object({ shots: z.number() }).safeParse({ shots: 'x' }).error,
    'RenderError',
    'ZodError: shots: Invalid input: expected number, received string',
  ],
  ['a thrown value that is not an error', 'oops', 'RenderError', 'oops'],
])('reports %s', async (_, thrown, error, cause) => {
  const { succeeded, results } = await perform(() => Promise.reject(thrown));
  expect(succeeded).toBe(false);
  expect(results).toEqual([['fail', 'token-1', error, cause]]);
});

test('stops on a Spot notice and reports SpotInterrupted', async () => {
  const { results } = await perform(endless, { spotNotice: async () => '2026-02-07T10:02:00Z' });
  expect(results).toEqual([
    [
      'fail',
      'token-1',
      'SpotInterrupted',
      'EC2 interrupts the machine of the renderer at 2026-02-07T10:02:00Z',
    ],
  ]);
});

test('stops when the machine is shut down and reports SpotInterrupted', async () => {
  const terminated = new AbortController();
  setImmediate(() => terminated.abort());
  const { results } = await perform(endless, {}, terminated);
  expect(results).toEqual([
    ['fail', 'token-1', 'SpotInterrupted', 'The machine of the renderer was shut down'],
  ]);
});

test('stops without a result when the task no longer waits', async () => {
  const { succeeded, results } = await perform(endless, { heartbeat: async () => false });
  expect(succeeded).toBe(false);
  expect(results).toEqual([]);
});

test('logs its age with each heartbeat, for the alarm on old machines', async () => {
  const lines: Record<string, unknown>[] = [];
  const aged = () => lines.find(({ event }) => event === 'worker_running');
  await perform(() => eventually('a line', () => aged() !== undefined), { log: (line) => lines.push(line) });
  expect(aged()).toMatchObject({ age_seconds: expect.any(Number), worker: 'renderer' });
});

test('continues after a lost heartbeat or without IMDS', async () => {
  const failed = new Set<string>();
  const fails = (reason: string) => {
    failed.add(reason);
    return Promise.reject(new Error(reason));
  };
  const { succeeded } = await perform(() => eventually('both failures', () => failed.size === 2), {
    heartbeat: () => fails('throttled'),
    spotNotice: () => fails('no route'),
  });
  expect(succeeded).toBe(true);
});
