import { all, type Block, deployment, fakeBundles, synthesize } from './testing/synthesized.ts';

const dist = fakeBundles();
const stack = synthesize({}, dist);

interface Statement {
  Effect: string;
  Action: string[];
  Resource: string[];
  Condition?: Record<string, Record<string, unknown>>;
}

/** Returns the policy of a role, by the role's name. */
function statementsOf(role: string): Statement[] {
  const [id] = Object.entries(stack.resource.aws_iam_role ?? {}).find(([, { name }]) => name === role) ?? [];
  const found = all(stack, 'aws_iam_role_policy').find((block) => String(block.role).includes(`.${id}.`));
  if (!found) throw new Error(`${role} has no policy`);
  return JSON.parse(String(found.policy)).Statement;
}
const roles = all(stack, 'aws_iam_role').map(({ name }) => String(name));
const allowing = (role: string, action: string) =>
  statementsOf(role).filter(({ Action }) => Action.includes(action));

/** The actions without resource-level permissions (service authorization reference), each with its reason. */
const unboundActions: Record<string, string> = {
  'xray:PutTraceSegments': 'X-Ray has no resource-level permissions',
  'xray:PutTelemetryRecords': 'X-Ray has no resource-level permissions',
  'xray:GetSamplingRules': 'X-Ray has no resource-level permissions',
  'xray:GetSamplingTargets': 'X-Ray has no resource-level permissions',
  'ec2:DescribeInstances': 'Describe calls have no resource-level permissions',
  'states:SendTaskSuccess': 'a task token does not name a resource',
  'states:SendTaskFailure': 'a task token does not name a resource',
  'states:SendTaskHeartbeat': 'a task token does not name a resource',
  'logs:CreateLogDelivery': 'log delivery is account-wide',
  'logs:GetLogDelivery': 'log delivery is account-wide',
  'logs:UpdateLogDelivery': 'log delivery is account-wide',
  'logs:DeleteLogDelivery': 'log delivery is account-wide',
  'logs:ListLogDeliveries': 'log delivery is account-wide',
  'logs:PutResourcePolicy': 'log delivery is account-wide',
  'logs:DescribeResourcePolicies': 'log delivery is account-wide',
  'logs:DescribeLogGroups': 'log delivery is account-wide',
};

test.each(roles)('%s uses the resource * only for actions without resource-level permissions', (role) => {
  const unbound = statementsOf(role).filter(({ Resource }) => Resource.includes('*'));
  expect(unbound.flatMap(({ Action }) => Action).filter((action) => !(action in unboundActions))).toEqual([]);
});

test.each(roles)('%s has no action with a wildcard', (role) => {
  expect(statementsOf(role).flatMap(({ Action }) => Action.filter((action) => action.includes('*')))).toEqual(
    [],
  );
});

describe.each(['renderer', 'uploader'] as const)('start-%s', (worker) => {
  const role = `manga-pipeline-start-${worker}`;
  const profile = expect.stringMatching(new RegExp(`:instance-profile/manga-pipeline-${worker}$`));

  test('launches only its own machine: profile, Spot, IMDSv2, types, image, encrypted disk', () => {
    const [instance, parts, disk] = allowing(role, 'ec2:RunInstances');
    expect(disk?.Condition).toEqual({ Bool: { 'ec2:Encrypted': 'true' } });
    expect(instance?.Condition).toEqual({
      ArnEquals: { 'ec2:InstanceProfile': profile },
      StringEquals: {
        'ec2:InstanceMarketType': 'spot',
        'ec2:InstanceType': deployment()[`${worker}InstanceType`],
        'ec2:MetadataHttpTokens': 'required',
        'aws:RequestTag/manga-pipeline:worker': worker,
      },
    });
    expect(parts?.Resource).toContain('arn:aws:ec2:us-east-1::image/ami-00000000000000001');
  });

  test('tags only resources that a launch creates', () => {
    expect(allowing(role, 'ec2:CreateTags').map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'ec2:CreateAction': 'RunInstances' } },
    ]);
  });

  test('passes only its own role, and only to EC2', () => {
    const [pass] = allowing(role, 'iam:PassRole');
    expect(pass?.Resource).toEqual([expect.stringMatching(new RegExp(`:role/manga-pipeline-${worker}$`))]);
    expect(pass?.Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } });
  });

  test('terminates only machines with its profile', () => {
    for (const name of [role, `manga-pipeline-${worker}-callback`])
      expect(allowing(name, 'ec2:TerminateInstances').map(({ Condition }) => Condition)).toEqual([
        { ArnEquals: { 'ec2:InstanceProfile': profile } },
      ]);
  });
});

test('only launchers pass a role', () => {
  expect(roles.filter((role) => allowing(role, 'iam:PassRole').length > 0)).toEqual([
    'manga-pipeline-start-renderer',
    'manga-pipeline-start-uploader',
  ]);
});

test("a machine can read only its worker's code, artifacts of jobs, settings of series, and what it recorded of viewers", () => {
  const keys = allowing('manga-pipeline-uploader', 's3:GetObject').flatMap(({ Resource }) => Resource);
  expect(keys.map((key) => key.split('}').at(-1))).toEqual([
    '/jobs/*',
    '/library/series/*',
    '/library-memory/audience/*',
    '/compared-thumbnails/*',
    '/workers/uploader/*',
  ]);
});

describe('Bedrock', () => {
  const models = (over: Record<string, unknown>) =>
    all(synthesize(over, dist), 'aws_iam_role_policy')
      .flatMap(({ policy }) => JSON.parse(String(policy)).Statement as Statement[])
      .filter(({ Action }) => Action.includes('bedrock:InvokeModel'))
      .map(({ Resource }) => Resource);
  const onBedrock = { narrator: 'llm', llmService: 'bedrock' };

  test('no role can call a model that is not configured', () => {
    expect(models({})).toEqual([]);
    expect(models({ narrator: 'llm', llmModel: 'some/model' })).toEqual([]);
    expect(models({ llmService: 'bedrock', llmModel: 'amazon.nova-pro-v1:0' })).toEqual([]);
  });

  test('scriptgen can call the one model, in its own region', () => {
    expect(models({ ...onBedrock, llmModel: 'amazon.nova-pro-v1:0' })).toEqual([
      ['arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0'],
    ]);
  });

  test('an inference profile can reach its model in every region that it routes to', () => {
    expect(models({ ...onBedrock, llmModel: 'eu.amazon.nova-pro-v1:0' })).toEqual([
      [
        expect.stringMatching(/^arn:aws:bedrock:us-east-1:.*:inference-profile\/eu\.amazon\.nova-pro-v1:0$/),
        'arn:aws:bedrock:*::foundation-model/amazon.nova-pro-v1:0',
      ],
    ]);
  });
});

test('sets the boundary on every role', () => {
  const permissionsBoundary = 'arn:aws:iam::123456789012:policy/boundary';
  const bounded = all(synthesize({ permissionsBoundary }, dist), 'aws_iam_role') as Block[];
  expect(bounded.every(({ permissions_boundary }) => permissions_boundary === permissionsBoundary)).toBe(
    true,
  );
});
