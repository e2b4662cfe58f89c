import { randomInt } from 'node:crypto';
import { givenNumber } from '../figures/given-number.ts';
import { stopJobs } from './campaign.ts';

const seed = givenNumber('SEED', randomInt(1_000_000));

test(`a job that is stopped anywhere publishes its chapter once and leaves nothing behind, SEED=${seed}`, async () => {
  const { reached, broken } = await stopJobs({ publisher: 'youtube', seed, points: 8 });
  expect(broken).toEqual([]);
  expect(reached.length).toBeGreaterThanOrEqual(8);
}, 1_800_000);
