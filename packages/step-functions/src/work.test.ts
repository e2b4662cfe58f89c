/** Expressions that would keep the service busy for seconds or hours without a limit: each fails after a bounded amount of work. */

import {
  CreateStateMachineCommand,
  DescribeStateMachineCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { JsonObject } from './json.ts';
import { ended, role, runMachine, type Served, serve } from './testing/served.ts';

let served: Served;

beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const fields = (count: number, value: string): JsonObject =>
  Object.fromEntries(times(count, (index) => [`f${index}.$`, value]));
const nested = JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`) as object;
const text = 'a'.repeat(200_000);

test.each<[name: string, parameters: JsonObject, input: object, error: string]>([
  [
    'a long pattern on a long text',
    { 'x.$': `$.v[?(@ =~ /${'a?'.repeat(3000)}${'a'.repeat(3000)}/)]` },
    { v: [text] },
    'States.Runtime',
  ],
  [
    'a short pattern of many repetitions',
    { 'x.$': '$.v[?(@ =~ /((((a?){10}){10}){10})/)]' },
    { v: ['a'.repeat(40_000)] },
    'States.Runtime',
  ],
  [
    'a filter of thousands of terms',
    { 'x.$': `$.v[?(${times(3000, (index) => `@.a == ${index}`).join(' || ')})]` },
    { v: times(10_000, () => ({ a: -1 })) },
    'States.Runtime',
  ],
  ['wildcards below wildcards', { 'x.$': '$..*..*..*..*' }, { v: nested }, 'States.Runtime'],
  ['one long text in many fields', fields(20_000, '$.v'), { v: text }, 'States.DataLimitExceeded'],
  [
    'a text made of many',
    { 'x.$': `States.Format('${'{}'.repeat(5000)}', ${times(5000, () => '$.v').join(', ')})` },
    { v: text },
    'States.Runtime',
  ],
  [
    'many texts of a list',
    fields(5000, 'States.JsonToString($.v)'),
    { v: times(40_000, () => 1) },
    'States.Runtime',
  ],
  [
    'each item compared with each',
    { 'x.$': 'States.ArrayUnique($.v)' },
    { v: times(40_000, (index) => index) },
    'States.Runtime',
  ],
  [
    'many merged objects',
    fields(2000, 'States.JsonMerge($.v, $.v, false)'),
    { v: Object.fromEntries(times(15_000, (index) => [`k${index}`, 1])) },
    'States.Runtime',
  ],
])('%s ends with an error', async (_name, parameters, input, error) => {
  const definition = { StartAt: 'A', States: { A: { Type: 'Pass', Parameters: parameters, End: true } } };
  expect(await runMachine(served.client, definition, input)).toMatchObject({ status: 'FAILED', error });
});

test('a definition with many large patterns is accepted, and one with a huge pattern is refused', async () => {
  const run = (patterns: string[]) => {
    const parameters = Object.fromEntries(
      patterns.map((pattern, index) => [`f${index}.$`, `$.v[?(@ =~ /${pattern}/)]`]),
    );
    return runMachine(served.client, {
      StartAt: 'A',
      States: { A: { Type: 'Pass', Parameters: parameters, End: true } },
    });
  };
  expect(await run(times(30, (index) => `((((a?){10}){10}){10})${index}`))).toMatchObject({
    status: 'SUCCEEDED',
  });
  await expect(run(['a'.repeat(400_000)])).rejects.toThrow(
    'The expressions of the definition are too long, or their patterns repeat too much, together',
  );
});

test('the work of one state is not counted for the next', async () => {
  const state = (name: string) => ({
    Type: 'Pass',
    Parameters: { 'v.$': '$.v', 'x.$': 'States.ArrayLength($..*)' },
    Next: name,
  });
  const names = times(7, (index) => `S${index}`);
  const definition = {
    StartAt: 'S0',
    States: {
      ...Object.fromEntries(names.map((name, index) => [name, state(names[index + 1] ?? 'End')])),
      End: { Type: 'Succeed' },
    },
  };
  expect(await runMachine(served.client, definition, { v: times(60_000, () => 1) })).toMatchObject({
    status: 'SUCCEEDED',
  });
});

test('a random value stays the same while a later field of its state is evaluated in the other process', async () => {
  const { output } = await runMachine(
    served.client,
    {
      StartAt: 'A',
      States: {
        A: {
          Type: 'Pass',
          Parameters: { 'id.$': 'States.UUID()', 'list.$': '$.list' },
          Assign: { 'id.$': '$.id', 'unique.$': 'States.ArrayUnique($.list)' },
          Next: 'B',
        },
        B: { Type: 'Pass', Parameters: { 'both.$': 'States.Array($.id, $id)' }, End: true },
      },
    },
    { list: times(300, (index) => index) },
  );
  const [first, second] = JSON.parse(output ?? '{}').both;
  expect(first).toBe(second);
});

test('a long text passes through states as it is', async () => {
  const states = { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', InputPath: '$.v', End: true } };
  const { output } = await runMachine(served.client, { StartAt: 'A', States: states }, { v: text });
  expect(output).toBe(JSON.stringify(text));
  const { stateMachineArn } = await served.client.send(
    new CreateStateMachineCommand({ name: 'text', roleArn: role, definition: JSON.stringify(pass) }),
  );
  const { executionArn } = await served.client.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(text) }),
  );
  expect(await ended(served.client, executionArn)).toMatchObject({ output: JSON.stringify(text) });
});

test('a part of a definition that is too long for the service has the same value', async () => {
  const run = (state: object, input: object, language = 'JSONPath') =>
    runMachine(
      served.client,
      { QueryLanguage: language, StartAt: 'A', States: { A: state, B: { Type: 'Succeed' } } },
      input,
    );
  const many = fields(3000, '$.v');
  const filled = await run(
    { Type: 'Pass', Parameters: many, Assign: fields(3000, '$.f1'), Next: 'B' },
    { v: 1 },
  );
  expect(Object.values(JSON.parse(filled.output ?? ''))).toEqual(times(3000, () => 1));
  const filter = `$.v[?(${'@.a == 2 || '.repeat(3000)}@.a == 1)]`;
  expect(
    await run({ Type: 'Pass', InputPath: filter, Next: 'B' }, { v: [{ a: 1 }, { a: 3 }] }),
  ).toMatchObject({
    output: '[{"a":1}]',
  });
  const rules = times(2000, (index) => ({ Variable: '$.v', NumericEquals: index, Next: 'B' }));
  expect(await run({ Type: 'Choice', Choices: rules }, { v: 1999 })).toMatchObject({ status: 'SUCCEEDED' });
  const expressions = {
    ...Object.fromEntries(times(2000, (index) => [`f${index}`, '{% $states.input.v %}'])),
  };
  const jsonata = await run({ Type: 'Pass', Output: expressions, Next: 'B' }, { v: 2 }, 'JSONata');
  expect(Object.values(JSON.parse(jsonata.output ?? ''))).toEqual(times(2000, () => 2));
  const failing = { ...expressions, last: '{% $states.input.missing %}' };
  expect(await run({ Type: 'Pass', Output: failing, Next: 'B' }, { v: 2 }, 'JSONata')).toMatchObject({
    error: 'States.QueryEvaluationError',
    cause: expect.stringContaining("specified for the field 'Output/last' returned nothing (undefined)"),
  });
});

test('a Choice with more rules than the service reads takes the first that holds', async () => {
  const run = (last: object[]) => {
    const Choices = [
      ...times(600, (index) => ({ Condition: `{% $states.input.v = ${index} %}`, Next: 'B' })),
      ...last,
    ];
    return runMachine(served.client, {
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Output: { v: -1 }, Assign: { limit: 7 }, Next: 'C' },
        C: { Type: 'Choice', Choices, Default: 'B', Output: 'none' },
        B: { Type: 'Succeed' },
      },
    });
  };
  const holds = { Condition: '{% $limit = 7 and $states.context.State.Name = "C" %}', Next: 'B' };
  expect(
    await run([
      { ...holds, Output: '{% $limit %}' },
      { Condition: true, Next: 'B' },
    ]),
  ).toMatchObject({
    output: '7',
  });
  expect(await run([{ Condition: false, Next: 'B' }])).toMatchObject({ output: '"none"' });
  expect(await run([{ Condition: true, Output: 'always', Next: 'B' }])).toMatchObject({ output: '"always"' });
  expect(await run([{ Condition: '{% $limit %}', Next: 'B' }])).toMatchObject({
    error: 'States.QueryEvaluationError',
    cause: expect.stringContaining(
      "'$limit' specified for the field 'Choices[600]/Condition' returned an unexpected result type",
    ),
  });
});

test('the variables that a long definition reads are listed', async () => {
  const reading = { Type: 'Pass', Parameters: fields(2000, '$v'), End: true };
  const definition = JSON.stringify({
    StartAt: 'A',
    States: { A: { Type: 'Pass', Assign: { v: 1 }, Next: 'B' }, B: reading },
  });
  const { stateMachineArn } = await served.client.send(
    new CreateStateMachineCommand({ name: 'long', roleArn: role, definition }),
  );
  const described = await served.client.send(new DescribeStateMachineCommand({ stateMachineArn }));
  expect(described.variableReferences).toEqual({ B: ['v'] });
});

const pass = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };
