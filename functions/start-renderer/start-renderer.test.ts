import type { Job } from '../../domain/job.ts';
import { describeLauncher, fixture } from '../launch-worker.contract.ts';
import { run } from './start-renderer.ts';

const portsFor = (renderShards: number | 'auto', speech_seconds?: number) => {
  const { ports, requests } = fixture();
  return {
    requests,
    ports: { ...ports, renderShards, findJob: async () => ({ speech_seconds }) as Job },
  };
};

describeLauncher(
  (input, ports) => run(input, { ...ports, renderShards: 0, findJob: async () => undefined }),
  'renderer',
  'rendering',
);

const plan = { job_id: 'job-abc123', plan_shards: true };

test('plans the shards that the setting wants, and starts no machine', async () => {
  const { ports, requests } = portsFor(3, 100);
  expect(await run(plan, ports)).toEqual({
    job_id: 'job-abc123',
    shards: [
      { number: 1, of: 3 },
      { number: 2, of: 3 },
      { number: 3, of: 3 },
    ],
  });
  expect(requests).toEqual([]);
});

test.each([
  ['a short video', portsFor('auto', 100)],
  ['a job without speech', portsFor('auto')],
])('plans no shards for %s', async (_, { ports }) => {
  expect(await run(plan, ports)).toMatchObject({ shards: [] });
});
