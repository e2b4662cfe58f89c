import * as sfn from '@aws-sdk/client-sfn';
import { ended, role, type Served, serve } from '../testing/served.ts';

let served: Served;
const send = ((command: never) => served.client.send(command)) as sfn.SFNClient['send'];

beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

const result = (value: string) =>
  JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', Result: value, End: true } } });

async function create(name: string) {
  const { stateMachineArn = '', stateMachineVersionArn = '' } = await send(
    new sfn.CreateStateMachineCommand({ name, definition: result('one'), roleArn: role, publish: true }),
  );
  return { stateMachineArn, stateMachineVersionArn };
}

async function update(stateMachineArn: string, value: string): Promise<string> {
  const command = new sfn.UpdateStateMachineCommand({
    stateMachineArn,
    definition: result(value),
    publish: true,
  });
  return (await send(command)).stateMachineVersionArn ?? '';
}

async function run(stateMachineArn: string) {
  const { executionArn } = await send(new sfn.StartExecutionCommand({ stateMachineArn }));
  return ended(served.client, executionArn);
}

test('a version keeps its definition while the machine changes', async () => {
  const { stateMachineArn, stateMachineVersionArn: first } = await create('kept');
  const second = await update(stateMachineArn, 'two');
  expect([first, second]).toEqual([`${stateMachineArn}:1`, `${stateMachineArn}:2`]);
  expect(await run(first)).toMatchObject({ output: '"one"', stateMachineVersionArn: first, stateMachineArn });
  expect(await run(second)).toMatchObject({ output: '"two"' });
  const described = await send(new sfn.DescribeStateMachineCommand({ stateMachineArn: first }));
  expect(described).toMatchObject({ stateMachineArn: first, definition: result('one') });
  const again = await send(new sfn.PublishStateMachineVersionCommand({ stateMachineArn }));
  expect(again.stateMachineVersionArn).toBe(second);
  const { stateMachineVersions } = await send(new sfn.ListStateMachineVersionsCommand({ stateMachineArn }));
  expect(stateMachineVersions?.map((version) => version.stateMachineVersionArn)).toEqual([second, first]);
});

test('an alias routes executions to its versions by their weights, until it is changed', async () => {
  const { stateMachineArn, stateMachineVersionArn: first } = await create('routed');
  const second = await update(stateMachineArn, 'two');
  const route = (one: number) => [
    { stateMachineVersionArn: first, weight: one },
    { stateMachineVersionArn: second, weight: 100 - one },
  ];
  const { stateMachineAliasArn = '' } = await send(
    new sfn.CreateStateMachineAliasCommand({ name: 'live', routingConfiguration: route(100) }),
  );
  expect(await run(stateMachineAliasArn)).toMatchObject({ output: '"one"', stateMachineAliasArn });
  await send(
    new sfn.UpdateStateMachineAliasCommand({ stateMachineAliasArn, routingConfiguration: route(0) }),
  );
  expect(await run(stateMachineAliasArn)).toMatchObject({ output: '"two"', stateMachineVersionArn: second });
  const versionsOf = async (arn: string | undefined) => {
    const listed = await send(new sfn.ListExecutionsCommand({ stateMachineArn: arn }));
    return new Set(listed.executions?.map((execution) => execution.stateMachineVersionArn));
  };
  expect(await versionsOf(second)).toEqual(new Set([second]));
  expect(await versionsOf(stateMachineAliasArn)).toEqual(new Set([first, second]));
  await expect(
    send(new sfn.DeleteStateMachineVersionCommand({ stateMachineVersionArn: first })),
  ).rejects.toThrow('Current list of aliases referencing this version: [live]');
  await send(new sfn.DeleteStateMachineAliasCommand({ stateMachineAliasArn }));
  await send(new sfn.DeleteStateMachineVersionCommand({ stateMachineVersionArn: first }));
  await expect(run(first)).rejects.toThrow('State Machine Does Not Exist');
  expect(await update(stateMachineArn, 'three')).toBe(`${stateMachineArn}:3`);
});

test.each<[string, { weight: number; version: string }[]]>([
  ['weights must equal 100. Received: [99]', [{ weight: 99, version: '1' }]],
  ['must contain state machine version ARNs', [{ weight: 100, version: 'live' }]],
  [
    'must contain distinct state machine version ARNs',
    [
      { weight: 50, version: '1' },
      { weight: 50, version: '1' },
    ],
  ],
  ['Resource not found', [{ weight: 100, version: '9' }]],
])('an alias is refused: %s', async (message, entries) => {
  const { stateMachineArn } = await create(`refused-${entries.length}-${entries[0]?.version}`);
  const routingConfiguration = entries.map(({ weight, version }) => ({
    stateMachineVersionArn: `${stateMachineArn}:${version}`,
    weight,
  }));
  await expect(
    send(new sfn.CreateStateMachineAliasCommand({ name: 'live', routingConfiguration })),
  ).rejects.toThrow(message);
});

test('an alias that does not exist can be deleted, and not changed', async () => {
  const { stateMachineArn } = await create('without-alias');
  const stateMachineAliasArn = `${stateMachineArn}:live`;
  await send(new sfn.DeleteStateMachineAliasCommand({ stateMachineAliasArn }));
  await expect(
    send(new sfn.UpdateStateMachineAliasCommand({ stateMachineAliasArn, description: 'x' })),
  ).rejects.toThrow('Request references a resource that does not exist.');
});

test('only a change makes a revision, and a machine that was never changed shows none', async () => {
  const { stateMachineArn } = await create('revised');
  const describe = () => send(new sfn.DescribeStateMachineCommand({ stateMachineArn }));
  const change = async (more: Partial<sfn.UpdateStateMachineInput>) =>
    (await send(new sfn.UpdateStateMachineCommand({ stateMachineArn, ...more }))).revisionId;
  expect(await describe()).not.toHaveProperty('revisionId');
  expect(await change({ publish: true })).toBeUndefined();
  const first = await change({ definition: result('two') });
  expect(await change({ definition: result('two'), roleArn: role })).toBe(first);
  expect(await change({ tracingConfiguration: { enabled: true } })).not.toBe(first);
  await expect(
    send(new sfn.PublishStateMachineVersionCommand({ stateMachineArn, revisionId: first })),
  ).rejects.toThrow(`Failed to publish the State Machine version for revision ${first}.`);
  await expect(change({})).rejects.toThrow('the LoggingConfiguration, or the TracingConfiguration must be');
});

test('the aliases of a machine are listed by name, and those of one of its versions alone', async () => {
  const { stateMachineArn, stateMachineVersionArn: first } = await create('listed');
  const second = await update(stateMachineArn, 'two');
  const routed: Record<string, string> = { b: first, a: second, c: first };
  for (const [name, stateMachineVersionArn] of Object.entries(routed)) {
    const routingConfiguration = [{ stateMachineVersionArn, weight: 100 }];
    await send(new sfn.CreateStateMachineAliasCommand({ name, routingConfiguration }));
  }
  const listed = async (arn: string) => {
    const { stateMachineAliases: aliases = [] } = await send(
      new sfn.ListStateMachineAliasesCommand({ stateMachineArn: arn }),
    );
    return aliases.map(({ stateMachineAliasArn = '' }) => stateMachineAliasArn.replace(/.*:/, '')).join();
  };
  expect(await listed(stateMachineArn)).toBe('a,b,c');
  expect(await listed(first)).toBe('b,c');
  await expect(listed(`${stateMachineArn}:9`)).rejects.toThrow(
    expect.objectContaining({ name: 'ResourceNotFound' }),
  );
});
