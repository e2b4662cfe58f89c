/** Limits of variables: 256 KiB in one Assign, 10 MiB in an execution, and this engine's number of them. */

import type { JsonObject } from '../json.ts';
import { runMachine, type Served, serve } from '../testing/served.ts';

let served: Served;

beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

/** Runs states that each assign variables, one after the other. */
function assigning(assigns: readonly JsonObject[], input: object) {
  const name = (index: number) => `S${index}`;
  const states = assigns.map((assign, index): [string, object] => [
    name(index),
    {
      Type: 'Pass',
      Assign: assign,
      ...(index + 1 < assigns.length ? { Next: name(index + 1) } : { End: true }),
    },
  ]);
  return runMachine(served.client, { StartAt: name(0), States: Object.fromEntries(states) }, input);
}

const large = { text: 'a'.repeat(250_000) };
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

test('all variables of an execution have 10 MiB at most', async () => {
  const forty = times(40, (index) => ({ [`v${index}.$`]: '$.text' }));
  expect(await assigning(forty, large)).toMatchObject({ status: 'SUCCEEDED' });
  const more = times(45, (index) => ({ [`v${index}.$`]: '$.text' }));
  expect(await assigning(more, large)).toMatchObject({
    error: 'States.DataLimitExceeded',
    cause: expect.stringContaining('larger than 10 MiB'),
  });
});

test('a variable that is assigned again counts once', async () => {
  const again = times(60, () => ({ 'v.$': '$.text' }));
  expect(await assigning(again, large)).toMatchObject({ status: 'SUCCEEDED' });
});

test('a scope has as many variables as the engine can keep', async () => {
  const half = (from: number) => Object.fromEntries(times(2500, (index) => [`v${from + index}`, index]));
  expect(await assigning([half(0), half(2500)], {})).toMatchObject({ status: 'SUCCEEDED' });
  expect(await assigning([half(0), half(2500), { one: 1 }], {})).toMatchObject({
    error: 'States.DataLimitExceeded',
    cause: expect.stringContaining('more than 5000 variables'),
  });
});
