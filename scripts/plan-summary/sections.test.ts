import { aliasDescription } from '../../config/functions.ts';
import { parsePlan } from './plan.ts';
import { renderPlan } from './render.ts';

type Change = [
  address: string,
  actions: string[],
  before: object | null,
  after: object | null,
  more?: object,
];

/** Renders the comment on a plan of these changes; `more` is merged into each change. */
function commentOn(...changes: Change[]): string {
  const resource_changes = changes.map(([address, actions, before, after, more = {}]) => ({
    address,
    mode: 'managed',
    type: address.split('.')[0],
    change: { actions, before, after, ...more },
    ...more,
  }));
  return renderPlan(parsePlan(JSON.stringify({ format_version: '1.2', resource_changes })), { stage: 'dev' });
}
const create = (address: string, after: object, more: object = {}): Change => [
  address,
  ['create'],
  null,
  after,
  more,
];
const update = (address: string, before: object, after: object): Change => [
  address,
  ['update'],
  before,
  after,
];
const remove = (address: string, before: object): Change => [address, ['delete'], before, null];
const invoke = { action: 'lambda:InvokeFunction', function_name: 'f', principal: 'events.amazonaws.com' };
const bundle = { bucket: 'b', key: 'workers/renderer/abc.tgz' };
const tlsOnly = JSON.stringify({
  Statement: {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: '*',
    Condition: { Bool: { tls: 'false' } },
  },
});

test.each<[string, Change, string]>([
  [
    'a permission for any account',
    create('aws_lambda_permission.p', invoke),
    "from any account's resources: no source is named",
  ],
  [
    'a permission whose source comes with the plan',
    create('aws_lambda_permission.p', invoke, { after_unknown: { source_arn: true } }),
    'on function `f`, from something that this plan creates',
  ],
  [
    'a function that anybody can call',
    create('aws_lambda_function_url.u', { function_name: 'f', authorization_type: 'NONE' }),
    'anybody can call the function `f` by its URL',
  ],
  [
    'a policy of AWS for a role',
    create('aws_iam_role_policy_attachment.a', {
      role: 'r',
      policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    }),
    'role `r` gets everything that `arn:aws:iam::aws:policy/AdministratorAccess` allows',
  ],
  [
    'a role that leaves its boundary',
    update('aws_iam_role.r', { name: 'r', permissions_boundary: 'arn:b' }, { name: 'r' }),
    'role `r` leaves the permission boundary `arn:b`',
  ],
  [
    'a bucket that can be public',
    update(
      'aws_s3_bucket_public_access_block.b',
      { bucket: 'b', block_public_acls: true, block_public_policy: true },
      { bucket: 'b', block_public_acls: true, block_public_policy: false },
    ),
    'bucket `b` can be made public: `block_public_policy`',
  ],
  [
    'a deny that is deleted with its policy',
    remove('aws_s3_bucket_policy.p', { bucket: 'b', policy: tlsOnly }),
    'bucket `b`: `s3:*` by `*` is **no longer forbidden**, which it was if `{"Bool":{"tls":"false"}}`',
  ],
  [
    'a port open to the internet',
    create('aws_vpc_security_group_ingress_rule.r', {
      security_group_id: 'sg-1',
      ip_protocol: 'tcp',
      from_port: 22,
      cidr_ipv4: '0.0.0.0/0',
    }),
    'machines of `sg-1` can be reached on `tcp 22 from 0.0.0.0/0` — **by the whole internet**',
  ],
  ['a NAT gateway', create('aws_nat_gateway.n', {}), '1 more `aws_nat_gateway`: about $33 a month each'],
  [
    'larger machines',
    update(
      'aws_lambda_function.start',
      { function_name: 'start', environment: [{ variables: { RENDERER_INSTANCE_TYPE: 'c5.large' } }] },
      { function_name: 'start', environment: [{ variables: { RENDERER_INSTANCE_TYPE: 'c5.4xlarge' } }] },
    ),
    '- `aws_lambda_function.start`: `RENDERER_INSTANCE_TYPE` `c5.large` → `c5.4xlarge`\n',
  ],
  [
    'a bundle that a booting machine could need',
    remove('aws_s3_object.o', bundle),
    'The bundle `workers/renderer/abc.tgz` is deleted. A machine whose task names it, and a rollback, find it',
  ],
  [
    'new code of a worker',
    create('aws_s3_object.o', bundle),
    'New code of workers, for machines started from now on: `renderer`',
  ],
  [
    'a removed function',
    remove('aws_lambda_function.f', { function_name: 'f' }),
    'A running execution that still calls `f` fails there.',
  ],
  [
    'a definition that is known after the apply',
    [
      'aws_sfn_state_machine.m',
      ['update'],
      { name: 'm', definition: '{}' },
      { name: 'm' },
      { after_unknown: { definition: true } },
    ],
    'It is known only after the apply, since it names new resources.',
  ],
  [
    'a definition with other formatting',
    update(
      'aws_sfn_state_machine.m',
      { name: 'm', definition: '{"a":1,"b":2}' },
      { name: 'm', definition: '{ "b": 2, "a": 1 }' },
    ),
    'The definition of `m` stays; only its settings change.',
  ],
  [
    'a resource that is renamed in the code',
    ['aws_sns_topic.new', ['no-op'], {}, {}, { previous_address: 'aws_sns_topic.old' }],
    'aws_sns_topic.new moved from aws_sns_topic.old',
  ],
])('reports %s', (_, change, words) => {
  expect(commentOn(change)).toContain(words);
});

test('reports no cost for an S3 endpoint', () => {
  expect(commentOn(create('aws_vpc_endpoint.s3', { service_name: 's3' }))).not.toContain('bill');
});

test('masks a value whose name suggests a secret', () => {
  const comment = commentOn(
    create('aws_lambda_function.f', {
      environment: [{ variables: { API_KEY: 'Hunter2', SECRET_ARN: 'arn:aws:secretsmanager:x' } }],
    }),
  );
  expect(comment).toContain('API_KEY = (sensitive)');
  expect(comment).toContain('SECRET_ARN = arn:aws:secretsmanager:x');
  expect(comment).not.toContain('Hunter2');
});

test('reports changes outside of Terraform, even without planned changes', () => {
  const drift = {
    address: 'aws_sns_topic.t',
    mode: 'managed',
    type: 'aws_sns_topic',
    change: { actions: ['update'], before: {}, after: {} },
  };
  const plan = parsePlan(JSON.stringify({ format_version: '1.2', resource_drift: [drift] }));
  expect(renderPlan(plan, { stage: 'dev' })).toContain('Past Terraform, `aws_sns_topic.t` changed.');
});

const alias = (function_version: unknown, stored = 1) => ({
  ...{ name: 'live', function_name: 'manga-pipeline-fetcher', function_version },
  description: aliasDescription(stored),
});
const role = (...actions: string[]) => ({
  role: 'manga-pipeline-fetcher',
  policy: JSON.stringify({ Statement: { Effect: 'Allow', Action: actions, Resource: 'arn:aws:s3:::b/*' } }),
});
const { function_version: _, ...aliasLater } = alias('');
const newCode: Change = [
  'aws_lambda_alias.live',
  ['update'],
  alias('7'),
  aliasLater,
  { after_unknown: { function_version: true } },
];

describe('whether it can be undone', () => {
  test('new code alone can be', () => {
    expect(commentOn(newCode)).toContain('#### Can it be undone? (1)\n- **Yes**: `make rollback` returns');
  });

  test('a permission that is added changes nothing about it', () => {
    const more = update('aws_iam_role_policy.p', role('s3:GetObject'), role('s3:GetObject', 's3:PutObject'));
    expect(commentOn(newCode, more)).toContain('- **Yes**');
  });

  test('a change without code, settings or definition does not mention it', () => {
    expect(commentOn(create('aws_sqs_queue.q', { name: 'q' }))).not.toContain('undone');
  });

  test.each<[string, Change, string]>([
    [
      'a permission is taken away',
      update('aws_iam_role_policy.p', role('s3:GetObject', 's3:PutObject'), role('s3:GetObject')),
      'role `manga-pipeline-fetcher` can no longer `s3:PutObject` on `arn:aws:s3:::b/*`',
    ],
    [
      'the stored data change',
      update('aws_lambda_alias.a', alias('7', 1), alias('8', 2)),
      '`aws_lambda_alias.a`: the version of the stored data changes from 1 to 2',
    ],
    [
      'a function is deleted',
      remove('aws_lambda_function.f', { function_name: 'f' }),
      '`aws_lambda_function.f`: its versions are deleted with the function',
    ],
    [
      'a table is deleted',
      remove('aws_dynamodb_table.jobs', { name: 'jobs' }),
      '`aws_dynamodb_table.jobs`: the earlier versions use it',
    ],
  ])('not when %s', (_name, change, reason) => {
    const comment = commentOn(newCode, change);
    expect(comment).toContain('- **No**, `make rollback` will refuse');
    expect(comment).toContain(`- ${reason}`);
  });

  test('not after the first deployment', () => {
    expect(commentOn(create('aws_lambda_alias.a', alias('1')))).toContain(
      '- nothing was deployed before that could be returned to',
    );
  });

  test('perhaps, while a policy is known only after the apply', () => {
    const later: Change = [
      'aws_iam_role_policy.p',
      ['update'],
      role('s3:GetObject'),
      { role: 'manga-pipeline-fetcher' },
      { after_unknown: { policy: true } },
    ];
    expect(commentOn(newCode, later)).toContain('- **Perhaps**: `make rollback` refuses if');
  });

  test('the end of a rollback is named, with the versions that are live again', () => {
    expect(commentOn(update('aws_lambda_alias.a', alias('7'), alias('8')))).toContain(
      '- **This ends a rollback**: versions that were undone are live again: `manga-pipeline-fetcher` `7` → `8`',
    );
  });
});

describe('alarms', () => {
  const alarm = { alarm_name: 'no-run', alarm_description: 'No run. https://x.org/r#a', threshold: 1 };

  test('that appear, go or change are named with what they say', () => {
    const comment = commentOn(
      create('aws_cloudwatch_metric_alarm.a', { ...alarm, actions_enabled: false }),
      remove('aws_cloudwatch_metric_alarm.b', { ...alarm, alarm_name: 'old' }),
      update('aws_cloudwatch_metric_alarm.c', alarm, { ...alarm, threshold: 3 }),
    );
    expect(comment).toContain(
      '#### Alarms (3)\n- appears: `no-run`: `No run`, without a notification\n- **goes**: `old`: `No run`\n- changes: `no-run`: `threshold` `1` → `3`\n',
    );
  });

  test('whose text alone changes are left out', () => {
    const other = { ...alarm, alarm_description: 'Other words' };
    expect(commentOn(update('aws_cloudwatch_metric_alarm.a', alarm, other))).not.toContain('#### Alarms');
  });
});

describe('the cost of a month', () => {
  const settings = (quota: string) => ({
    function_name: 'f',
    environment: [
      {
        variables: {
          ...{ DAILY_QUOTA: quota, VOICE: 'edge' },
          ...{ RENDERER_INSTANCE_TYPE: 'c6a.xlarge,c5.xlarge', UPLOADER_INSTANCE_TYPE: 't3a.small' },
        },
      },
    ],
  });

  test('is compared with the previous one, also for unchanged settings', () => {
    const comment = commentOn(update('aws_lambda_function.quota', settings('10'), settings('20')), [
      'aws_lambda_function.same',
      ['no-op'],
      settings('10'),
      settings('10'),
    ]);
    expect(comment).toMatch(
      /- \*\*\+\$18\.\d\d a month\*\*: about \$23\.\d\d → \$41\.\d\d a month for 20 videos a day of 12 minutes/,
    );
  });

  test('is given as a whole for a new stage, and is left out when it stays', () => {
    expect(commentOn(create('aws_lambda_function.f', settings('1')))).toMatch(
      /- About \$7\.\d\d a month for 1/,
    );
    const same = update('aws_lambda_function.f', settings('1'), { ...settings('1'), memory_size: 512 });
    expect(commentOn(same)).not.toMatch(/a month for/);
  });
});
