import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { acceptDefinition } from './accept.ts';
import { parseDefinition } from './parse.ts';

const ok = { Type: 'Pass', End: true };
const invoke = 'arn:aws:states:::lambda:invoke';
const lambda = { Type: 'Task', Resource: invoke, Parameters: { FunctionName: 'f' }, End: true };
const machine = (state: object, more: object = {}) => ({ StartAt: 'A', States: { A: state }, ...more });
const read = 'arn:aws:states:::s3:getObject';
const distributed = (more: object, config: object = { ExecutionType: 'STANDARD' }, each: object = ok) =>
  machine({
    Type: 'Map',
    End: true,
    ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ...config }, StartAt: 'B', States: { B: each } },
    ...more,
  });

function problemsOf(definition: unknown): string {
  try {
    parseDefinition(typeof definition === 'string' ? definition : JSON.stringify(definition));
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Definitions that this engine and asl-validator refuse, with this engine's message. */
const broken: [title: string, definition: object, message: string][] = [
  ['no StartAt', { States: { A: ok } }, 'These fields are required: [StartAt]'],
  ['no States', { StartAt: 'A' }, 'These fields are required: [States]'],
  ['no type', machine({ End: true }), 'These fields are required: [Type] at /States/A'],
  [
    'an unknown type',
    machine({ Type: 'Loop', End: true }),
    "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/A/Type",
  ],
  [
    'neither Next nor End',
    machine({ Type: 'Pass' }),
    'This object should have only one of the following fields: [Next, End] at /States/A',
  ],
  [
    'both Next and End',
    machine({ ...ok, Next: 'A' }),
    'There should only be one of the following fields: [Next, End] at /States/A',
  ],
  [
    'a target that is missing',
    machine({ Type: 'Pass', Next: 'B' }),
    "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next",
  ],
  ['a start that is missing', { StartAt: 'B', States: { A: ok } }, "Missing 'Next' target: B at /StartAt"],
  [
    'a Task without Resource',
    machine({ Type: 'Task', End: true }),
    'These fields are required: [Resource] at /States/A',
  ],
  [
    'a timeout of text',
    machine({ ...lambda, TimeoutSeconds: 'soon' }),
    'Expected value of type Integer at /States/A/TimeoutSeconds',
  ],
  [
    'two timeouts',
    machine({ ...lambda, TimeoutSeconds: 1, TimeoutSecondsPath: '$.t' }),
    'There should only be one of the following fields: [TimeoutSeconds, TimeoutSecondsPath] at /States/A',
  ],
  [
    'the path of a number in JSONata',
    machine({
      Type: 'Task',
      Resource: invoke,
      End: true,
      QueryLanguage: 'JSONata',
      TimeoutSecondsPath: '$.t',
    }),
    "The QueryLanguage is set to 'JSONata', but field 'TimeoutSecondsPath' is only supported for the 'JSONPath' QueryLanguage at /States/A",
  ],
  [
    'a number below the least',
    machine({ Type: 'Wait', Seconds: -1, End: true }),
    'Minimum value is 0 at /States/A/Seconds',
  ],
  [
    'a percentage above the most',
    distributed({ ToleratedFailurePercentage: 100.5 }),
    'Maximum value is 100.0 at /States/A/ToleratedFailurePercentage',
  ],
  [
    'a Choice without the list of its rules',
    machine({ Type: 'Choice', Default: 'A' }),
    'These fields are required: [Choices] at /States/A',
  ],
  [
    'a Wait for nothing',
    machine({ Type: 'Wait', End: true }),
    'This object should have only one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/A',
  ],
  [
    'a Wait for two moments',
    machine({ Type: 'Wait', Seconds: 1, TimestampPath: '$.t', End: true }),
    'There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/A',
  ],
  [
    'a Choice without rules',
    machine({ Type: 'Choice', Choices: [] }),
    'Value cannot be empty at /States/A/Choices',
  ],
  [
    'an unknown operator',
    machine({ Type: 'Choice', Choices: [{ Variable: '$.a', Like: 'x', Next: 'A' }] }),
    'Like is not a choice operator at /States/A/Choices[0]/Like',
  ],
  [
    'a Map without processor',
    machine({ Type: 'Map', End: true }),
    'This object should have only one of the following fields: [ItemProcessor, Iterator] at /States/A',
  ],
  [
    'a Catch without Next',
    machine({ ...lambda, Catch: [{ ErrorEquals: ['States.ALL'] }] }),
    "These fields are required: [Next] at /States/A/Catch[0]'",
  ],
];

const ofOwner = (owner: string, action: string) => {
  const task = { Type: 'Task', Resource: `arn:aws:states:${owner}:${action}`, Parameters: {}, End: true };
  return JSON.stringify({ StartAt: 'A', States: { A: task } });
};

test('accepts an integration whose ARN names a region and an account, as a template of AWS writes it', () => {
  for (const action of ['aws-sdk:sfn:listStateMachines', 'aws-sdk:transcribe:getTranscriptionJob'])
    expect(() => parseDefinition(ofOwner('us-east-1:123456789012', action))).not.toThrow();
  const bucket = { Bucket: 'b', Key: 'k' };
  const reader = {
    Resource: 'arn:aws:states:us-east-1:123456789012:s3:getObject',
    ReaderConfig: { InputType: 'JSON' },
    Parameters: bucket,
  };
  const config = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };
  const inner = {
    ProcessorConfig: config,
    StartAt: 'B',
    States: { B: { Type: 'Pass', End: true } },
  };
  const map = { Type: 'Map', ItemReader: reader, ItemProcessor: inner, End: true };
  expect(() => parseDefinition(JSON.stringify({ StartAt: 'A', States: { A: map } }))).not.toThrow();
});

test.each(['us-east-1:', ':123456789012', 'us-east-1:12'])(
  'refuses an integration whose ARN names %s alone',
  (owner) => {
    const text = ofOwner(owner, 'aws-sdk:sfn:listStateMachines');
    expect(() => parseDefinition(text)).toThrow('is not recognized');
  },
);

test.each(['aws-sdk:sts:assumeRole', 'aws-sdk:kinesis:subscribeToShard', 'aws-sdk:s3:selectObjectContent'])(
  'refuses %s, which AWS does not call',
  (action) => {
    const task = { Type: 'Task', Resource: `arn:aws:states:::${action}`, Parameters: {}, End: true };
    const text = JSON.stringify({ StartAt: 'A', States: { A: task } });
    expect(() => parseDefinition(text)).toThrow('is not recognized');
    for (const called of [
      's3outposts:listEndpoints',
      's3files:listFileSystems',
      'arcregionswitch:listPlans',
    ]) {
      const other = text.replace(action, `aws-sdk:${called}`);
      expect(() => parseDefinition(other)).not.toThrow();
    }
  },
);

describe('parseDefinition', () => {
  test.each(broken)('refuses %s', (_title, definition, message) => {
    expect(problemsOf(definition)).toContain(message);
  });

  test('lists all problems, each with its place', () => {
    const message = problemsOf({ StartAt: 'A', States: { A: { Type: 'Wait', Seconds: -1, Next: 'B' } } });
    expect(message).toContain('at /States/A/Seconds');
    expect(message).toContain('at /States/A/Next');
  });

  test.each([
    [
      'another language',
      machine(ok, { QueryLanguage: 'SQL' }),
      'Value should be one of the following: [JSONPath, JSONata] at /QueryLanguage',
    ],
    [
      'JSONPath within JSONata',
      machine({ ...ok, QueryLanguage: 'JSONPath' }, { QueryLanguage: 'JSONata' }),
      "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/A'",
    ],
    [
      'a JSONPath field in JSONata',
      machine({ ...ok, QueryLanguage: 'JSONata', InputPath: '$.a' }),
      "The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported for the 'JSONPath' QueryLanguage at /States/A'",
    ],
    [
      'a JSONata field in JSONPath',
      machine({ ...ok, Output: 1 }),
      "but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/A'",
    ],
    [
      'JSONata with a mistake',
      machine({ ...ok, QueryLanguage: 'JSONata', Output: { a: '{% $sum( %}' } }),
      'INVALID_JSONATA_EXPRESSION: Expected ")" before end of expression at /States/A/Output/a',
    ],
    [
      'JSONata that does not end',
      machine({ ...ok, QueryLanguage: 'JSONata', Output: '{% 1' }),
      'SCHEMA_VALIDATION_FAILED: JSONata string must start with {% and end with %} at /States/A/Output',
    ],
    [
      'a bare name in JSONata, which would be read from nothing',
      machine({ ...ok, QueryLanguage: 'JSONata', Output: { v: '{% phone & $states.input.a[b = 1].c %}' } }),
      "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported. at /States/A/Output/v",
    ],
    [
      'bare names in a function, an object and a condition, each once',
      machine({
        ...ok,
        QueryLanguage: 'JSONata',
        Output: "{% $map([1], function($v) { one }) ~> $append({'k': two, one: $}) %}",
      }),
      "Reference to 'one' at the top level is not supported. at /States/A/Output, " +
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'two' at the top level is not supported. at /States/A/Output, " +
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$' at the top level is not supported. at /States/A/Output'",
    ],
    [
      '$$ in JSONata',
      machine({ ...ok, QueryLanguage: 'JSONata', Output: '{% $$ %}' }),
      "Reference to '$$' is not supported. at /States/A/Output",
    ],
    [
      '$states.errorOutput outside of Catch',
      machine({ ...ok, QueryLanguage: 'JSONata', Output: { r: '{% $states.errorOutput.Cause %}' } }),
      "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.errorOutput' does not exist. at /States/A/Output/r",
    ],
    [
      'an operator of JSONata 2.1: AWS has version 2.0.6',
      machine({
        Type: 'Pass',
        QueryLanguage: 'JSONata',
        Output: "{% $states.input.a ?? 'none' %}",
        End: true,
      }),
      `INVALID_JSONATA_EXPRESSION: The symbol "?" cannot be used as a unary operator at /States/A/Output`,
    ],
    [
      'the other operator of JSONata 2.1, inside a function',
      machine({
        ...{ Type: 'Pass', QueryLanguage: 'JSONata', End: true },
        Output: '{% $map([true ? 1 : 2], function($v) { $v ?: 3 }) %}',
      }),
      `INVALID_JSONATA_EXPRESSION: The symbol ":" cannot be used as a unary operator at /States/A/Output`,
    ],
    [
      'Items that read what there is not, once',
      machine({
        ...{ Type: 'Map', QueryLanguage: 'JSONata', End: true },
        ...{
          Items: '{% $states.result %}',
          ItemProcessor: { StartAt: 'B', States: { B: { Type: 'Succeed' } } },
        },
      }),
      "Invalid State Machine Definition: 'UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. at /States/A/Items'",
    ],
    [
      'a machine without an end',
      { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } } },
      "'MISSING_END_STATE: Workflow has no terminal state at null'",
    ],
    [
      'a machine whose end is not reachable',
      { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'A' }, C: ok } },
      `'MISSING_TRANSITION_TARGET: State "C" is not reachable. at /States/C'`,
    ],
    [
      'a variable whose name is not an identifier',
      machine({ ...ok, Assign: { '1x.$': '$' } }),
      "INVALID_VARIABLE_NAME: Invalid variable name '1x': the variable name contains invalid characters. at /States/A/Assign",
    ],
    [
      'a variable named states',
      machine({ ...ok, QueryLanguage: 'JSONata', Assign: { states: 1 } }),
      "RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'. at /States/A/Assign",
    ],
    [
      'distributed Map without ExecutionType',
      distributed({}, {}),
      'These fields are required: [ExecutionType] at /States/A/ItemProcessor/ProcessorConfig',
    ],
    [
      'a ProcessorConfig that is not an object',
      machine({
        Type: 'Map',
        End: true,
        ItemProcessor: { ProcessorConfig: 'INLINE', StartAt: 'B', States: { B: ok } },
      }),
      'The value must be an object at /States/A/ItemProcessor/ProcessorConfig',
    ],
    [
      'ItemReader in an inline Map',
      machine({
        Type: 'Map',
        End: true,
        ItemReader: {},
        ItemBatcher: {},
        ItemProcessor: { StartAt: 'B', States: { B: ok } },
      }),
      'SCHEMA_VALIDATION_FAILED: The ItemReader, ItemBatcher and ResultWriter fields are not supported for INLINE maps at /States/A',
    ],
    [
      'a version of a Parquet file',
      distributed({
        ItemReader: {
          Resource: read,
          ReaderConfig: { InputType: 'PARQUET' },
          Parameters: { Bucket: 'b', Key: 'k', 'VersionId.$': '$.version' },
        },
      }),
      'VersionId is not supported with the InputType PARQUET at /States/A/ItemReader/Parameters',
    ],
    [
      'items that are loaded from objects without their format',
      distributed({
        ItemReader: {
          Resource: 'arn:aws:states:::s3:listObjectsV2',
          ReaderConfig: { Transformation: 'LOAD_AND_FLATTEN' },
        },
      }),
      'LOAD_AND_FLATTEN needs s3:listObjectsV2 and an InputType',
    ],
    [
      'a manifest of Athena without the format of its objects',
      distributed({ ItemReader: { Resource: read, ReaderConfig: { ManifestType: 'ATHENA_DATA' } } }),
      'ATHENA_DATA needs the InputType CSV, JSONL or PARQUET',
    ],
    [
      'a ResultWriter without the bucket that its Resource needs',
      distributed({ ResultWriter: { Resource: 'arn:aws:states:::s3:putObject' } }),
      'These fields are required: [Parameters] at /States/A/ResultWriter',
    ],
    [
      'CSV without a word on its headers',
      distributed({ ItemReader: { Resource: read, ReaderConfig: { InputType: 'CSV' } } }),
      "The field 'CSVHeaderLocation' is required",
    ],
    [
      'another source of items',
      distributed({ ItemReader: { Resource: 'arn:aws:states:::dynamodb:scan' } }),
      "The field 'Resource' does not match any of the allowed values at /States/A/ItemReader/Resource",
    ],
    [
      'express children that wait for tokens',
      distributed(
        {},
        { ExecutionType: 'EXPRESS' },
        { ...lambda, Resource: `${lambda.Resource}.waitForTaskToken` },
      ),
      "Express state machine does not support '.waitForTaskToken' service integration",
    ],
    [
      "a Map's number from the context",
      distributed({ MaxConcurrencyPath: '$$.Execution.Input.n' }),
      'Value is not a Reference Path at /States/A/MaxConcurrencyPath',
    ],
    [
      'a way that an action does not have',
      machine({ ...lambda, Resource: 'arn:aws:states:::elasticmapreduce:cancelStep.sync' }),
      'The resource provided arn:<partition>:states:::elasticmapreduce:cancelStep.sync is not recognized',
    ],
    ['an unknown field', machine({ ...ok, Retries: 3 }), "Field 'Retries' is not supported at /States/A'"],
    [
      'an invalid path',
      machine({ ...ok, InputPath: 'a.b' }),
      'Value must be a valid JSONPath. at /States/A/InputPath',
    ],
    [
      'a ResultPath with a wildcard',
      machine({ ...ok, ResultPath: '$.a[*]' }),
      'Value is not a Reference Path at /States/A/ResultPath',
    ],
    [
      'States.ALL before the last rule',
      machine({ ...lambda, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['X'] }] }),
      'States.ALL must appear alone and at end of list at /States/A/Retry[0]/ErrorEquals',
    ],
    [
      'a heartbeat longer than the timeout',
      machine({ ...lambda, TimeoutSeconds: 5, HeartbeatSeconds: 6 }),
      'HeartbeatSeconds must not be larger than TimeoutSeconds',
    ],
    [
      'a state that nothing leads to',
      { StartAt: 'A', States: { A: ok, B: ok } },
      'State "B" is not reachable. at /States/B',
    ],
    [
      'a long name of a state',
      { StartAt: 'S'.repeat(81), States: { ['S'.repeat(81)]: ok } },
      `INVALID_STATE_NAME: Invalid State name: State '${'S'.repeat(81)}' exceeds the 80-character limit allowed by the service at /States/${'S'.repeat(81)}`,
    ],
    [
      'one name for two states',
      machine({ Type: 'Parallel', End: true, Branches: [machine(ok)] }),
      'DUPLICATE_STATE_NAME: Duplicate State name: A',
    ],
    [
      'one label for two Maps',
      {
        StartAt: 'A',
        States: {
          A: { ...distributed({ Label: 'L' }).States.A, End: undefined, Next: 'C' },
          C: {
            ...{ ...distributed({ Label: 'L' }).States.A },
            ItemProcessor: {
              ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
              StartAt: 'D',
              States: { D: ok },
            },
          },
        },
      },
      'DUPLICATE_LABEL_NAME: Duplicate Label name: L',
    ],
    ['a long label', distributed({ Label: 'L'.repeat(41) }), 'INVALID_LABEL_NAME: '],
    ['a long name', { StartAt: 'A'.repeat(81), States: { ['A'.repeat(81)]: ok } }, 'INVALID_STATE_NAME: '],
    [
      'ExecutionType in an inline Map',
      distributed({}, { Mode: 'INLINE', ExecutionType: 'STANDARD' }),
      "Field 'ExecutionType' is not supported at /States/A/ItemProcessor/ProcessorConfig",
    ],
    [
      'headers of JSON',
      distributed({
        ItemReader: { Resource: read, ReaderConfig: { InputType: 'JSON', CSVHeaderLocation: 'FIRST_ROW' } },
      }),
      "Field 'CSVHeaderLocation' is not supported at /States/A/ItemReader/ReaderConfig",
    ],
    [
      'given headers that are missing',
      distributed({
        ItemReader: { Resource: read, ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'GIVEN' } },
      }),
      'These fields are required: [CSVHeaders] at /States/A/ItemReader/ReaderConfig',
    ],
    [
      'items that a path finds one by one',
      distributed({ ItemsPath: '$.a[*]' }),
      'Value is not a Reference Path at /States/A/ItemsPath',
    ],
    [
      'an integration without parameters',
      machine({ Type: 'Task', Resource: invoke, End: true }),
      `Parameters field is required for resource ARN: ${invoke} at /States/A`,
    ],
    [
      'an integration without arguments',
      machine({ Type: 'Task', QueryLanguage: 'JSONata', Resource: invoke, End: true }),
      `Arguments field is required for resource ARN: ${invoke} at /States/A`,
    ],
    [
      'a resource that is not an ARN',
      machine({ Type: 'Task', Resource: 'f', End: true }),
      'Value is not a valid resource ARN at /States/A/Resource',
    ],
    [
      'a role of an activity',
      machine({
        ...{ Type: 'Task', Resource: 'arn:aws:states:us-east-1:123456789012:activity:a', End: true },
        Credentials: { RoleArn: 'arn:aws:iam::123456789012:role/r' },
      }),
      "The field 'Credentials' is not supported for activities at /States/A",
    ],
    [
      'a role that is missing',
      machine({ ...lambda, Credentials: {} }),
      "The field 'RoleArn' is required but was missing at /States/A/Credentials",
    ],
    [
      'an error of a rule that has none',
      machine({ ...lambda, Retry: [{ ErrorEquals: [] }, {}] }),
      'Value cannot be empty at /States/A/Retry[0]/ErrorEquals, ' +
        'SCHEMA_VALIDATION_FAILED: These fields are required: [ErrorEquals] at /States/A/Retry[1]',
    ],
    [
      'another jitter',
      machine({ ...lambda, Retry: [{ ErrorEquals: ['X'], JitterStrategy: 'HALF' }] }),
      'Value should be one of the following: [NONE, FULL] at /States/A/Retry[0]/JitterStrategy',
    ],
    [
      'text that is not text',
      machine({ ...ok, Comment: 1 }),
      'Expected value of type [STRING] at /States/A/Comment',
    ],
    [
      'the path of an error in JSONata',
      machine({ Type: 'Fail', QueryLanguage: 'JSONata', ErrorPath: '$.e' }),
      "The QueryLanguage is set to 'JSONata', but field 'ErrorPath' is only supported for the 'JSONPath' QueryLanguage at /States/A",
    ],
    [
      'a rule of JSONPath in JSONata',
      machine({ Type: 'Choice', QueryLanguage: 'JSONata', Choices: [{ Variable: '$.a', Next: 'A' }] }),
      "but field 'Variable' is only supported for the 'JSONPath' QueryLanguage at /States/A/Choices[0]",
    ],
    [
      'a state in JSONPath within JSONata, once',
      machine({ ...ok, QueryLanguage: 'JSONPath', Output: 1 }, { QueryLanguage: 'JSONata' }),
      "'SCHEMA_VALIDATION_FAILED: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/A'",
    ],
  ])('names the problem of %s', (_title, definition, message) => {
    expect(problemsOf(definition)).toContain(message);
  });

  test('accepts numbers that AWS accepts', () => {
    const retry = [{ ErrorEquals: ['X'], IntervalSeconds: 0 }];
    expect(problemsOf(machine({ ...lambda, Retry: retry }, { TimeoutSeconds: 0 }))).toBe('');
    expect(problemsOf(distributed({ MaxConcurrency: 1e18 }))).toBe('');
  });

  test('refuses text that is not JSON', () => {
    expect(problemsOf('{')).toContain('INVALID_JSON_DESCRIPTION');
  });

  test('refuses an object with two members of one name, also with placeholders', () => {
    const text =
      '{"StartAt": "A", "States": {"A": {"Type": "Fail"},\n "A": {"Type": "Pass", "Result": "${a}", "End": true}}}';
    for (const given of [undefined, { a: 'b' }])
      expect(() => acceptDefinition(text, given)).toThrow(
        expect.objectContaining({
          message: expect.stringMatching(
            /INVALID_JSON_DESCRIPTION: Duplicate field 'A'\n at .*; line: 2, column: 5\]/s,
          ),
          problems: [expect.objectContaining({ line: 2, column: 2 })],
        }),
      );
  });

  test('accepts Comment where AWS does', () => {
    const retry = [{ Comment: 'why', ErrorEquals: ['X'], MaxAttempts: 0 }];
    expect(
      problemsOf(
        machine(
          { ...lambda, Comment: 'what', Retry: retry },
          { Comment: 'all', Version: '1.0', TimeoutSeconds: 60 },
        ),
      ),
    ).toBe('');
  });
});

describe('asl-validator', () => {
  const validator = createRequire(import.meta.url)('asl-validator') as (
    definition: object,
    options: { checkPaths: boolean; checkArn: boolean },
  ) => { isValid: boolean; errorsText: () => string };
  const verdict = (definition: object) =>
    validator(structuredClone(definition), { checkPaths: false, checkArn: false });

  // It compiles its schemas at each call, which takes a while.
  test('refuses the same broken definitions', () => {
    const accepted = broken.filter(([, definition]) => verdict(definition).isValid).map(([title]) => title);
    expect(accepted).toEqual([]);
  });

  const pipeline = new URL('../../../../asl/pipeline.asl.json', import.meta.url);
  (existsSync(pipeline) ? test : test.skip)(
    'agrees with this engine on the pipeline',
    () => {
      const text = readFileSync(pipeline, 'utf8');
      expect(problemsOf(text)).toBe('');
      const { isValid, errorsText } = verdict(JSON.parse(text) as object);
      expect(isValid ? '' : errorsText()).toBe('');
    },
    60_000,
  );
});
