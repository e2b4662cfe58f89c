import { subscribe } from 'node:diagnostics_channel';
import type { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import type { Evaluated } from '../elsewhere.ts';
import type { Json } from '../json.ts';
import { evaluate } from './evaluator.ts';

const threads: Worker[] = [];
subscribe('worker_threads', (message) => {
  threads.push((message as { worker: Worker }).worker);
});

const one = async (text: string, bindings: Record<string, Json> = {}): Promise<Evaluated | undefined> =>
  (await evaluate({ kind: 'jsonata', texts: [text], bindings }))[0];
const failure = async (text: string) => {
  const result = await one(text);
  return result?.type === 'error' ? result.message : `no error but ${JSON.stringify(result)}`;
};

/** The length of a text that is doubled some times. */
const doubled = (times: number): string =>
  `($f := function($t, $n) { $n = 0 ? $t : $f($t & $t, $n - 1) }; $length($f('a', ${times})))`;

describe('the functions of Step Functions', () => {
  test.each([
    ['$partition([1,2,3,4], 3)', [[1, 2, 3], [4]]],
    ['$range(0, 9, 3)', [0, 3, 6, 9]],
    ['$range(3, 0, -1)', [3, 2, 1, 0]],
    ['$range(-1.7, 2, 1)', [-1, 0, 1, 2]],
    ['$range(5, 5, 1)', 5],
    ['$count($range(1, 360145, 1))', 360_145],
    ['$count([1..873782])', 873_782],
    ['$partition([1,2,3], 2.9)', [[1, 2], [3]]],
    ['$partition([1,2,3])', [[1, 2, 3]]],
    ["$base64decode('aGVsbG8')", 'hello'],
    [`$parse('[{"a":"\\\\":"},{"a":1}]')`, [{ a: '":' }, { a: 1 }]],
    ["$hash('text', 'MD5')", '1cb251ec0d568de6a929b520c4aed8d1'],
    ['$random(7) = $random(7)', true],
    ['$random() < 1', true],
    ['$length($uuid())', 36],
    [`$parse('{"a":[]}')`, { a: [] }],
  ])('%s', async (text, value) => {
    expect(await one(text)).toEqual({ type: 'value', value });
  });

  test.each([
    '$partition([1], 0)',
    '$partition([], 2)',
    '$partition([1], -0.5)',
    '$range(1, 2)',
    '$range(1, 2, 0)',
    '$range(1, 2, -1)',
    "$hash('text')",
  ])('%s gives nothing', async (text) => {
    expect(await one(text)).toEqual({ type: 'nothing' });
  });

  test.each(['', '  ', '{"a":1}{"b":2}', '{"a":1,"a":2}', '[{"a":{"b":1,"b":1}}]', '1e400', '[-1e400]'])(
    '$parse refuses %j, as AWS does',
    async (json) => {
      expect(await failure(`$parse(${JSON.stringify(json)})`)).toBe('D3137: Invalid JSON');
    },
  );

  test.each(['!!!', 'aGVs bG8=', 'aGVsbG8==', 'a'])(
    '$base64decode fails for %j, which is not base64',
    async (text) => {
      expect(await failure(`$base64decode('${text}')`)).toMatch(
        /^internal error during evaluation\. [\da-f-]{36}$/,
      );
    },
  );

  test('errors name the function and the mistake', async () => {
    expect(await failure("$hash('a', 'CRC')")).toContain('D3137: $hash: the algorithm must be one of MD5');
    for (const large of ['$range(1, 360146, 1)', '$count([1..873783])', doubled(23)])
      expect(await failure(large)).toContain('Expression evaluation memory limit exceeded');
    expect(await failure("$eval('1')")).toContain('T1006');
    expect(await failure('$partition([1], -1)')).toBe('D3137: Second argument must be zero or greater');
    expect(await failure('$sum')).toBe('the result is a function');
  });
});

describe('a hostile expression', () => {
  test.each([
    [
      'never ends',
      '($f := function($n) { $f($n + 1) }; $f(0))',
      'Expression evaluation timeout: Check for infinite loop',
    ],
    ['calls itself without end', '($f := function($n) { 1 + $f($n) }; $f(0))', 'Depth=101 max=100'],
    ['has a regular expression that never ends', `$match('${'a'.repeat(50)}!', /^(a+)+$/)`, 'longer than'],
    ['makes a text larger than the memory', "$length($pad('x', 500000000))", 'memory limit exceeded'],
    [
      'makes a list larger than the memory',
      '($f := function($l, $n) { $n = 0 ? $l : $f($append($l, $l), $n - 1) }; $f([1..1000], 25))',
      '',
    ],
    ['gives a huge result', "$pad('x', 5000000)", 'the result is longer'],
  ])(
    'that %s fails, and the next expression is evaluated',
    async (_title, text, message) => {
      expect(await failure(text)).toContain(message);
      expect(await one('1 + 1')).toEqual({ type: 'value', value: 2 });
    },
    60_000,
  );

  test.each([
    ['100 terms', (extra: number) => `1${'+1'.repeat(99 + extra)}`],
    ['99 parentheses', (extra: number) => `${'('.repeat(99 + extra)}1${')'.repeat(99 + extra)}`],
  ])('is evaluated to a depth of %s, as on AWS', async (_, text) => {
    expect(await one(text(0))).toMatchObject({ type: 'value' });
    expect(await failure(text(1))).toContain('Depth=101 max=100');
  });

  test('can only reach its data', async () => {
    for (const text of [
      '$constructor',
      '$$.constructor',
      '$x.constructor',
      '$x.__proto__.a',
      'process',
      '$sum.implementation',
    ])
      expect(await one(text, { x: {} })).toEqual({ type: 'nothing' });
  });
});

test('passes any JSON through unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      const sent = JSON.parse(JSON.stringify(value)) as Json;
      expect(await one('$x', { x: sent })).toEqual({ type: 'value', value: sent });
    }),
    { numRuns: 200 },
  );
});

test('reads a request with the line separators of Unicode', async () => {
  const sent = 'a\u2028b\u2029c\u0085d\re';
  expect(await one('$x', { x: sent })).toEqual({ type: 'value', value: sent });
});

test('requests whose thread ends are evaluated by another one, also those that it had not got', async () => {
  await one('1');
  const texts = Array.from({ length: 8 }, (_, index) => `$sum([1..${100_000 + index}]) > 0`);
  const results = texts.map((text) => one(text));
  await threads.at(-1)?.terminate();
  expect(await Promise.all(results)).toEqual(texts.map(() => ({ type: 'value', value: true })));
});

test('a request that cannot be written is rejected, and its process evaluates the next one', async () => {
  let deep: Json = [];
  for (let level = 0; level < 100_000; level += 1) deep = [deep];
  const all = Array.from({ length: 5 }, () => one('$x', { x: deep }));
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(all.map(() => 'rejected'));
  expect(await one('1 + 1')).toEqual({ type: 'value', value: 2 });
});

test('an expression that never ends does not keep the others waiting', async () => {
  const order = async () => {
    const done: string[] = [];
    const slow = failure(`$match('${'a'.repeat(50)}!', /^(a+)+$/)`).then(() => done.push('slow'));
    const quick = one('1+1').then(() => done.push('quick'));
    await Promise.all([slow, quick]);
    return done;
  };
  // The second process can take longer to start than the slow expression takes to fail, but it is there the next time.
  const orders = [await order(), await order()];
  expect(orders).toContainEqual(['quick', 'slow']);
});
