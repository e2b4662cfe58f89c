import { setTimeout } from 'node:timers/promises';
import { startTables } from '../aws/testing/embedded-cloud.ts';
import type { WorkerTask } from '../domain/worker-task.ts';
import { type NextTaskPorts, nextTask } from './next-task.ts';

const endTables = await startTables({ machines: 'instance_id' });
const { machineStore } = await import('../aws/machine-store.ts');
afterAll(endTables);
const machines = machineStore('machines');

const finished = 'token-1';
const handed = { jobId: 'job-next', taskToken: 'token-2', shard: undefined };
let number = 0;

/** A machine that has finished its first task and waits for `ms`, with its item in a real table. */
async function machine(ms: number, over: Partial<NextTaskPorts> = {}) {
  const id = `i-${++number}`;
  const until = Date.now() + ms;
  const item = { instance_id: id, worker: 'renderer' as const, kind: 'kind', job_id: 'job-first' };
  await machines.wait({ ...item, task_token: finished, idle_until: new Date(until).toISOString() });
  const terminated = new AbortController();
  const ports: NextTaskPorts = {
    async handedTask(): Promise<WorkerTask | undefined> {
      const { job_id = '', task_token = finished } = (await machines.get(id)) ?? {};
      return task_token === finished
        ? undefined
        : { WORKER: 'renderer', JOB_ID: job_id, TASK_TOKEN: task_token };
    },
    leave: () => machines.leave(id, finished),
    spotNotice: async () => undefined,
    log: () => undefined,
    ...over,
  };
  return {
    hand: (now = new Date()) => machines.handOver(id, handed, now),
    terminate: () => terminated.abort(),
    next: () => nextTask(ports, { until, lookMs: 5, noticeMs: 5, terminated: terminated.signal }),
  };
}
const task = { WORKER: 'renderer', JOB_ID: 'job-next', TASK_TOKEN: 'token-2' };

test('returns the task that is handed over while it waits', async () => {
  const { next, hand } = await machine(60_000);
  const result = next();
  expect(await hand()).toBe('job-first');
  expect(await result).toEqual(task);
});

test('leaves when its time is over, and gets no task after that', async () => {
  const { next, hand } = await machine(20);
  expect(await next()).toBeUndefined();
  expect(await hand(new Date(0))).toBeUndefined();
});

test.each([
  ['EC2 interrupts it', { spotNotice: async () => '2026-02-07T10:02:00Z' }, false],
  ['it is shut down', {}, true],
])('leaves at once when %s', async (_, over, shutDown) => {
  const { next, hand, terminate } = await machine(60_000, over);
  if (shutDown) terminate();
  expect(await next()).toBeUndefined();
  expect(await hand()).toBeUndefined();
});

test('does not wait longer than its time when it cannot look, as after the table is deleted', async () => {
  const { next } = await machine(20, { handedTask: () => Promise.reject(new Error('no table')) });
  expect(await next()).toBeUndefined();
});

test('looks again after a failed look', async () => {
  const { next, hand } = await machine(60_000, { spotNotice: () => Promise.reject(new Error('no route')) });
  const result = next();
  await setTimeout(20);
  await hand();
  expect(await result).toEqual(task);
});

test('a task that arrives just when a machine leaves is either done by it or refused', async () => {
  const outcomes = { done: 0, refused: 0 };
  for (let delay = 0; delay < 60; delay += 1) {
    const { next, hand } = await machine(20);
    const [result, before] = await Promise.all([next(), setTimeout(delay % 30).then(() => hand())]);
    expect(result !== undefined).toBe(before !== undefined);
    outcomes[result ? 'done' : 'refused'] += 1;
  }
  expect(outcomes.done + outcomes.refused).toBe(60);
});

test('one of many tasks that arrive together gets the machine', async () => {
  const id = 'i-wanted';
  await machines.wait({
    ...{ instance_id: id, worker: 'renderer', kind: 'kind', job_id: 'job-first', task_token: finished },
    idle_until: new Date(Date.now() + 60_000).toISOString(),
  });
  const tokens = Array.from({ length: 10 }, (_, index) => `token-${index + 10}`);
  const results = await Promise.all(
    tokens.map((taskToken) => machines.handOver(id, { ...handed, taskToken }, new Date())),
  );
  expect(results.filter((one) => one !== undefined)).toEqual(['job-first']);
  const { task_token = '' } = (await machines.get(id)) ?? {};
  expect(results[tokens.indexOf(task_token)]).toBe('job-first');
  expect(await machines.handOver(id, { ...handed, taskToken: task_token }, new Date())).toBe('job-next');
});

test('the item of a machine that is gone stays while it has a task that was not seen', async () => {
  const id = 'i-gone';
  const item = { instance_id: id, worker: 'renderer' as const, kind: 'kind', job_id: 'job-first' };
  await machines.wait({
    ...item,
    task_token: finished,
    idle_until: new Date(Date.now() + 60_000).toISOString(),
  });
  const seen = await machines.get(id);
  if (!seen) throw new Error('no item');
  await machines.handOver(id, handed, new Date());
  expect(await machines.remove(seen)).toBe(false);
  const now = await machines.get(id);
  expect(now).toMatchObject({ job_id: 'job-next', task_token: 'token-2' });
  expect(now && (await machines.remove(now))).toBe(true);
  expect(await machines.all()).not.toContainEqual(expect.objectContaining({ instance_id: id }));
});
