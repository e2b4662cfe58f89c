import { type FunctionName, functions } from '../config/functions.ts';
import type { Permission } from '../config/permissions.ts';
import { bootPermissions, type WorkerName, workers } from '../config/workers.ts';
import { type SecretName, secretNames } from '../domain/secrets.ts';
import { type Call, isAllowed, type Statement } from './testing/policy-simulator.ts';
import { account, resolved } from './testing/references.ts';
import { all, synthesize } from './testing/synthesized.ts';

const llmModel = 'eu.amazon.nova-pro-v1:0';
/** A stage with every permission, including those that depend on the configuration. */
const stack = synthesize({
  narrator: 'llm',
  llmService: 'bedrock',
  llmModel,
  lanes: 2,
  renderShards: 'auto',
  renderShardsOn: 'functions',
  workerIdleMinutes: 5,
  canary: 'one-job',
  channels: { 'truyen-ma': {} },
  contentCredentials: 'signed',
});

/** Returns every role of the deployment with the statements of its policy, references resolved. */
const policies = new Map<string, Statement[]>(
  Object.entries(stack.resource.aws_iam_role ?? {}).map(([id, { name }]) => {
    const inline = all(stack, 'aws_iam_role_policy').filter((one) => String(one.role).includes(`.${id}.`));
    return [
      String(name),
      inline.flatMap(({ policy }) => JSON.parse(resolved(stack, String(policy))).Statement as Statement[]),
    ];
  }),
);
const roles = [...policies.keys()];
const can = (role: string, call: Call) => isAllowed(policies.get(role) ?? [], call);

const permissions: Readonly<Record<string, readonly Permission[]>> = Object.fromEntries([
  ...(Object.keys(functions) as FunctionName[]).map((name) => [
    `manga-pipeline-${name}`,
    functions[name].permissions,
  ]),
  ...(Object.keys(workers) as WorkerName[]).map((name) => [
    `manga-pipeline-${name}`,
    [...workers[name].permissions, ...bootPermissions(name)],
  ]),
]);

/** Every action of any role, those of the flow and the schedule included, that has resource-level permissions. */
const granted = [...policies.values()].flat();
const unbound = new Set(
  granted.filter(({ Resource }) => Resource.includes('*')).flatMap(({ Action }) => Action),
);
const everything = [
  ...new Set([
    ...Object.values(permissions).flatMap((all) => all.flatMap(({ actions }) => actions)),
    ...granted.flatMap(({ Action }) => Action),
  ]),
];

const bucket = `arn:aws:s3:::manga-pipeline-artifacts-${account}-us-east-1`;
const here = (service: string, resource: string) => `arn:aws:${service}:us-east-1:${account}:${resource}`;

/** Resources outside the deployment or outside the role's part of it: other stages, accounts, prefixes, owners. */
const foreign: Readonly<Record<string, readonly string[]>> = {
  s3: [
    ...[
      'arn:aws:s3:::orders',
      'arn:aws:s3:::orders/jobs/job-abc123/video.mp4',
      `${bucket}-dev/jobs/job-abc123/a`,
    ],
    ...[`${bucket}/terraform.tfstate`, `${bucket}/jobs`, `${bucket}/workers/other/x.tgz`, `${bucket}/`],
  ],
  dynamodb: [
    ...['orders', 'manga-pipeline-dev-jobs', 'manga-pipeline-jobs-2', 'manga-pipeline-jobs/index/all'].map(
      (name) => here('dynamodb', `table/${name}`),
    ),
    'arn:aws:dynamodb:us-east-1:999999999999:table/manga-pipeline-jobs',
    'arn:aws:dynamodb:eu-west-1:123456789012:table/manga-pipeline-jobs',
  ],
  secretsmanager: [
    'database-AbCdEf',
    'manga-pipeline/youtube',
    'manga-pipeline-dev/youtube-AbCdEf',
    'manga-pipeline/youtube-AbCdEfG',
  ].map((name) => here('secretsmanager', `secret:${name}`)),
  sns: [here('sns', 'alerts-of-others'), here('sns', 'manga-pipeline-dev-errors')],
  logs: [
    here('logs', 'log-group:/aws/lambda/orders:*'),
    here('logs', 'log-group:/aws/lambda/manga-pipeline-dev-fetcher:*'),
  ],
  iam: [
    `arn:aws:iam::${account}:role/Administrator`,
    `arn:aws:iam::${account}:role/manga-pipeline-dev-renderer`,
  ],
  ec2: [
    here('ec2', 'instance/i-0123456789abcdef0'),
    here('ec2', 'volume/vol-1'),
    'arn:aws:ec2:us-east-1::image/ami-00000000000000002',
  ],
  bedrock: [
    'arn:aws:bedrock:us-east-1::foundation-model/somebody.else',
    here('bedrock', 'inference-profile/us.amazon.nova-pro-v1:0'),
  ],
  states: [
    ...['stateMachine:orders', 'stateMachine:manga-pipeline-dev'].map((name) => here('states', name)),
    ...['execution:orders:one', 'execution:manga-pipeline-dev:one'].map((name) => here('states', name)),
  ],
  lambda: ['orders', 'manga-pipeline-dev-fetcher:live', 'manga-pipeline-fetcher'].map((name) =>
    here('lambda', `function:${name}`),
  ),
  events: [here('events', 'rule/orders'), here('events', 'rule/manga-pipeline-machine-gone')],
  sqs: [here('sqs', 'orders'), here('sqs', 'manga-pipeline-dev-dead-letters')],
};

/** Condition keys that an attacker would send: the right form, the wrong values. */
const context = {
  'ec2:InstanceProfile': `arn:aws:iam::${account}:instance-profile/Administrator`,
  'ec2:InstanceType': 'p5.48xlarge',
  'ec2:InstanceMarketType': 'on-demand',
  'ec2:MetadataHttpTokens': 'optional',
  'ec2:Encrypted': 'false',
  'ec2:CreateAction': 'CreateVolume',
  'iam:PassedToService': 'lambda.amazonaws.com',
  'aws:RequestTag/manga-pipeline:worker': 'other',
};

test('has foreign resources for every service with a permission', () => {
  const bound = everything.filter((action) => !unbound.has(action));
  expect(
    [...new Set(bound.map((action) => action.split(':')[0] ?? ''))].filter((one) => !foreign[one]),
  ).toEqual([]);
});

test.each(roles)('%s has no permission on foreign resources', (role) => {
  const calls = everything
    .filter((action) => !unbound.has(action))
    .flatMap((action) =>
      (foreign[action.split(':')[0] ?? ''] ?? []).map((resource): Call => ({ action, resource, context })),
    );
  expect(calls.length).toBeGreaterThan(50);
  expect(calls.filter((call) => can(role, call))).toEqual([]);
});

/** One resource of the deployment for each target, with the condition keys of a legitimate call. */
const own = (role: string): Readonly<Record<string, Omit<Call, 'action'>>> => {
  const worker = role.includes('uploader') ? 'uploader' : 'renderer';
  const profile = {
    'ec2:InstanceProfile': `arn:aws:iam::${account}:instance-profile/manga-pipeline-${worker}`,
  };
  return {
    jobsTable: { resource: here('dynamodb', 'table/manga-pipeline-jobs') },
    machinesTable: { resource: here('dynamodb', 'table/manga-pipeline-machines') },
    countersTable: { resource: here('dynamodb', 'table/manga-pipeline-counters') },
    chaptersTable: { resource: here('dynamodb', 'table/manga-pipeline-chapters') },
    artifactsBucket: { resource: bucket },
    errorTopic: { resource: here('sns', 'manga-pipeline-errors') },
    workerLogs: { resource: here('logs', 'log-group:/manga-pipeline/workers:log-stream:one') },
    executions: { resource: here('states', 'execution:manga-pipeline:daily') },
    any: { resource: '*' },
    bedrockModel: { resource: here('bedrock', `inference-profile/${llmModel}`) },
    [`${worker}Instances`]: { resource: here('ec2', 'instance/i-1'), context: profile },
    [`${worker}Role`]: {
      resource: `arn:aws:iam::${account}:role/manga-pipeline-${worker}`,
      context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
    },
    [`${worker}Launch`]: {
      resource: here('ec2', 'instance/i-1'),
      context: {
        ...profile,
        'ec2:InstanceMarketType': 'spot',
        'ec2:InstanceType': worker === 'renderer' ? 'c5.2xlarge' : 't3.medium',
        'ec2:MetadataHttpTokens': 'required',
        'ec2:CreateAction': 'RunInstances',
        'aws:RequestTag/manga-pipeline:worker': worker,
      },
    },
    ...Object.fromEntries(
      secretNames.map((name) => [
        `${name}Secret`,
        { resource: here('secretsmanager', `secret:manga-pipeline/${name}-AbCdEf`) },
      ]),
    ),
  };
};

test.each(Object.keys(permissions))('%s can do everything that its manifest entry names', (role) => {
  const denied = (permissions[role] ?? []).flatMap(({ on, keys, actions }) => {
    const target = own(role)[on];
    if (!target) throw new Error(`no example resource for ${on}`);
    const resource = keys ? `${target.resource}/${keys.replace('*', 'job-abc123/x')}` : target.resource;
    return actions
      .map((action): Call => ({ ...target, action, resource }))
      .filter((call) => !can(role, call));
  });
  expect(denied).toEqual([]);
});

const readers: Readonly<Record<SecretName, readonly string[]>> = {
  youtube: ['uploader'],
  llm: ['scriptgen'],
  voice: ['ttsgen'],
  signing: ['render', 'renderer'],
};

test.each(secretNames)('only those who need the secret %s can read it', (name) => {
  const call = {
    action: 'secretsmanager:GetSecretValue',
    resource: here('secretsmanager', `secret:manga-pipeline/${name}-AbCdEf`),
  };
  expect(roles.filter((role) => can(role, call)).sort()).toEqual(
    readers[name].map((reader) => `manga-pipeline-${reader}`),
  );
});

test('only the uploader reads the secret of a further channel, and none of a channel that the stage does not have', () => {
  const reading = (channel: string): Call => ({
    action: 'secretsmanager:GetSecretValue',
    resource: here('secretsmanager', `secret:manga-pipeline/youtube/${channel}-AbCdEf`),
  });
  expect(roles.filter((role) => can(role, reading('truyen-ma')))).toEqual(['manga-pipeline-uploader']);
  expect(roles.filter((role) => can(role, reading('truyen-cuoi')))).toEqual([]);
});

test('only the flow calls functions, and only it and the schedule start executions', () => {
  const machine = here('states', 'stateMachine:manga-pipeline');
  const starting = { action: 'states:StartExecution', resource: machine };
  const calling = (name: string) => ({
    action: 'lambda:InvokeFunction',
    resource: here('lambda', `function:${name}`),
  });
  expect(roles.filter((role) => can(role, starting)).sort()).toEqual([
    'manga-pipeline-scheduler',
    'manga-pipeline-states',
  ]);
  expect(roles.filter((role) => can(role, calling('manga-pipeline-fetcher:live')))).toEqual([
    'manga-pipeline-states',
  ]);
  // Neither the newest code nor a version of which no deployment is in effect.
  for (const other of ['manga-pipeline-fetcher', 'manga-pipeline-fetcher:7', 'manga-pipeline-fetcher:live2'])
    expect(roles.filter((role) => can(role, calling(other)))).toEqual([]);
});

test.each(['manga-pipeline', 'manga-pipeline-canary-run'])(
  'the flow, and nothing else, runs the shards of %s',
  (name) => {
    const calls: Call[] = [
      { action: 'states:StartExecution', resource: here('states', `stateMachine:${name}`) },
      ...['DescribeExecution', 'StopExecution'].flatMap((action) =>
        [name, `${name}/Shards`].map((of) => ({
          action: `states:${action}`,
          resource: here('states', `execution:${of}:one`),
        })),
      ),
      { action: 'states:RedriveExecution', resource: here('states', `execution:${name}/Shards:one`) },
    ];
    expect(calls.filter((call) => !can('manga-pipeline-states', call))).toEqual([]);
    const redrive = { action: 'states:RedriveExecution', resource: here('states', `execution:${name}:one`) };
    expect(roles.filter((role) => can(role, redrive))).toEqual([]);
  },
);

test('no role can write a secret, change a role or a policy, or read the Terraform state', () => {
  const calls: Call[] = [
    {
      action: 'secretsmanager:PutSecretValue',
      resource: here('secretsmanager', 'secret:manga-pipeline/youtube-AbCdEf'),
    },
    { action: 'iam:PutRolePolicy', resource: `arn:aws:iam::${account}:role/manga-pipeline-renderer` },
    { action: 'iam:AttachRolePolicy', resource: `arn:aws:iam::${account}:role/manga-pipeline-renderer` },
    { action: 'lambda:UpdateFunctionCode', resource: here('lambda', 'function:manga-pipeline-fetcher') },
    { action: 's3:GetObject', resource: 'arn:aws:s3:::terraform-states/manga-pipeline.tfstate' },
    { action: 's3:PutObject', resource: `${bucket}/workers/renderer/x.tgz` },
  ];
  expect(
    roles.flatMap((role) => calls.filter((call) => can(role, call)).map((call) => [role, call])),
  ).toEqual([]);
});
