/** States in JSONata, through the API. */

import { runMachine, type Served, serve } from '../testing/served.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

const run = async (states: object, input: object = {}, more: object = {}) => {
  const definition = { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more };
  const { status, output, error, cause } = await runMachine(served.client, definition, input);
  return status === 'SUCCEEDED' ? JSON.parse(output ?? 'null') : { error, cause };
};
const end = { End: true };

/** An expression is only sent what it can read. */
test.each([
  ['$states.context.State.Name', 'A'],
  ['$states.input.name & $exists($states.context.StateMachine.Name)', 'ntrue'],
  ['$states.*.State.Name', 'A'],
  ['$states.input.%.context.State.Name', 'A'],
  ['$states/**/.context.State.Name', 'A'],
  ['($all := $states; $all.context.State.Name)', 'A'],
  ['$states.`context`.State.Name', 'A'],
  ['$keys($states)', ['input', 'context']],
  ['$states.context.(State).Name', 'A'],
  ['$exists($states.context.Map)', false],
  ['$states.input@$i.context.State.Name', 'A'],
  ['$states.context.State@$s.$exists(Execution.Id)', true],
  ['$states.context.function($all) { $all.State.Name }($)', 'A'],
])('%s', async (expression, value) => {
  const state = { Type: 'Pass', Output: `{% ${expression} %}`, End: true };
  expect(await run({ A: state }, { name: 'n' })).toEqual(value);
});

describe('JSONata states', () => {
  test('Assign and Output see the same data, and assignments take effect in the next state', async () => {
    const output = await run(
      {
        A: { Type: 'Pass', Assign: { n: '{% $states.input.n + 1 %}', fixed: [1, '{% 2 %}'] }, Next: 'B' },
        B: { Type: 'Pass', Assign: { n: '{% $n * 2 %}' }, Output: { before: '{% $n %}' }, Next: 'C' },
        C: {
          Type: 'Succeed',
          Output: { before: '{% $states.input.before %}', n: '{% $n %}', fixed: '{% $fixed %}' },
        },
      },
      { n: 1 },
    );
    expect(output).toEqual({ before: 2, n: 4, fixed: [1, 2] });
  });

  test('Parallel and Map pass on Arguments and Items, and $states.result holds their results', async () => {
    const branch = {
      StartAt: 'P',
      States: { P: { Type: 'Pass', Output: '{% $states.input.a & $outer %}', ...end } },
    };
    const each = {
      StartAt: 'E',
      States: { E: { Type: 'Pass', Output: '{% $states.input.v * $states.input.i %}', ...end } },
    };
    const output = await run({
      Start: { Type: 'Pass', Assign: { outer: '!' }, Next: 'Both' },
      Both: {
        Type: 'Parallel',
        Arguments: { a: "{% 'x' %}" },
        Branches: [branch],
        Output: { made: '{% $states.result[0] %}' },
        Next: 'Map',
      },
      Map: {
        Type: 'Map',
        Items: '{% [1..3] %}',
        ItemSelector: {
          v: '{% $states.context.Map.Item.Value %}',
          i: '{% $states.context.Map.Item.Index %}',
        },
        ItemProcessor: each,
        Output: { input: '{% $states.input %}', sum: '{% $sum($states.result) %}' },
        ...end,
      },
    });
    expect(output).toEqual({ input: { made: 'x!' }, sum: 8 });
  });

  test('Catch handles a failed expression, and $states.errorOutput describes it', async () => {
    const parallel = {
      Type: 'Parallel',
      Branches: [{ StartAt: 'P', States: { P: { Type: 'Pass', Output: '{% $number("x") %}', ...end } } }],
      Catch: [
        {
          ErrorEquals: ['States.QueryEvaluationError'],
          Output: '{% $states.errorOutput.Error %}',
          Next: 'Done',
        },
      ],
      ...end,
    };
    expect(await run({ A: parallel, Done: { Type: 'Succeed' } })).toBe('States.QueryEvaluationError');
  });

  test('numbers that JSON does not have become text', async () => {
    const output = { a: '{% 1/0 %}', b: '{% [-1/0] %}', c: "{% {'k': 1e308 * 10} %}" };
    expect(await run({ A: { Type: 'Pass', Output: output, ...end } })).toEqual({
      a: 'Infinity',
      b: ['-Infinity'],
      c: { k: 'Infinity' },
    });
  });

  test('$random with a seed gives the number that it gives on AWS', async () => {
    expect(await run({ A: { Type: 'Pass', Output: '{% $random(42) %}', ...end } })).toBe(0.7275636800328681);
  });

  test.each(['{% 1', '1 %}', ' {% 1 %}', '{% 1 %} '])('%j is not a whole expression', async (Output) => {
    await expect(run({ A: { Type: 'Pass', Output, ...end } })).rejects.toThrow(
      'JSONata string must start with {% and end with %}',
    );
  });

  test.each([
    ['$eval("1")', '. T1006: '],
    [`1${'+1'.repeat(200)}`, ': Stack overflow error: '],
    [
      '$count([1..873783])',
      ': Expression evaluation memory limit exceeded: Check for excessive memory usage',
    ],
  ])(
    'the cause of %s has an error with a code as a sentence, and a limit after a colon',
    async (text, end) => {
      const { cause } = await run({ A: { Type: 'Pass', Output: `{% ${text} %}`, End: true } });
      expect(cause).toContain(`threw an error during evaluation${end}`);
    },
  );

  test('Choice accepts only true and false', async () => {
    const choice = {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.n %}', Next: 'B' }],
      Default: 'B',
    };
    expect(await run({ A: choice, B: { Type: 'Succeed' } }, { n: 1 })).toMatchObject({
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining(
        "specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'integer' for value: 1",
      ),
    });
  });

  test('the cause of a failed expression names its field in a rule', async () => {
    const missing = '{% $states.input.missing %}';
    const fails = { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'E' } } };
    const rule = { ErrorEquals: ['States.ALL'], Next: 'B' };
    const choice = (...Choices: object[]) => ({ Type: 'Choice', Choices, Default: 'B' });
    const states: [object, string][] = [
      [choice({ Condition: false, Next: 'B' }, { Condition: missing, Next: 'B' }), 'Choices[1]/Condition'],
      [choice({ Condition: true, Output: { v: missing }, Next: 'B' }), 'Choices[0]/Output/v'],
      [choice({ Condition: true, Assign: { v: [missing] }, Next: 'B' }), 'Choices[0]/Assign/v[0]'],
      [
        { Type: 'Parallel', Branches: [fails], Catch: [{ ...rule, Output: missing }], ...end },
        'Catch[0]/Output',
      ],
    ];
    for (const [state, field] of states)
      expect(await run({ A: state, B: { Type: 'Succeed' } })).toMatchObject({
        cause: expect.stringContaining(`specified for the field '${field}' returned nothing`),
      });
  });

  test.each(['$$', '$states.input.a[$$.b]', '$map([1], function($v) { $$.a })'])(
    '%s is refused for $$',
    async (text) => {
      await expect(run({ A: { Type: 'Pass', Output: `{% ${text} %}`, ...end } })).rejects.toThrow(
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$$' is not supported. at /States/A/Output",
      );
    },
  );

  test('Fail computes its error and cause', async () => {
    const fail = {
      Type: 'Fail',
      Error: "{% 'E' & $states.input.n %}",
      Cause: '{% $states.context.State.Name %}',
    };
    expect(await run({ A: fail }, { n: 1 })).toEqual({ error: 'E1', cause: 'A' });
  });

  test('a JSONata state in a JSONPath machine shares its variables', async () => {
    const states = {
      A: { Type: 'Pass', Assign: { 'x.$': '$.n' }, Next: 'B' },
      B: { Type: 'Pass', QueryLanguage: 'JSONata', Assign: { x: '{% $x + 1 %}' }, Next: 'C' },
      C: { Type: 'Pass', Parameters: { 'x.$': '$x' }, ...end },
    };
    expect(await run(states, { n: 1 }, { QueryLanguage: 'JSONPath' })).toEqual({ x: 2 });
  });

  test('an endless expression fails only its own execution', async () => {
    const hostile = run({ A: { Type: 'Pass', Output: '{% ($f := function() { $f() }; $f()) %}', ...end } });
    expect(await run({ A: { Type: 'Succeed' } })).toEqual({});
    expect(await hostile).toMatchObject({ error: 'States.QueryEvaluationError' });
  });
});
