import type { HandedTask, StayingMachine } from '../domain/staying-machine.ts';
import type { CurrentMachine } from './current-machines.ts';
import { type HandOverPorts, handToWaiting } from './hand-over.ts';

const now = new Date('2026-02-07T10:00:00Z');
const task: HandedTask = { jobId: 'job-new', taskToken: 'token-new', shard: undefined };

const item = (id: string, more: Partial<StayingMachine> = {}): StayingMachine => ({
  ...{ instance_id: id, worker: 'renderer', kind: 'kind-1', job_id: 'job-old', task_token: 'token-old' },
  idle_until: '2026-02-07T10:05:00.000Z',
  ...more,
});
const machine = (
  id: string,
  staying?: StayingMachine,
  more: Partial<CurrentMachine> = {},
): CurrentMachine => ({
  ...{ instanceId: id, type: 'c6a.xlarge', spotRequestId: `sir-${id}` },
  ...{ jobId: undefined, taskHash: undefined, shard: undefined },
  ...(staying && { staying }),
  ...more,
});

/** Hands the task over where these machines are up; `taken` have got another task in the meantime. */
async function hand(machines: CurrentMachine[], { taken = [] as string[], before = 'job-old' } = {}) {
  const ended: unknown[][] = [];
  const ports: HandOverPorts = {
    runningMachines: async () => machines,
    taskHash: (token) => `hash of ${token}`,
    handOver: async (id) => (taken.includes(id) ? undefined : before),
    endMachine: async (...end) => ended.push(end) > 0,
  };
  const instance = await handToWaiting(task, { worker: 'renderer', kind: 'kind-1', now }, ports);
  return { instance, ended };
}

test('hands a task to a machine that waits, which its earlier job pays for until then', async () => {
  const { instance, ended } = await hand([machine('i-1', item('i-1'))]);
  expect(instance).toEqual({
    ...{ instance_id: 'i-1', instance_type: 'c6a.xlarge', spot_request_id: 'sir-i-1' },
  });
  expect(ended).toEqual([['job-old', 'i-1', '2026-02-07T10:00:00.000Z']]);
});

test('takes the machine that waits longest, and the next if another task was faster', async () => {
  const machines = [
    machine('i-1', item('i-1')),
    machine('i-2', item('i-2', { idle_until: '2026-02-07T10:06:00.000Z' })),
  ];
  expect((await hand(machines)).instance?.instance_id).toBe('i-2');
  expect((await hand(machines, { taken: ['i-2'] })).instance?.instance_id).toBe('i-1');
  expect(await hand(machines, { taken: ['i-1', 'i-2'] })).toEqual({ instance: undefined, ended: [] });
});

test.each([
  ['has another kind, as after a deployment', machine('i-1', item('i-1', { kind: 'kind-0' }))],
  ['has waited too long', machine('i-1', item('i-1', { idle_until: '2026-02-07T10:00:00.000Z' }))],
  ['has left', machine('i-1', { ...item('i-1'), idle_until: undefined })],
  ['works on its first task', machine('i-1', undefined, { taskHash: 'hash of token-old' })],
])('starts a machine when the one that is up %s', async (_, only) => {
  expect((await hand([only])).instance).toBeUndefined();
});

test('a repeated call returns the machine that has the task, and not one that waits', async () => {
  const own = machine('i-1', { ...item('i-1'), idle_until: undefined }, { taskHash: 'hash of token-new' });
  const again = await hand([own, machine('i-2', item('i-2'))], { before: 'job-new' });
  expect(again).toMatchObject({ instance: { instance_id: 'i-1' }, ended: [] });
});

test('a repeated call hands nothing over when a machine was started for the task', async () => {
  const started = machine('i-1', undefined, { taskHash: 'hash of token-new' });
  expect((await hand([started, machine('i-2', item('i-2'))])).instance).toBeUndefined();
});
