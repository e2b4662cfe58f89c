import type { TaggedInstance } from '../aws/spot.ts';
import type { WorkerName } from '../config/workers.ts';
import type { Job, JobStatus } from '../domain/job.ts';
import type { StayingMachine } from '../domain/staying-machine.ts';
import type { AnswerPorts } from './answer-for-worker.ts';

const stateChange = (state: string) => ({
  source: 'aws.ec2',
  'detail-type': 'EC2 Instance State-change Notification',
  detail: { 'instance-id': 'i-1', state },
});
const warning = {
  source: 'aws.ec2',
  'detail-type': 'EC2 Spot Instance Interruption Warning',
  detail: { 'instance-id': 'i-1', 'instance-action': 'terminate' },
};

function fixture(
  worker: string,
  over: {
    token?: string;
    shards?: Record<string, string>;
    instance?: TaggedInstance | undefined;
    waited?: boolean;
    status?: JobStatus;
  } = {},
) {
  const failed: string[][] = [];
  const terminated: string[] = [];
  const lines: unknown[] = [];
  const ended: string[][] = [];
  const tagged = { worker, jobId: 'job-abc123', taskHash: 'hash of token-1', state: 'terminated' };
  const up = [
    { instanceId: 'i-mine', jobId: 'job-abc123', taskHash: 'hash of token-1' },
    { instanceId: 'i-older', jobId: 'job-abc123', taskHash: 'hash of token-0' },
    { instanceId: 'i-elsewhere', jobId: 'job-of-another-stage', taskHash: 'hash' },
    { instanceId: 'i-odd', jobId: undefined, taskHash: undefined },
  ].map((machine) => ({ ...machine, type: 'c5.xlarge', spotRequestId: 'sir-1', shard: undefined }));
  const ports: AnswerPorts = {
    runningMachines: async (asked, jobId) =>
      up.filter((one) => asked === worker && (jobId === undefined || one.jobId === jobId)),
    staying: undefined,
    describeInstance: async () => ('instance' in over ? over.instance : tagged),
    terminateInstance: async (id) => {
      terminated.push(id);
    },
    findJob: async (id) =>
      id === 'job-abc123'
        ? ({
            status: over.status,
            task_token: over.token ?? 'token-1',
            shard_tokens: over.shards,
            instance_id: 'i-1',
          } as Job)
        : undefined,
    taskHash: (token) => `hash of ${token}`,
    failTask: async (...answer) => {
      failed.push(answer);
      return over.waited ?? true;
    },
    endMachine: async (...end) => ended.push(end) > 0,
    now: () => new Date('2026-02-07T10:05:00Z'),
    log: (line) => lines.push(line),
  };
  return { failed, terminated, lines, ended, ports };
}

/** Behaviour that renderer-callback and uploader-callback share. */
export function describeCallback(
  run: (event: unknown, ports: AnswerPorts) => Promise<unknown>,
  worker: WorkerName,
  other: WorkerName,
): void {
  const waiting = worker === 'renderer' ? 'rendering' : 'uploading';

  test('fails the task of a machine that is gone, so that a new one starts', async () => {
    const { ports, failed, ended } = fixture(worker);
    expect(await run(stateChange('shutting-down'), ports)).toEqual({ instance_id: 'i-1', task_failed: true });
    expect(ended).toEqual([['job-abc123', 'i-1', '2026-02-07T10:05:00.000Z']]);
    expect(failed).toEqual([
      ['token-1', 'SpotInterrupted', `Machine i-1 went shutting-down before its ${worker} finished`],
    ]);
  });

  test('fails the task of the shard whose machine is gone', async () => {
    const { ports, failed } = fixture(worker, { token: 'token-9', shards: { 1: 'token-0', 2: 'token-1' } });
    await run(stateChange('terminated'), ports);
    expect(failed).toEqual([
      ['token-1', 'SpotInterrupted', `Machine i-1 went terminated before its ${worker} finished`],
    ]);
  });

  test('fails the task that a machine has taken over, and deletes its item', async () => {
    const { ports, failed, ended } = fixture(worker, { token: 'token-7' });
    const items = [
      {
        ...{ instance_id: 'i-1', worker, kind: 'k', job_id: 'job-abc123', task_token: 'token-0' },
        idle_until: 'z',
      },
      { instance_id: 'i-1', worker, kind: 'k', job_id: 'job-abc123', task_token: 'token-7' },
    ];
    const removed: unknown[] = [];
    const staying = {
      all: async () => items,
      get: async () => items[0],
      // It gets a task between the two.
      remove: async (item: StayingMachine) =>
        removed.push(item.task_token) > 0 && items.splice(0, 1).length === 1 && items.length === 0,
    };
    expect(await run(stateChange('terminated'), { ...ports, staying })).toMatchObject({ task_failed: true });
    expect(failed.map(([token]) => token)).toEqual(['token-7']);
    expect(removed).toEqual(['token-0', 'token-7']);
    expect(ended).toHaveLength(2);
  });

  test('a run deletes the item of a machine whose end was not reported, and fails its task', async () => {
    const { ports, failed } = fixture(worker, { token: 'token-7' });
    const item = { instance_id: 'i-1', worker, kind: 'k', job_id: 'job-abc123', task_token: 'token-7' };
    const removed: unknown[] = [];
    const staying = {
      all: async () => [item, { ...item, instance_id: 'i-up' }, { ...item, worker: other }],
      get: async () => item,
      remove: async (one: StayingMachine) => removed.push(one) > 0,
    };
    const describeInstance: AnswerPorts['describeInstance'] = async (id) =>
      id === 'i-up' ? { worker, jobId: 'job-abc123', taskHash: 'hash', state: 'running' } : undefined;
    await run({ end_orphans: true }, { ...ports, staying, describeInstance });
    expect(failed.map(([token]) => token)).toEqual(['token-7']);
    expect(removed).toEqual([item]);
  });

  test('a machine with a shard that its job waits for is not an orphan', async () => {
    const { ports } = fixture(worker, { token: 'token-9', shards: { 1: 'token-1' }, status: waiting });
    expect(await run({ end_orphans: true }, ports)).toEqual({ ended: ['i-older'] });
  });

  test('reports when the machine had already completed the task', async () => {
    expect(await run(stateChange('terminated'), fixture(worker, { waited: false }).ports)).toMatchObject({
      task_failed: false,
    });
  });

  test.each([
    ['a machine that starts', stateChange('running'), {}],
    ['a warning: the machine itself still has two minutes', warning, {}],
    ['a machine whose job has a newer one', stateChange('terminated'), { token: 'token-2' }],
    ['an unknown machine', stateChange('terminated'), { instance: undefined }],
  ])('ignores %s', async (_, event, over) => {
    const { ports, failed } = fixture(worker, over);
    expect(await run(event, ports)).toMatchObject({ task_failed: false });
    expect(failed).toEqual([]);
  });

  test('ignores the machines of the other worker', async () => {
    const { ports, failed, terminated } = fixture(other);
    await run(stateChange('terminated'), ports);
    await run({ job_id: 'job-abc123' }, ports);
    expect([failed, terminated]).toEqual([[], []]);
  });

  test('terminates machines that no job waits for at the start of a run, but not those of another stage', async () => {
    const { ports, terminated, lines } = fixture(worker, { status: waiting });
    expect(await run({ end_orphans: true }, ports)).toEqual({ ended: ['i-older'] });
    expect(terminated).toEqual(['i-older']);
    expect(lines).toEqual([{ level: 'INFO', event: 'run_started', worker }]);
  });

  test('reports the start of a run even if the machines cannot be listed', async () => {
    const { ports, lines } = fixture(worker);
    const runningMachines = () => Promise.reject(new Error('EC2 is down'));
    await expect(run({ end_orphans: true }, { ...ports, runningMachines })).rejects.toThrow('EC2 is down');
    expect(lines).toHaveLength(1);
  });

  test.each(['failed', 'published', 'speaking'] as const)(
    'a job that is %s does not wait for a machine',
    async (status) => {
      const { ports } = fixture(worker, { status });
      expect(await run({ end_orphans: true }, ports)).toEqual({ ended: ['i-mine', 'i-older'] });
    },
  );

  test('terminates every machine of a job that the state machine gave up, including one that the job does not name', async () => {
    const { ports, terminated } = fixture(worker);
    expect(await run({ job_id: 'job-abc123' }, ports)).toEqual({ job_id: 'job-abc123', terminated: true });
    expect(terminated).toEqual(['i-mine', 'i-older']);
  });
}
