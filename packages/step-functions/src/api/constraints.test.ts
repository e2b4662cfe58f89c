/** Tests of the constraints on requests, and of the responses to requests that are refused. */

import { createRequire } from 'node:module';
import * as sfn from '@aws-sdk/client-sfn';
import { ended, role, type Served, serve } from '../testing/served.ts';

let served: Served;
const send = ((command: never) => served.client.send(command)) as sfn.SFNClient['send'];
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

const definition = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } });
const failing = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Fail', Error: 'E' } } });
const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:none';

/** Returns the error's code and message of a request as it is sent. */
async function refusal(operation: string, input: object): Promise<string> {
  const response = await fetch(served.url, {
    method: 'POST',
    headers: { 'X-Amz-Target': `AWSStepFunctions.${operation}` },
    body: JSON.stringify(input),
  });
  const { __type: code, message } = (await response.json()) as { __type?: string; message?: string };
  return `${code}: ${message}`;
}

test.each<[operation: string, input: object, message: string]>([
  [
    'StopExecution',
    {},
    "1 validation error detected: Value null at 'executionArn' failed to satisfy constraint: Member must not be null",
  ],
  [
    'CreateStateMachine',
    { name: 'a'.repeat(81), roleArn: role, definition, type: 'OTHER' },
    `2 validation errors detected: Value '${'a'.repeat(81)}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 80; ` +
      "Value 'OTHER' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, EXPRESS]",
  ],
  [
    'CreateStateMachine',
    { name: 'a', roleArn: role, definition, loggingConfiguration: { level: 'LOUD' } },
    "1 validation error detected: Value 'LOUD' at 'loggingConfiguration.level' failed to satisfy constraint: Member must satisfy enum value set: [ALL, ERROR, FATAL, OFF]",
  ],
  [
    'ListStateMachines',
    { maxResults: -1, nextToken: '' },
    "2 validation errors detected: Value '-1' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 0; " +
      "Value '' at 'nextToken' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [
    'SendTaskFailure',
    { taskToken: 'x', cause: 'x'.repeat(32_769) },
    "1 validation error detected: Value at 'cause' failed to satisfy constraint: Member must have length less than or equal to 32768",
  ],
  [
    'CreateStateMachineAlias',
    { name: '12', routingConfiguration: [{ stateMachineVersionArn: `${arn}:1`, weight: 100 }] },
    "1 validation error detected: Value '12' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$",
  ],
  [
    'TagResource',
    { resourceArn: arn, tags: [{ key: 'a', value: '' }, { key: '', value: 'b' }, { value: 'c' }] },
    "2 validation errors detected: Value '' at 'tags.2.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
      "Value null at 'tags.3.member.key' failed to satisfy constraint: Member must not be null",
  ],
  [
    'CreateStateMachineAlias',
    { name: 'live', routingConfiguration: [{ stateMachineVersionArn: `${arn}:1`, weight: 101 }] },
    "1 validation error detected: Value '101' at 'routingConfiguration.1.member.weight' failed to satisfy constraint: Member must have value less than or equal to 100",
  ],
  [
    'UntagResource',
    { resourceArn: arn, tagKeys: [''] },
    "1 validation error detected: Value '' at 'tagKeys.1.member' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [
    'TestState',
    { definition, mock: { fieldValidationMode: 'SOME' }, stateConfiguration: { retrierRetryCount: -1 } },
    "2 validation errors detected: Value 'SOME' at 'mock.fieldValidationMode' failed to satisfy constraint: Member must satisfy enum value set: [STRICT, PRESENT, NONE]; " +
      "Value '-1' at 'stateConfiguration.retrierRetryCount' failed to satisfy constraint: Member must have value greater than or equal to 0",
  ],
  [
    'CreateStateMachine',
    { name: 'described', roleArn: role, definition, versionDescription: 'first' },
    'Version description can only be set when publish is true',
  ],
])('%s refuses %j', async (operation, input, message) => {
  expect(await refusal(operation, input)).toBe(`ValidationException: ${message}`);
});

const tags = Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: '' }));

test.each<[code: string, operation: string, input: object]>([
  ['InvalidName', 'CreateStateMachine', { name: 'a b', roleArn: role, definition }],
  ['InvalidName', 'CreateActivity', { name: 'a\uFFFE' }],
  ['InvalidName', 'CreateActivity', { name: 'a\u{10FFFF}' }],
  ['InvalidArn', 'CreateStateMachine', { name: 'a', roleArn: 'arn:aws:iam::1:user/a', definition }],
  ['ValidationException', 'CreateActivity', { name: 'a', tags: [{ key: 'a#', value: 'b' }] }],
  ['ValidationException', 'CreateActivity', { name: 'a', tags: [{ key: 'aws:a', value: 'b' }] }],
  ['TooManyTags', 'CreateStateMachine', { name: 'a', roleArn: role, definition, tags }],
  [
    'InvalidLoggingConfiguration',
    'CreateStateMachine',
    { name: 'a', roleArn: role, definition, loggingConfiguration: { level: 'ALL' } },
  ],
  ['InvalidArn', 'ListStateMachineVersions', { stateMachineArn: arn }],
  ['ResourceNotFound', 'TagResource', { resourceArn: arn, tags: [] }],
  ['ResourceNotFound', 'TagResource', { resourceArn: `${arn}:1`, tags: [] }],
  ['ResourceNotFound', 'UntagResource', { resourceArn: arn, tagKeys: [] }],
  ['ResourceNotFound', 'ListTagsForResource', { resourceArn: arn }],
])('%s is the answer of %s to %j', async (code, operation, input) => {
  expect(await refusal(operation, input)).toContain(`${code}: `);
});

test.each([
  ['abc', 'Invalid ARN prefix: abc'],
  [arn.replace('stateMachine', 'execution'), 'Resource type not valid in this context: execution'],
  [`${arn}:1:2`, 'Resource type not valid in this context: stateMachine'],
])('the ARN %s is invalid: %s', async (stateMachineArn, reason) => {
  expect(await refusal('ListExecutions', { stateMachineArn })).toBe(`InvalidArn: Invalid Arn: '${reason}'`);
});

test('a request with more values than AWS knows members is refused before it is read', async () => {
  const many = Object.fromEntries(Array.from({ length: 10_002 }, (_, index) => [`k${index}`, 1]));
  expect(await refusal('StartExecution', many)).toMatch(/^SerializationException: .* levels or values$/);
  const asText = { stateMachineArn: arn, input: JSON.stringify(many) };
  expect(await refusal('StartExecution', asText)).toMatch(/^StateMachineDoesNotExist: /);
});

test('an operation that Step Functions lacks is named', async () => {
  expect(await refusal('PauseExecution', {})).toBe(
    "UnknownOperationException: 'PauseExecution' is not an operation of Step Functions",
  );
});

test('each operation of the API checks the members that its model requires', async () => {
  const { NormalizedSchema } = createRequire(createRequire(import.meta.url).resolve('@aws-sdk/client-sfn'))(
    '@smithy/core/schema',
  ) as {
    NormalizedSchema: {
      of(schema: unknown): { structIterator(): Iterable<[string, unknown]>; getSchema(): unknown };
    };
  };
  const commands = Object.entries(sfn).filter(([name]) => /^[A-Z]\w+Command$/.test(name));
  for (const [name, command] of commands) {
    const { schema } = new (command as new (input: object) => { schema: unknown[] })({});
    const input = NormalizedSchema.of(schema[4]);
    const [, , , , , , count = 0] = input.getSchema() as unknown[];
    const required = [...input.structIterator()].slice(0, Number(count)).map(([member]) => member);
    const answer = await refusal(name.replace(/Command$/, ''), {});
    for (const member of required) expect(answer).toContain(`Value null at '${member}' failed`);
  }
  expect(commands.length).toBeGreaterThan(30);
});

test('a machine is created again with another role, and not with other settings', async () => {
  const request = { name: 'again', definition, roleArn: role };
  const { stateMachineArn } = await send(new sfn.CreateStateMachineCommand(request));
  const other = await send(new sfn.CreateStateMachineCommand({ ...request, roleArn: `${role}-other` }));
  expect(other.stateMachineArn).toBe(stateMachineArn);
  const { roleArn } = await send(new sfn.DescribeStateMachineCommand({ stateMachineArn }));
  expect(roleArn).toBe(role);
  const traced = { ...request, tracingConfiguration: { enabled: true } };
  await expect(send(new sfn.CreateStateMachineCommand(traced))).rejects.toThrow(
    sfn.StateMachineAlreadyExists,
  );
});

test('METADATA_ONLY leaves out data and definitions', async () => {
  const { stateMachineArn } = await send(
    new sfn.CreateStateMachineCommand({ name: 'meta', definition, roleArn: role }),
  );
  const { executionArn } = await send(new sfn.StartExecutionCommand({ stateMachineArn, input: '{"a":1}' }));
  await ended(served.client, executionArn);
  const includedData = 'METADATA_ONLY';
  const execution = await send(new sfn.DescribeExecutionCommand({ executionArn, includedData }));
  expect([execution.input, execution.output]).toEqual([undefined, undefined]);
  expect([execution.inputDetails, execution.outputDetails]).toEqual([
    { included: false },
    { included: false },
  ]);
  for (const described of [
    await send(new sfn.DescribeStateMachineCommand({ stateMachineArn, includedData })),
    await send(new sfn.DescribeStateMachineForExecutionCommand({ executionArn, includedData })),
  ])
    expect(described.definition).toBe('{}');
});

test('a redrive that is sent again with its token redrives nothing', async () => {
  const { stateMachineArn } = await send(
    new sfn.CreateStateMachineCommand({ name: 'redriven', definition: failing, roleArn: role }),
  );
  const { executionArn } = await send(new sfn.StartExecutionCommand({ stateMachineArn }));
  await ended(served.client, executionArn);
  const redrive = async (clientToken: string) => {
    const { redriveDate } = await send(new sfn.RedriveExecutionCommand({ executionArn, clientToken }));
    const { redriveCount } = await ended(served.client, executionArn);
    return { redriveDate, redriveCount };
  };
  const first = await redrive('one');
  expect(await redrive('one')).toEqual(first);
  expect(await redrive('two')).toMatchObject({ redriveCount: 2 });
});

test('a definition is validated to as many diagnostics as asked for', async () => {
  const definition = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Task', End: 'yes' } } });
  const validate = async (maxResults: number) => {
    const { diagnostics, truncated } = await send(
      new sfn.ValidateStateMachineDefinitionCommand({ definition, maxResults }),
    );
    return [diagnostics?.length, truncated];
  };
  expect(await validate(1)).toEqual([1, true]);
  expect(await validate(0)).toEqual([3, false]);
});
