/**
 * The fields that each type of state accepts in each query language, tried one by one. The table is that of AWS's own
 * language service (npm: amazon-states-language-service 1.16.1) and of the guide's pages of the states.
 */

import { parseDefinition } from './parse.ts';

const flow = { StartAt: 'Inner', States: { Inner: { Type: 'Pass', End: true } } };
const distributed = { ...flow, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
const rule = { Variable: '$.a', IsNull: true, Next: 'Last' };
const task = 'arn:aws:lambda:us-east-1:123456789012:function:f';

/** The least that a state of each type has. */
const states: Readonly<Record<string, object>> = {
  Pass: { Type: 'Pass', End: true },
  Task: { Type: 'Task', End: true, Resource: task },
  Choice: { Type: 'Choice', Choices: [rule] },
  Wait: { Type: 'Wait', End: true, Seconds: 1 },
  Succeed: { Type: 'Succeed' },
  Fail: { Type: 'Fail' },
  Parallel: { Type: 'Parallel', End: true, Branches: [flow] },
  Map: { Type: 'Map', End: true, ItemProcessor: flow },
  'Map (distributed)': { Type: 'Map', End: true, ItemProcessor: distributed },
};

/** A valid value of each field. */
const values: Readonly<Record<string, unknown>> = {
  Next: 'Last',
  Comment: 'why',
  InputPath: '$',
  OutputPath: '$',
  Parameters: { a: 1 },
  Result: 1,
  ResultSelector: { a: 1 },
  ResultPath: '$.x',
  Assign: { a: 1 },
  Arguments: { a: 1 },
  Output: 1,
  Resource: task,
  Credentials: { RoleArn: 'arn:aws:iam::123456789012:role/other' },
  TimeoutSeconds: 3,
  TimeoutSecondsPath: '$.t',
  HeartbeatSeconds: 2,
  HeartbeatSecondsPath: '$.t',
  Retry: [{ ErrorEquals: ['States.ALL'] }],
  Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Last' }],
  Choices: [rule],
  Default: 'Last',
  Condition: true,
  Seconds: 1,
  SecondsPath: '$.s',
  Timestamp: '2030-01-01T00:00:00Z',
  TimestampPath: '$.t',
  Error: 'E',
  ErrorPath: '$.e',
  Cause: 'C',
  CausePath: '$.c',
  Branches: [flow],
  Iterator: flow,
  ItemProcessor: flow,
  ItemsPath: '$.i',
  Items: [1],
  ItemSelector: { a: 1 },
  MaxConcurrency: 1,
  MaxConcurrencyPath: '$.m',
  ToleratedFailureCount: 1,
  ToleratedFailureCountPath: '$.m',
  ToleratedFailurePercentage: 1,
  ToleratedFailurePercentagePath: '$.m',
  ItemReader: { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: { InputType: 'JSON' } },
  ItemBatcher: { MaxItemsPerBatch: 1 },
  ResultWriter: { WriterConfig: { Transformation: 'NONE', OutputType: 'JSON' } },
  Label: 'L',
  Variable: '$.a',
  StartAt: 'Last',
  States: {},
  ProcessorConfig: {},
  Version: '1.0',
};

/** Fields that stand in place of another one. */
const instead: Readonly<Record<string, string>> = {
  Next: 'End',
  Iterator: 'ItemProcessor',
  SecondsPath: 'Seconds',
  Timestamp: 'Seconds',
  TimestampPath: 'Seconds',
};

const words = (text: string) => text.trim().split(/\s+/);
const errors = 'Retry Catch';
const paths = 'InputPath OutputPath';
const shaped = `${paths} Parameters ResultSelector ResultPath`;
const map = `ItemProcessor ItemSelector MaxConcurrency ToleratedFailureCount ToleratedFailurePercentage ${errors}`;
const mapPaths = `Iterator ItemsPath MaxConcurrencyPath ToleratedFailureCountPath ToleratedFailurePercentagePath ${shaped}`;
const whenDistributed = 'ItemReader ItemBatcher ResultWriter Label';
const timeouts = 'TimeoutSeconds HeartbeatSeconds';

const accepted: Readonly<Record<'JSONPath' | 'JSONata', Readonly<Record<string, string>>>> = {
  JSONPath: {
    Pass: `Next Assign ${paths} Parameters Result ResultPath`,
    Task: `Next Assign Resource Credentials ${shaped} ${errors} ${timeouts} TimeoutSecondsPath HeartbeatSecondsPath`,
    Choice: `Assign ${paths} Choices Default`,
    Wait: `Next Assign ${paths} Seconds SecondsPath Timestamp TimestampPath`,
    Succeed: paths,
    Fail: 'Error ErrorPath Cause CausePath',
    Parallel: `Next Assign Branches ${shaped} ${errors}`,
    Map: `Next Assign ${map} ${mapPaths}`,
    'Map (distributed)': `Next Assign ${map} ${mapPaths} ${whenDistributed}`,
  },
  JSONata: {
    Pass: 'Next Assign Output',
    Task: `Next Assign Output Arguments Resource Credentials ${errors} ${timeouts}`,
    Choice: 'Assign Output Choices Default',
    Wait: 'Next Assign Output Seconds Timestamp',
    Succeed: 'Output',
    Fail: 'Error Cause',
    Parallel: `Next Assign Output Arguments Branches ${errors}`,
    Map: `Next Assign Output Items ${map}`,
    'Map (distributed)': `Next Assign Output Items ${map} ${whenDistributed}`,
  },
};

function isAccepted(language: string, state: Readonly<Record<string, unknown>>): boolean {
  const leadsOn = JSON.stringify(state).includes('"Last"');
  const end = leadsOn ? { Last: { Type: 'Succeed' } } : {};
  const machine = { QueryLanguage: language, StartAt: 'A', States: { A: state, ...end } };
  try {
    parseDefinition(JSON.stringify(machine));
    return true;
  } catch {
    return false;
  }
}

function stateOf(language: string, type: string): Record<string, unknown> {
  const jsonata = language === 'JSONata' && type === 'Choice';
  return { ...states[type], ...(jsonata ? { Choices: [{ Condition: true, Next: 'Last' }] } : {}) };
}

describe.each(['JSONPath', 'JSONata'] as const)('in %s', (language) => {
  test.each(Object.keys(states))('%s accepts the fields that AWS lists, and no other', (type) => {
    const found = Object.keys(values).filter((field) => {
      const state = stateOf(language, type);
      if (!(field in state)) {
        const replaced = instead[field];
        if (replaced !== undefined) delete state[replaced];
        state[field] = values[field];
      }
      return isAccepted(language, state);
    });
    expect(found.sort()).toEqual(words(`${accepted[language][type]} Comment`).sort());
  });

  test.each(Object.keys(states))('%s accepts its own language, and no other value', (type) => {
    const state = stateOf(language, type);
    expect(isAccepted(language, { ...state, QueryLanguage: language })).toBe(true);
    expect(isAccepted(language, { ...state, QueryLanguage: 'SQL' })).toBe(false);
  });
});

/** Fields in which `$states` has a result or an error: after the work of a state, and in its Catch. */
const outcomes: readonly [field: string, state: string, read: string[]][] = [
  ...['Task', 'Parallel', 'Map', 'Map (distributed)'].flatMap((state): [string, string, string[]][] => [
    ['Output', state, ['result']],
    ['Assign', state, ['result']],
    ['Catch', state, ['errorOutput']],
  ]),
  ['Arguments', 'Task', []],
  ['Arguments', 'Parallel', []],
  ['Items', 'Map', []],
  ['ItemSelector', 'Map', []],
  ['MaxConcurrency', 'Map', []],
  ['TimeoutSeconds', 'Task', []],
  ['Credentials', 'Task', []],
  ['Output', 'Pass', []],
  ['Assign', 'Pass', []],
  ['Output', 'Choice', []],
  ['Assign', 'Choice', []],
  ['Choices', 'Choice', []],
  ['Output', 'Wait', []],
  ['Seconds', 'Wait', []],
  ['Output', 'Succeed', []],
  ['Error', 'Fail', []],
];

test.each(outcomes)('%s of %s reads only what $states has there', (field, type, read) => {
  const found = ['input', 'context', 'result', 'errorOutput', 'other'].filter((member) => {
    const expression = `{% $states.${member} %}`;
    const value = {
      Assign: { a: expression },
      Arguments: { a: expression },
      Credentials: { RoleArn: expression },
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Last', Output: expression, Assign: { a: expression } }],
      Choices: [{ Condition: expression, Next: 'Last' }],
    }[field];
    return isAccepted('JSONata', { ...stateOf('JSONata', type), [field]: value ?? expression });
  });
  expect(found).toEqual(['input', 'context', ...read]);
});

test.each<[title: string, type: string, fields: object]>([
  ['a list as Arguments', 'Task', { Arguments: [1] }],
  ['text as Arguments', 'Parallel', { Arguments: 'a' }],
  ['an object without a role as Credentials', 'Task', { Credentials: {} }],
  ['another field in Credentials', 'Task', { Credentials: { RoleArn: 'a', Other: 1 } }],
  ['a Comment that is not text', 'Pass', { Comment: 1 }],
  ['an expression in Retry', 'Task', { Retry: [{ ErrorEquals: ['E'], IntervalSeconds: '{% 1 %}' }] }],
])('refuses %s', (_title, type, fields) => {
  expect(isAccepted('JSONata', { ...stateOf('JSONata', type), ...fields })).toBe(false);
});

test.each<[title: string, type: string, fields: object]>([
  ['Next in a rule inside of another', 'Choice', { Choices: [{ Not: rule, Next: 'Last' }] }],
  ['Output in a rule of JSONPath', 'Choice', { Choices: [{ ...rule, Output: 1 }] }],
  ['a function that returns a list as the cause', 'Fail', { CausePath: 'States.Array(1)' }],
])('refuses %s', (_title, type, fields) => {
  expect(isAccepted('JSONPath', { ...stateOf('JSONPath', type), ...fields })).toBe(false);
});
