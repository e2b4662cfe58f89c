import { costOf, dollars, totalCost } from './cost.ts';
import type { Job } from './job.ts';

const now = new Date('2026-02-07T12:00:00Z');
const job = (facts: Partial<Job> = {}): Job => ({
  ...{ job_id: 'job-abc123', status: 'published', updated_at: now.toISOString() },
  ...facts,
});
const machine = (
  type: string,
  minutes: number | undefined,
  worker: 'renderer' | 'uploader' = 'renderer',
) => ({
  worker,
  type,
  started_at: '2026-02-07T10:00:00Z',
  ...(minutes !== undefined && {
    ended_at: new Date(Date.parse('2026-02-07T10:00:00Z') + minutes * 60_000).toISOString(),
  }),
});

test('adds up what was measured, each part with its price', () => {
  const { parts, usd, unknown } = costOf(
    job({
      llm_cost_usd: 0.02,
      llm_tokens_in: 9000,
      paid_characters: 10_000,
      machines: {
        'i-1': machine('c6a.xlarge', 30),
        'i-2': machine('c6a.xlarge', 30),
        'i-3': machine('t3.small', 6, 'uploader'),
      },
      stored_bytes: 3e9,
      uploaded_bytes: 5e8,
    }),
    now,
  );
  // A machine of an hour costs $0.153, its address $0.005 and its volume of 64 GB $0.007.
  expect(parts.renderer).toBeCloseTo(0.165, 4);
  expect(parts.uploader).toBeCloseTo(0.0029, 4);
  expect(parts).toMatchObject({ model: 0.02, voice: 0.16, transfer: 0.045 });
  expect(parts.storage).toBeCloseTo(0.0046, 4);
  expect(usd).toBeCloseTo(0.3975, 3);
  expect(unknown).toEqual([]);
});

test('counts the seconds of the functions that rendered, beside the machine that joined', () => {
  const seconds = { function_seconds: 1000 };
  expect(costOf(job(seconds), now).usd).toBeCloseTo(0.0288, 4);
  const machines = { 'i-1': machine('c6a.xlarge', 60) };
  expect(costOf(job({ ...seconds, machines }), now).parts.renderer).toBeCloseTo(0.165 + 0.0288, 4);
});

test('names what has no known price, and leaves it out of the sum', () => {
  const machines = { 'i-1': machine('p5.48xlarge', 60), 'i-2': machine('c6a.xlarge', 60) };
  const { usd, unknown } = costOf(job({ llm_cost_usd: 0, llm_tokens_out: 5, machines }), now);
  expect(unknown).toEqual([expect.stringContaining('llmPricePerMillionIn'), 'machines of p5.48xlarge']);
  expect(usd).toBeCloseTo(0.165, 4);
});

test.each([
  ['runs', undefined, {}, 2],
  ['was not reported to have ended, until its job did', undefined, { cleaned_at: '2026-02-07T11:00:00Z' }, 1],
  ['ended within a second, for the minute that EC2 bills', 1 / 60, {}, 1 / 60],
])('a machine that %s is counted', (_, minutes, facts, hours) => {
  const machines = { 'i-1': machine('c6a.xlarge', minutes) };
  expect(costOf(job({ ...facts, machines }), now).usd).toBeCloseTo(hours * 0.165, 3);
});

test('a machine whose end was lost is counted for five hours at most', () => {
  const machines = { 'i-1': machine('c6a.xlarge', undefined) };
  expect(costOf(job({ machines }), new Date('2026-03-07T12:00:00Z')).usd).toBeCloseTo(5 * 0.165, 2);
});

test('a job that has used nothing costs nothing', () => {
  expect(costOf(job(), now)).toEqual({ parts: {}, usd: 0, unknown: [] });
  expect(totalCost([], now)).toEqual({ usd: 0, unknown: [] });
});

test.each([
  [0.0123, '$0.012'],
  [12.345, '$12.35'],
])('writes %f as %s', (usd, text) => {
  expect(dollars(usd)).toBe(text);
});
