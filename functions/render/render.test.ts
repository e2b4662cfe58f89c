import { setTimeout as wait } from 'node:timers/promises';
import { type RenderPorts, run } from './render.ts';

const input = { job_id: 'job-abc123', shard: { number: 2, of: 20 } };

/** Returns ports that note what was asked. */
function portsFor(over: Partial<RenderPorts> = {}) {
  const asked: string[] = [];
  const ports: RenderPorts = {
    timeLeft: () => 900_000,
    markRendering: async (jobId) => void asked.push(`rendering ${jobId}`),
    async makeShard(jobId, { number, of }) {
      asked.push(`shard ${number} of ${of} of ${jobId}`);
      return { rendered: 3, reused: 1 };
    },
    makeVideo: async (jobId) => void asked.push(`video of ${jobId}`),
    addSeconds: async () => undefined,
    ...over,
  };
  return { ports, asked };
}

test('makes a shard, and says how many pieces it made and found', async () => {
  const { ports, asked } = portsFor();
  expect(await run(input, ports)).toEqual({ job_id: 'job-abc123', shard: 2, rendered: 3, reused: 1 });
  expect(asked).toEqual(['shard 2 of 20 of job-abc123']);
});

test('the first shard says that the job is rendered', async () => {
  const { ports, asked } = portsFor();
  await run({ ...input, shard: { number: 1, of: 20 } }, ports);
  expect(asked).toEqual(['rendering job-abc123', 'shard 1 of 20 of job-abc123']);
});

test('without a shard makes the video, and answers as the renderer does', async () => {
  const { ports, asked } = portsFor();
  expect(await run({ job_id: 'job-abc123' }, ports)).toEqual({ job_id: 'job-abc123', status: 'completed' });
  expect(asked).toEqual(['rendering job-abc123', 'video of job-abc123']);
});

test.each([
  [input, 'Shard 2 of 20'],
  [{ job_id: 'job-abc123' }, 'The video'],
])('a call that runs out of time stops its work and says so: %j', async (given, what) => {
  const slow = async (signal: AbortSignal) => {
    await wait(60_000, undefined, { signal }).catch(() => {});
    signal.throwIfAborted();
  };
  const { ports } = portsFor({
    timeLeft: () => 15_050,
    async makeShard(_, __, signal) {
      await slow(signal);
      return { rendered: 1, reused: 0 };
    },
    makeVideo: (_, signal) => slow(signal),
  });
  await expect(run(given, ports)).rejects.toMatchObject({
    name: 'RenderError',
    message: `${what} did not end in the time of a call; its finished pieces are stored`,
  });
});

test.each([
  ['ends', async () => ({ rendered: 1, reused: 0 })],
  ['fails', () => Promise.reject(new Error('no space left on device'))],
])('the seconds of a call that %s are recorded on the job', async (_, makeShard) => {
  const left = [900_000, 876_500];
  const recorded: [string, number][] = [];
  const { ports } = portsFor({
    makeShard,
    timeLeft: () => left.shift() ?? 0,
    addSeconds: async (...one) => void recorded.push(one),
  });
  await run(input, ports).catch(() => {});
  expect(recorded).toEqual([['job-abc123', 23.5]]);
});

test('refuses a shard beyond the last one', async () => {
  await expect(run({ ...input, shard: { number: 3, of: 2 } }, portsFor().ports)).rejects.toThrow();
});
