/** Statements of AWS's API reference, in our own words. */

import * as sfn from '@aws-sdk/client-sfn';
import { role, type Served, serve } from '../testing/served.ts';

let served: Served;
const send = ((command: never) => served.client.send(command)) as sfn.SFNClient['send'];
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

const flow = (A: object) => JSON.stringify({ StartAt: 'A', States: { A } });
const definition = flow({ Type: 'Pass', End: true });
const create = async (name: string, more: object = {}) => {
  const command = new sfn.CreateStateMachineCommand({ name, definition, roleArn: role, ...more });
  const { stateMachineArn = '', stateMachineVersionArn = '' } = await send(command);
  return { stateMachineArn, stateMachineVersionArn };
};
const arnOf = (resource: string) => `arn:aws:states:us-east-1:123456789012:${resource}`;

test.each([
  ['StartExecution', (stateMachineArn: string) => send(new sfn.StartExecutionCommand({ stateMachineArn }))],
  [
    'DescribeStateMachine',
    (stateMachineArn: string) => send(new sfn.DescribeStateMachineCommand({ stateMachineArn })),
  ],
  [
    'UpdateStateMachine',
    (stateMachineArn: string) => send(new sfn.UpdateStateMachineCommand({ stateMachineArn, definition })),
  ],
  [
    'DeleteStateMachine',
    (stateMachineArn: string) => send(new sfn.DeleteStateMachineCommand({ stateMachineArn })),
  ],
])('%s refuses the ARN of a distributed Map', async (_name, call) => {
  await expect(call(arnOf('stateMachine:machine/Label'))).rejects.toThrow(
    expect.objectContaining({ name: 'ValidationException' }),
  );
});

test('the executions of a machine do not wait for a redrive: only those of a Map Run do', async () => {
  const { stateMachineArn } = await create('listed');
  const command = new sfn.ListExecutionsCommand({ stateMachineArn, statusFilter: 'PENDING_REDRIVE' });
  await expect(send(command)).rejects.toThrow(expect.objectContaining({ name: 'ValidationException' }));
});

test('an ARN of another kind is invalid', async () => {
  const invalid = expect.objectContaining({ name: 'InvalidArn' });
  const arn = arnOf('stateMachine:machine');
  for (const call of [
    send(new sfn.DescribeActivityCommand({ activityArn: arn })),
    send(new sfn.DeleteActivityCommand({ activityArn: arn })),
    send(new sfn.GetActivityTaskCommand({ activityArn: arn })),
    send(new sfn.DescribeStateMachineAliasCommand({ stateMachineAliasArn: arn })),
    send(new sfn.DeleteStateMachineVersionCommand({ stateMachineVersionArn: arn })),
  ])
    await expect(call).rejects.toThrow(invalid);
});

test('a configuration is refused under the name of its kind', async () => {
  const refused = (more: object) => create('refused', more).catch((error: Error) => error.name);
  expect(await refused({ tracingConfiguration: {} })).toBe('InvalidTracingConfiguration');
  const type = 'CUSTOMER_MANAGED_KMS_KEY';
  expect(await refused({ encryptionConfiguration: { type } })).toBe('InvalidEncryptionConfiguration');
  const short = { type, kmsKeyId: 'key', kmsDataKeyReusePeriodSeconds: 59 };
  expect(await refused({ encryptionConfiguration: short })).toBe('InvalidEncryptionConfiguration');
  const { stateMachineArn } = await create('encrypted');
  const encryptionConfiguration = { type, kmsKeyId: 'key' } as const;
  await expect(
    send(new sfn.UpdateStateMachineCommand({ stateMachineArn, definition, encryptionConfiguration })),
  ).rejects.toThrow('not supported by this service');
});

test('an alias is created twice only with the same description and routes; an update changes one of them', async () => {
  const { stateMachineVersionArn } = await create('alias', { publish: true });
  const routingConfiguration = [{ stateMachineVersionArn, weight: 100 }];
  const alias = (description: string) =>
    send(new sfn.CreateStateMachineAliasCommand({ name: 'live', description, routingConfiguration }));
  const { stateMachineAliasArn } = await alias('one');
  expect((await alias('one')).stateMachineAliasArn).toBe(stateMachineAliasArn);
  await expect(alias('two')).rejects.toThrow(expect.objectContaining({ name: 'ConflictException' }));
  await expect(send(new sfn.UpdateStateMachineAliasCommand({ stateMachineAliasArn }))).rejects.toThrow(
    expect.objectContaining({ name: 'ValidationException' }),
  );
});

test('a machine has at most 100 aliases and 1000 versions', async () => {
  const { stateMachineArn, stateMachineVersionArn } = await create('full', { publish: true });
  const quota = expect.objectContaining({ name: 'ServiceQuotaExceededException' });
  const routingConfiguration = [{ stateMachineVersionArn, weight: 100 }];
  const alias = (name: string) =>
    send(new sfn.CreateStateMachineAliasCommand({ name, routingConfiguration }));
  for (let number = 0; number < 100; number++) await alias(`a${number}`);
  await expect(alias('more')).rejects.toThrow(quota);
  const update = (value: number) =>
    send(
      new sfn.UpdateStateMachineCommand({
        stateMachineArn,
        definition: flow({ Type: 'Pass', Result: value, End: true }),
        publish: true,
      }),
    );
  for (let number = 1; number < 1000; number++) await update(number);
  await expect(update(1000)).rejects.toThrow(quota);
}, 60_000);

test('INITIAL is the revision of a machine that was never updated', async () => {
  const { stateMachineArn } = await create('initial');
  const publish = new sfn.PublishStateMachineVersionCommand({ stateMachineArn, revisionId: 'INITIAL' });
  expect((await send(publish)).stateMachineVersionArn).toBe(`${stateMachineArn}:1`);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await send(new sfn.UpdateStateMachineCommand({ stateMachineArn, roleArn: `${role}2` }));
  await expect(send(publish)).rejects.toThrow(expect.objectContaining({ name: 'ConflictException' }));
});

test('the trace header of an execution is described, that of HTTP before the member', async () => {
  const traceHeader = 'Root=1-5759e988-bd862e3fe1be46a994272793';
  const { stateMachineArn } = await create('traced');
  const { executionArn } = await send(new sfn.StartExecutionCommand({ stateMachineArn, traceHeader }));
  expect(await send(new sfn.DescribeExecutionCommand({ executionArn }))).toMatchObject({ traceHeader });
  const other = traceHeader.replace(/3$/, '4');
  const response = await fetch(served.url, {
    method: 'POST',
    headers: { 'X-Amz-Target': 'AWSStepFunctions.StartExecution', 'X-Amzn-Trace-Id': other },
    body: JSON.stringify({ stateMachineArn, traceHeader }),
  });
  const started = (await response.json()) as { executionArn: string };
  expect(await send(new sfn.DescribeExecutionCommand(started))).toMatchObject({ traceHeader: other });
  const express = await create('traced-express', { type: 'EXPRESS' });
  expect(
    await send(new sfn.StartSyncExecutionCommand({ stateMachineArn: express.stateMachineArn, traceHeader })),
  ).toMatchObject({ traceHeader });
});

/** The example of the page of ValidateStateMachineDefinition. */
test('texts that look like paths are warned of, when asked for', async () => {
  const text = JSON.stringify({
    StartAt: 'HelloWorld',
    States: {
      HelloWorld: {
        Type: 'Pass',
        Parameters: { a: '$.input' },
        Result: { 'c.$': '$.input' },
        Next: 'FailState',
      },
      FailState: { Type: 'Fail', Error: '$.error', Cause: '$.cause' },
    },
  });
  const validate = async (severity?: 'ERROR' | 'WARNING', maxResults?: number) => {
    const command = { definition: text, ...(severity && { severity }), ...(maxResults && { maxResults }) };
    const { $metadata: _, ...answer } = await send(new sfn.ValidateStateMachineDefinitionCommand(command));
    return answer;
  };
  expect(await validate()).toEqual({ result: 'OK', diagnostics: [], truncated: false });
  expect(await validate('WARNING')).toEqual({
    result: 'OK',
    diagnostics: [
      {
        severity: 'WARNING',
        code: 'NO_DOLLAR',
        message:
          "The value of 'a' looks like a JSONPath. Instead of 'a', use 'a.$' to evaluate it as a JSONPath at runtime.",
        location: '/States/HelloWorld/Parameters',
      },
      {
        severity: 'WARNING',
        code: 'PASS_RESULT_IS_STATIC',
        message:
          "The value of 'c.$' will not evaluate as a JSONPath or Intrinsic Function at runtime. Instead of 'Result', use 'Parameters' to evaluate it as a JSONPath or Intrinsic Function at runtime.",
        location: '/States/HelloWorld/Result',
      },
      {
        severity: 'WARNING',
        code: 'NO_PATH',
        message:
          "The value of 'Error' looks like a JSONPath. Instead of 'Error', use 'ErrorPath' to evaluate it as a JSONPath at runtime.",
        location: '/States/FailState/Error',
      },
      {
        severity: 'WARNING',
        code: 'NO_PATH',
        message:
          "The value of 'Cause' looks like a JSONPath. Instead of 'Cause', use 'CausePath' to evaluate it as a JSONPath at runtime.",
        location: '/States/FailState/Cause',
      },
    ],
    truncated: false,
  });
  expect(await validate('WARNING', 2)).toMatchObject({ result: 'OK', truncated: true });
});

/** "No .$ on a field that appears to be a JSONPath or Intrinsic Function": the list of warning codes of the API reference. */
test.each([
  ['$.a', ['NO_DOLLAR']],
  ["States.Format('{}', $.a)", ['NO_DOLLAR']],
  ['States.Format is a function', []],
  ['$5', []],
])('the parameter %j has the warnings %j', async (text, codes) => {
  const A = { Type: 'Pass', Parameters: { list: [{ a: text }] }, End: true };
  const definition = JSON.stringify({ StartAt: 'A', States: { A } });
  const command = new sfn.ValidateStateMachineDefinitionCommand({ definition, severity: 'WARNING' });
  expect((await send(command)).diagnostics?.map(({ code }) => code)).toEqual(codes);
});

// The last one, since the service closes a thousand connections after it.
test('a worker too many is refused', async () => {
  const { activityArn } = await send(new sfn.CreateActivityCommand({ name: 'crowded' }));
  const poll = (signal: AbortSignal) =>
    fetch(served.url, {
      method: 'POST',
      headers: { 'X-Amz-Target': 'AWSStepFunctions.GetActivityTask' },
      body: JSON.stringify({ activityArn }),
      signal,
    });
  const leaves = new AbortController();
  const waiting = Array.from({ length: 1000 }, () => poll(leaves.signal).catch(() => undefined));
  let code = '';
  for (let attempt = 0; attempt < 100 && code === ''; attempt++) {
    const response = await poll(AbortSignal.timeout(500)).catch(() => undefined);
    if (response) code = String(((await response.json()) as { __type?: string }).__type);
  }
  expect(code).toBe('ActivityWorkerLimitExceeded');
  leaves.abort();
  await Promise.all(waiting);
}, 60_000);
