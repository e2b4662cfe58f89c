import fc from 'fast-check';
import type { Json } from '../json.ts';
import { type Evaluated, evaluateJsonata } from './sandbox.ts';

const one = (text: string, bindings: Record<string, Json> = {}): Evaluated | undefined =>
  evaluateJsonata({ texts: [text], bindings })[0];
const failure = (text: string) => {
  const result = one(text);
  return result?.type === 'error' ? result.message : `no error but ${JSON.stringify(result)}`;
};

describe('the functions of Step Functions', () => {
  test.each([
    ['$partition([1,2,3,4], 3)', [[1, 2, 3], [4]]],
    ['$range(0, 9, 3)', [0, 3, 6, 9]],
    ['$range(3, 0, -1)', [3, 2, 1, 0]],
    ["$hash('text', 'MD5')", '1cb251ec0d568de6a929b520c4aed8d1'],
    ['$random(7) = $random(7)', true],
    ['$random() < 1', true],
    ['$length($uuid())', 36],
    [`$parse('{"a":[]}')`, { a: [] }],
  ])('%s', (text, value) => {
    expect(one(text)).toEqual({ type: 'value', value });
  });

  test('errors name the function and the mistake', () => {
    expect(failure("$hash('a', 'CRC')")).toContain('MD5, SHA-1, SHA-256, SHA-384, SHA-512');
    expect(failure('$partition([1], 0)')).toContain('the size must be a whole number from 1');
    expect(failure('$range(1, 2, 0)')).toContain('the step must not be 0');
    expect(failure("$eval('1')")).toContain('T1006');
    expect(failure('$sum')).toBe('the result is a function');
  });
});

describe('a hostile expression', () => {
  test.each([
    ['never ends', '($f := function($n) { $f($n + 1) }; $f(0))', 'D1012'],
    ['calls itself without end', '($f := function($n) { 1 + $f($n) }; $f(0))', 'D1011'],
    ['has a regular expression that never ends', `$match('${'a'.repeat(50)}!', /^(a+)+$/)`, 'longer than'],
    ['makes a text larger than the memory', "$length($pad('x', 500000000))", 'more than'],
    [
      'makes a list larger than the memory',
      '($f := function($l, $n) { $n = 0 ? $l : $f($append($l, $l), $n - 1) }; $f([1..1000], 25))',
      '',
    ],
    ['gives a huge result', "$pad('x', 5000000)", 'the result is longer'],
  ])(
    'that %s fails, and the next expression is evaluated',
    (_title, text, message) => {
      expect(failure(text)).toContain(message);
      expect(one('1 + 1')).toEqual({ type: 'value', value: 2 });
    },
    60_000,
  );

  test('can only reach its data', () => {
    for (const text of [
      '$constructor',
      '$$.constructor',
      '$x.constructor',
      '$x.__proto__.a',
      'process',
      '$sum.implementation',
    ])
      expect(one(text, { x: {} })).toEqual({ type: 'nothing' });
  });
});

test('passes any JSON through unchanged', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const sent = JSON.parse(JSON.stringify(value)) as Json;
      expect(one('$x', { x: sent })).toEqual({ type: 'value', value: sent });
    }),
    { numRuns: 200 },
  );
});
