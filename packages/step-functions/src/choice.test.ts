import { compileTest } from './choice.ts';
import type { Json, JsonObject } from './json.ts';

function matches(rule: JsonObject, input: Json): boolean {
  const problems: string[] = [];
  const test = compileTest(rule, (problem, place) => problems.push(`${problem} at ${place}`));
  if (problems.length > 0) throw new Error(problems.join('; '));
  return test({ input, context: () => ({}), variable: () => 1, variables: () => ({}) });
}

describe('choice rules', () => {
  test.each<[string, Json, Json, boolean]>([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a', 1, false],
    ['StringLessThan', 'b', 'a', true],
    ['StringGreaterThanEquals', 'b', 'b', true],
    ['StringMatches', 'jobs/*/page-*.jpg', 'jobs/7/page-001.jpg', true],
    ['StringMatches', 'a\\*b', 'a*b', true],
    ['StringMatches', 'a\\*b', 'axb', false],
    ['StringMatches', 'a.c', 'abc', false],
    ['NumericEquals', 1, 1, true],
    ['NumericEquals', 1, '1', false],
    ['NumericLessThanEquals', 2, 2, true],
    ['NumericGreaterThan', 2, 3, true],
    ['BooleanEquals', false, false, true],
    ['BooleanEquals', false, null, false],
    ['TimestampEquals', '2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', true],
    ['TimestampLessThan', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59.5Z', true],
    ['TimestampLessThan', '2026-01-01T00:00:00.0002Z', '2026-01-01T00:00:00.00019Z', true],
    ['TimestampEquals', '2026-01-01T00:00:00.000100Z', '2026-01-01T00:00:00.0001Z', true],
    ['TimestampGreaterThan', '2026-01-01T00:00:00Z', 'tomorrow', false],
    ['IsNull', true, null, true],
    ['IsString', false, 1, true],
    ['IsNumeric', true, 1.5, true],
    ['IsBoolean', true, false, true],
    ['IsTimestamp', true, '2026-01-01T00:00:00Z', true],
    ['IsTimestamp', true, '2026-02-30T00:00:00Z', false],
    ['IsTimestamp', true, '2026-01-01', false],
    ['IsTimestamp', true, '2026-01-01T24:00:00Z', false],
  ])('%s %j of %j', (operator, operand, value, expected) => {
    expect(matches({ Variable: '$.v', [operator]: operand, Next: 'X' }, { v: value })).toBe(expected);
  });

  test('And, Or and Not can be nested', () => {
    const rule = {
      And: [
        { Variable: '$.v', IsPresent: true },
        { Or: [{ Variable: '$.v', NumericEquals: 1 }, { Not: { Variable: '$.v', NumericLessThan: 5 } }] },
      ],
    };
    expect([1, 3, 7].map((v) => matches(rule, { v }))).toEqual([true, false, true]);
    expect(matches(rule, {})).toBe(false);
  });

  test('…Path compares two values of the data, including variables', () => {
    expect(matches({ Variable: '$.a', NumericLessThanPath: '$.b' }, { a: 1, b: 2 })).toBe(true);
    expect(matches({ Variable: '$.a', NumericEqualsPath: '$one' }, { a: 1 })).toBe(true);
  });

  test('IsPresent accepts a missing value; every other operator fails on it', () => {
    expect(matches({ Variable: '$.v', IsPresent: false }, {})).toBe(true);
    expect(matches({ Variable: '$.v[*]', IsPresent: true }, { v: [] })).toBe(false);
    expect(() => matches({ Variable: '$.v', IsNull: true }, {})).toThrow(
      "Invalid path '$.v': The choice state's condition path references an invalid value.",
    );
  });

  test.each<[JsonObject, string]>([
    [{ Variable: '$.v' }, 'A choice rule must have an operator'],
    [
      { Variable: '$.v', IsNull: true, IsString: true },
      'There should only be one of the following fields: [IsNull, IsString]',
    ],
    [{ IsNull: true }, 'one of the following fields, [And, Or, Not, Variable, Condition]'],
    [{ Variable: '$.v', Not: { Variable: '$.v', IsNull: true } }, 'The object must have only one of'],
    [
      { Variable: 'v', IsNull: true },
      "Value is not a Reference Path: Reference path didn't start with '$' at /Variable",
    ],
    [{ Variable: '$.v', NumericEquals: '1' }, 'The value of NumericEquals has the wrong type'],
    [{ And: [] }, 'Value cannot be empty'],
    [{ Not: { Variable: '$.v' } }, 'A choice rule must have an operator at /Not'],
  ])('rejects %j', (rule, problem) => {
    expect(() => matches(rule, {})).toThrow(problem);
  });
});
