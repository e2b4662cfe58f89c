import { setTimeout as wait } from 'node:timers/promises';
import { type RenderPorts, run } from './render.ts';

const input = { job_id: 'job-abc123', shard: { number: 2, of: 20 } };
const ports = (makeShard: RenderPorts['makeShard'], timeLeft = 900_000): RenderPorts => ({
  makeShard,
  timeLeft: () => timeLeft,
});

test('makes the shard of the job, and says how many pieces it made and found', async () => {
  const asked: unknown[] = [];
  const answer = await run(
    input,
    ports(async (...given) => {
      asked.push(given.slice(0, 2));
      return { rendered: 3, reused: 1 };
    }),
  );
  expect(answer).toEqual({ job_id: 'job-abc123', shard: 2, rendered: 3, reused: 1 });
  expect(asked).toEqual([['job-abc123', input.shard]]);
});

test('a call that runs out of time stops its work and says so', async () => {
  const slow: RenderPorts['makeShard'] = async (_, __, signal) => {
    await wait(60_000, undefined, { signal }).catch(() => {});
    signal.throwIfAborted();
    return { rendered: 1, reused: 0 };
  };
  await expect(run(input, ports(slow, 15_050))).rejects.toMatchObject({
    name: 'RenderError',
    message: 'Shard 2 of 20 did not end in the time of a call; its finished pieces are stored',
  });
});

test.each([{ job_id: 'job-abc123' }, { ...input, shard: { number: 3, of: 2 } }])(
  'refuses %j',
  async (wrong) => {
    await expect(
      run(
        wrong,
        ports(async () => ({ rendered: 0, reused: 0 })),
      ),
    ).rejects.toThrow();
  },
);
