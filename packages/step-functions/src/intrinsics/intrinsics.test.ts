import { evaluate, parseExpression } from '../expression.ts';
import type { Json } from '../json.ts';
import type { Scope } from '../scope.ts';

const scope: Scope = {
  input: {
    list: [1, 2, 2, { a: 1 }, { a: 1 }],
    text: 'Việt',
    lines: 'RGF0\r\nYSB0byBlbmNvZGU=',
    pair: { a: { x: 1 }, b: 1 },
  },
  context: () => ({ Execution: { Name: 'run-7' } }),
  variable: (name) => (name === 'n' ? 4 : undefined),
  variables: () => ({ n: 4 }),
};
const value = (text: string): Json => evaluate(parseExpression(text), scope);

describe('intrinsic functions', () => {
  test.each<[string, Json]>([
    ['States.Array()', []],
    ["States.Array(1, 'a', true, null, $.pair.b)", [1, 'a', true, null, 1]],
    ['States.ArrayPartition($.list, 2)', [[1, 2], [2, { a: 1 }], [{ a: 1 }]]],
    ['States.ArrayContains($.list, $.list[3])', true],
    ['States.ArrayRange(1, 9, 4)', [1, 5, 9]],
    ['States.ArrayRange(3, 1, -1)', [3, 2, 1]],
    ['States.ArrayRange(3, 1, 1)', []],
    ['States.ArrayGetItem($.list, 3)', { a: 1 }],
    ['States.ArrayLength($.list)', 5],
    ['States.ArrayUnique($.list)', [1, 2, { a: 1 }]],
    ['States.Base64Encode($.text)', 'Vmnhu4d0'],
    ["States.Base64Decode('Vmnhu4d0')", 'Việt'],
    ["States.Hash('a', 'MD5')", '0cc175b9c0f1b6a831c399e269772661'],
    ["States.Hash('a', 'SHA-1')", '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'],
    ['States.JsonMerge($.pair, States.StringToJson(\'{"a":2}\'), false)', { a: 2, b: 1 }],
    ['States.JsonToString($.pair)', '{"a":{"x":1},"b":1}'],
    ['States.MathAdd($n, -1)', 3],
    ['States.MathAdd(-0.5, 0)', 0],
    ['States.MathAdd(2147483647, 1)', 2147483648],
    ["States.Base64Decode('RGF0YSB0byBlbmNvZGU')", 'Data to encode'],
    ['States.Base64Decode($.lines)', 'Data to encode'],
    ['States.MathRandom(10, 110, 42)', 40],
    ["States.StringSplit('a,b;;c', ',;')", ['a', 'b', 'c']],
    ["States.Format('{} of {}: {}', $n, 'it\\'s', $.pair.a)", "4 of it's: {x=1}"],
    ["States.StringToJson('')", null],
    ["States.Format('\\{{}\\} \\\\', $n)", '{4} \\'],
    ["States.Format('{}', 'a\\{b\\}')", 'a{b}'],
    ["States.Format('{}', States.ArrayGetItem(States.StringSplit($$.Execution.Name, '-'), 1))", '7'],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  test('States.UUID returns a new value each time', () => {
    expect(value('States.UUID()')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(value('States.UUID()')).not.toBe(value('States.UUID()'));
  });

  test('States.MathRandom stays within its bounds and repeats its number with a seed', () => {
    for (let count = 0; count < 50; count += 1) expect([1, 2]).toContain(value('States.MathRandom(1, 3)'));
    expect(value('States.MathRandom(1, 1000, 42)')).toBe(value('States.MathRandom(1, 1000, 42)'));
  });

  test.each([
    ['States.ArrayGetItem($.list, 9)', 'out of bounds'],
    ['States.ArrayPartition($.list, 0)', 'positive integer'],
    ['States.ArrayRange(0, 5000, 1)', '1000 elements'],
    ['States.ArrayRange(0, 5, 0)', 'must not be zero'],
    ['States.JsonMerge($.pair, $.pair, true)', 'deep merging'],
    ["States.StringToJson('{')", 'not valid JSON'],
    ["States.Hash('a', 'CRC')", 'algorithm'],
    ["States.Format('{} {}', 1)", '2 placeholders for 1'],
    ['States.MathAdd(2147483648, 0)', 'from -2147483648 to 2147483647'],
    ['States.MathAdd($.text, 1)', 'Argument 1 must be a number'],
  ])('%s fails', (text, reason) => {
    expect(() => value(text)).toThrow(expect.objectContaining({ error: 'States.IntrinsicFailure' }));
    expect(() => value(text)).toThrow(reason);
  });

  test.each([
    'States.Nothing()',
    'States.UUID(1)',
    'States.MathAdd(1)',
    'States.MathAdd(1, 2',
    "States.Format('a\\n')",
    "States.Format('open)",
    'States.Array(a)',
    'States.Array(1) x',
  ])('rejects %s', (text) => {
    expect(() => parseExpression(text)).toThrow();
  });
});
