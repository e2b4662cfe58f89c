import { join } from 'node:path';
import { targets } from './targets/index.ts';
import { watch } from './watch.ts';

test.each(Object.keys(targets('')))('%s handles broken input of any kind', async (parser) => {
  const { inputs, finding } = await watch({ parser, runs: 60, seed: 7 });
  expect(finding).toBeUndefined();
  expect(inputs).toBe(60);
});

test.each([
  ['writes-elsewhere', 'Access to this API has been restricted'],
  ['never-ends', 'one input took more than 1 s'],
  ['grows', 'more than 600 MiB of memory'],
  ['crashes', 'ended by SIGABRT'],
])('finds a parser that %s and shows how to reproduce it', async (parser, what) => {
  const limits = { longest: 1000, largest: 600 * 1024 ** 2 };
  const misbehaving = join(import.meta.dirname, 'testing/misbehaving.ts');
  const { finding } = await watch({ parser, runs: 200, seed: 7 }, limits, misbehaving);
  expect(finding).toContain(what);
  expect(finding).toContain(`PARSER=${parser} SEED=7 AT=`);
});
