import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table/index.js';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js';
import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule/index.js';
import { Testing } from 'cdktf';
import { placeholdersOf } from '../asl/definition.ts';
import { type FunctionEntry, functionNames, functions, functionsOf } from '../config/functions.ts';
import { readVariables } from '../config/variables.ts';
import { anchorOf, failureClasses } from '../domain/runbook.ts';
import { pipelineResources } from '../local/pipeline.ts';
import {
  all,
  type Block,
  deployment,
  fakeBundles,
  flow,
  one,
  type Synthesized,
  synthesize,
} from './testing/synthesized.ts';

const dist = fakeBundles();
const prod = synthesize({}, dist);
const prodJson = JSON.stringify(prod);
const dev = synthesize({ stage: 'dev', alarmEmail: undefined }, dist);
const has = (type: { tfResourceType: string }, properties: Record<string, unknown>) =>
  Testing.toHaveResourceWithProperties(prodJson, type.tfResourceType, properties);
const named = (stack: typeof prod, name: string) => one(stack, 'aws_lambda_function', 'function_name', name);

describe('storage', () => {
  test('the bucket is private, encrypted and TLS only', () => {
    const everything = {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    };
    expect(has(S3BucketPublicAccessBlock, everything)).toBe(true);
    expect(
      has(S3BucketServerSideEncryptionConfigurationA, {
        rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }],
      }),
    ).toBe(true);
    expect(all(prod, 'aws_s3_bucket_policy')[0]?.policy).toContain('"aws:SecureTransport":"false"');
  });

  test('deletes abandoned jobs and unfinished uploads', () => {
    const rules = all(prod, 'aws_s3_bucket_lifecycle_configuration')[0]?.rule as Block[];
    expect(rules.map(({ id }) => id)).toEqual([
      'abandoned-jobs',
      'unused-speech',
      'unused-replies',
      'compared-thumbnails',
      'old-versions-of-library',
      'old-versions-of-library-memory',
      'old-versions-of-workers',
      'leftovers',
    ]);
  });

  test.each([
    ['manga-pipeline-jobs', 'job_id'],
    ['manga-pipeline-counters', 'date'],
    ['manga-pipeline-chapters', 'chapter_id'],
  ])('%s has the specified key and can be restored', (name, key) => {
    const recoverable = { point_in_time_recovery: { enabled: true }, deletion_protection_enabled: true };
    expect(has(DynamodbTable, { name, hash_key: key, billing_mode: 'PAY_PER_REQUEST', ...recoverable })).toBe(
      true,
    );
  });
});

describe('functions', () => {
  test.each(functionsOf(deployment()).map((name): [string, FunctionEntry] => [name, functions[name]]))(
    '%s matches its manifest entry',
    (name, entry) => {
      expect(named(prod, `manga-pipeline-${name}`)).toMatchObject({
        memory_size: entry.memory,
        timeout: entry.timeout,
        runtime: 'nodejs24.x',
        handler: 'index.handler',
        architectures: ['x86_64'],
        tracing_config: { mode: 'Active' },
      });
      const logs = one(prod, 'aws_cloudwatch_log_group', 'name', `/aws/lambda/manga-pipeline-${name}`);
      expect(logs.retention_in_days).toBe(30);
    },
  );

  test.each(functionsOf(deployment()).map((name): [string, FunctionEntry] => [name, functions[name]]))(
    '%s starts with the environment of a deployment',
    (name, entry) => {
      const { variables } = named(prod, `manga-pipeline-${name}`).environment as { variables: Block };
      const given = Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, String(value)]));
      expect(() => readVariables(name, entry.environment, given)).not.toThrow();
    },
  );

  test('have the environment of the manifest; a launcher names the code of its worker', () => {
    const { variables } = named(prod, 'manga-pipeline-start-renderer').environment as { variables: Block };
    const optional: string[] = [
      ...['CHANNELS', 'DYNAMODB_MACHINES_TABLE', 'FFMPEG_PATH', 'MUSIC_BY_MOOD', 'MUSIC_CREDIT'],
      ...['FFMPEG_BUNDLE', 'FFMPEG_BUNDLE_SHA256'],
    ];
    const wanted = functions['start-renderer'].environment.filter((name) => !optional.includes(name));
    expect(Object.keys(variables).sort()).toEqual([...wanted].sort());
    expect(variables.WORKER_BUNDLE).toMatch(/^s3:\/\/.*\/workers\/renderer\/[0-9a-f]{64}\.tgz$/);
    expect(variables.WORKER_BUNDLE).toContain(variables.WORKER_BUNDLE_SHA256);
  });

  test('the fetcher has room for the largest archive', () => {
    expect(named(prod, 'manga-pipeline-fetcher').ephemeral_storage).toEqual({ size: 5120 });
  });

  test('each publishes versions, and has one alias that follows the newest', () => {
    const aliases = all(prod, 'aws_lambda_alias');
    expect(aliases.map(({ name }) => name)).toEqual(functionsOf(deployment()).map(() => 'live'));
    for (const { function_name, function_version } of aliases)
      expect(String(function_version)).toBe(String(function_name).replace('.function_name}', '.version}'));
    expect(all(prod, 'aws_lambda_function').every(({ publish }) => publish === true)).toBe(true);
  });

  test('each has its own role', () => {
    const roles = functionsOf(deployment()).map((name) => named(prod, `manga-pipeline-${name}`).role);
    expect(new Set(roles).size).toBe(roles.length);
  });

  test('runs one fetcher at a time if the account allows it', () => {
    const reserved = synthesize({ reserveConcurrency: true }, dist);
    expect(named(reserved, 'manga-pipeline-fetcher').reserved_concurrent_executions).toBe(1);
    expect(named(reserved, 'manga-pipeline-cleanup').reserved_concurrent_executions).toBeUndefined();
  });
});

describe('shards on functions', () => {
  const shards = { renderShards: 20, renderShardsOn: 'functions' };
  const stage = synthesize(shards, dist);

  test('add one function with FFmpeg as a layer, which the flow calls and no event does', () => {
    const names = (stack: Synthesized) =>
      all(stack, 'aws_lambda_function').map(({ function_name }) => function_name);
    expect(names(stage).filter((name) => !names(prod).includes(name))).toEqual(['manga-pipeline-render']);
    expect(named(stage, 'manga-pipeline-render')).toMatchObject({
      ...{ memory_size: 1769, timeout: 900, ephemeral_storage: { size: 4096 } },
      layers: [expect.stringContaining('sharp'), expect.stringContaining('ffmpeg')],
    });
    expect(String(all(stage, 'aws_sfn_state_machine')[0]?.definition)).toMatch(
      /"RenderOnFunction".*functions_render_live/s,
    );
  });

  test("the machines of the stage get the layer's FFmpeg, from where they read their code", () => {
    const { variables } = named(stage, 'manga-pipeline-start-renderer').environment as { variables: Block };
    expect(variables.FFMPEG_BUNDLE).toMatch(/^s3:\/\/.*\/workers\/renderer\/[0-9a-f]{64}\.gz$/);
    expect(variables.FFMPEG_BUNDLE).toContain(variables.FFMPEG_BUNDLE_SHA256);
  });

  test.each([
    ['on machines', { renderShards: 20 }],
    ['that are off', { renderShards: 0, renderShardsOn: 'functions' }],
  ])('shards %s need neither', (_, over) => {
    const other = synthesize(over, dist);
    expect(all(other, 'aws_lambda_function')).toHaveLength(11);
    expect(all(other, 'aws_lambda_layer_version')).toHaveLength(1);
    expect(JSON.stringify(other.resource)).not.toContain('FFMPEG_BUNDLE');
  });
});

describe('pipeline', () => {
  const machine = all(prod, 'aws_sfn_state_machine')[0];

  test('the state machine is the ASL file and calls every function', () => {
    const definition = String(machine?.definition);
    expect(JSON.parse(definition).StartAt).toBe('StartRun');
    const called = new Set(definition.match(/\$\{aws_lambda_alias\.[^}]+\.arn\}/g));
    expect(called.size).toBe(functionsOf(deployment()).length);
    expect(placeholdersOf(flow)).toEqual(expect.arrayContaining(functionNames));
    expect(definition).not.toMatch(/\$\{(?!aws_lambda_alias\.)/);
  });

  test('rejects an ASL placeholder without a value by name', () => {
    expect(() => synthesize({}, dist, flow.replace('${fetcher}', '${fetchr}'))).toThrow(
      'The state machine has no value for ${fetchr}',
    );
  });

  test('its log has no data, since a task token is a credential', () => {
    expect(machine?.logging_configuration).toMatchObject({ level: 'ALL', include_execution_data: false });
    expect(machine?.tracing_configuration).toEqual({ enabled: true });
  });

  test('the schedule uses its time zone, retries, and sends failed starts to the dead letters', () => {
    const schedule = all(prod, 'aws_scheduler_schedule')[0];
    expect(has(SchedulerSchedule, { schedule_expression: 'cron(0 1 * * ? *)' })).toBe(true);
    expect(schedule).toMatchObject({
      schedule_expression_timezone: 'America/Los_Angeles',
      target: {
        dead_letter_config: { arn: expect.stringContaining('aws_sqs_queue') },
        retry_policy: { maximum_event_age_in_seconds: 21_600, maximum_retry_attempts: 20 },
      },
    });
  });

  test('does not schedule a stage that cannot make a video yet', () => {
    expect(all(prod, 'aws_scheduler_schedule')[0]?.state).toBe('DISABLED');
    expect(prod.output.schedule?.value).toMatch(/^off: publisher: folder works on one machine only/);
  });

  test('events of machines reach both callbacks, those of executions handle-error', () => {
    const targets = all(prod, 'aws_cloudwatch_event_target');
    expect(targets.map(({ target_id }) => target_id)).toEqual([
      ...['handle-error', 'handle-error'],
      ...['renderer-callback', 'uploader-callback'],
      ...['renderer-callback', 'uploader-callback'],
    ]);
    const permissions = all(prod, 'aws_lambda_permission');
    expect(permissions.map(({ qualifier }) => qualifier)).toEqual(targets.map(() => 'live'));
    for (const { arn } of targets) expect(arn).toMatch(/^\$\{aws_lambda_alias\..*\.arn\}$/);
    for (const { dead_letter_config } of targets)
      expect(dead_letter_config).toEqual({ arn: expect.stringContaining('aws_sqs_queue') });
  });

  test('the end and the redrive of an execution are events only of this state machine', () => {
    const rules = all(prod, 'aws_cloudwatch_event_rule').filter(({ name }) =>
      String(name).includes('execution-'),
    );
    const patterns = rules.map(({ name, event_pattern }) => [name, JSON.parse(String(event_pattern)).detail]);
    const stateMachineArn = [expect.stringMatching(/^\$\{aws_sfn_state_machine\..*\.arn\}$/)];
    expect(Object.fromEntries(patterns)).toEqual({
      'manga-pipeline-execution-ended': {
        stateMachineArn,
        status: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'],
      },
      'manga-pipeline-execution-redriven': {
        ...{ stateMachineArn, status: ['RUNNING'], redriveCount: [{ 'anything-but': [0] }] },
      },
    });
  });
});

describe('alarms', () => {
  const alarms = (stack: typeof prod) =>
    new Map(all(stack, 'aws_cloudwatch_metric_alarm').map((alarm) => [alarm.alarm_name, alarm]));

  test('watch runs, functions, machines and dead letters, and notify the topic', () => {
    expect([...alarms(prod).keys()].sort()).toEqual(
      [
        ...['execution-failed', 'no-run', 'dead-letters', 'old-worker'],
        ...functionsOf(deployment()).flatMap((name) => [`${name}-errors`, `${name}-throttles`]),
        ...['failing-days', ...failureClasses.map((failure) => `failed-${failure}`)],
      ]
        .map((name) => `manga-pipeline-${name}`)
        .sort(),
    );
    for (const alarm of alarms(prod).values())
      expect(alarm.alarm_actions).toEqual([expect.stringMatching(/aws_sns_topic\..+\.arn/)]);
  });

  test('each is in the runbook and links to it', () => {
    const { runbookUrl } = deployment();
    const page = readFileSync(join(import.meta.dirname, '../docs/runbook.md'), 'utf8');
    const known = page.split('\n').filter((line) => line.startsWith('| alarm '));
    for (const [name, alarm] of alarms(prod)) {
      const short = name?.toString().replace('manga-pipeline-', '') ?? '';
      const kind = short.replace(/^.*-(errors|throttles)$/, '-$1').replace(/^failed-.*$/, 'failed-<class>');
      expect(known.filter((line) => line.includes(`${kind}\``))).toHaveLength(1);
      const section = short.startsWith('failed-') ? short.slice('failed-'.length) : 'What to do first';
      expect(alarm.alarm_description).toContain(`. ${runbookUrl}#${anchorOf(section)}`);
    }
  });

  test('no notification for silence when the schedule is off, nor for failures that a message reported', () => {
    const quiet = [...alarms(prod)].filter(([, alarm]) => !alarm.actions_enabled).map(([name]) => name);
    const told = failureClasses.map((failure) => `manga-pipeline-failed-${failure}`);
    expect(quiet.sort()).toEqual(['manga-pipeline-no-run', ...told].sort());
  });
});

describe('budget', () => {
  test('notifies the topic, which accepts it, before and when the month exceeds the amount', () => {
    expect(all(prod, 'aws_budgets_budget')).toEqual([]);
    const stack = synthesize({ monthlyBudgetUsd: 40 }, dist);
    const [budget] = all(stack, 'aws_budgets_budget');
    expect(budget).toMatchObject({ limit_amount: '40', limit_unit: 'USD', time_unit: 'MONTHLY' });
    const notifications = budget?.notification as Block[];
    expect(notifications.map((one) => [one.notification_type, one.threshold])).toEqual([
      ['ACTUAL', 80],
      ['FORECASTED', 100],
    ]);
    for (const { subscriber_sns_topic_arns } of notifications)
      expect(subscriber_sns_topic_arns).toEqual([expect.stringMatching(/aws_sns_topic\..+\.arn/)]);
    expect(all(stack, 'aws_sns_topic_policy')[0]?.policy).toContain('budgets.amazonaws.com');
  });
});

describe('workers', () => {
  test('a machine accepts no connection and can only open HTTPS', () => {
    expect(all(prod, 'aws_vpc_security_group_ingress_rule')).toEqual([]);
    expect(all(prod, 'aws_security_group').every(({ ingress }) => ingress === undefined)).toBe(true);
    expect(all(prod, 'aws_vpc_security_group_egress_rule')[0]).toMatchObject({
      from_port: 443,
      to_port: 443,
    });
  });

  test('uses your own network unchanged', () => {
    const given = { vpcId: 'vpc-0123456789abcdef0', subnetIds: ['subnet-0123456789abcdef0'] };
    const own = synthesize(given, dist);
    expect(all(own, 'aws_vpc')).toEqual([]);
    const { variables } = named(own, 'manga-pipeline-start-renderer').environment as { variables: Block };
    expect(variables.RENDERER_SUBNET_ID).toBe('subnet-0123456789abcdef0');
  });
});

test('the service-linked role for Spot is created by the one stage that asks for it', () => {
  expect(all(prod, 'aws_iam_service_linked_role')).toEqual([]);
  const [role] = all(synthesize({ createSpotRole: true }, dist), 'aws_iam_service_linked_role');
  expect(role).toMatchObject({ aws_service_name: 'spot.amazonaws.com' });
});

test('two stages have no name in common', () => {
  const namesIn = (stack: typeof prod) =>
    [
      'aws_lambda_function',
      'aws_dynamodb_table',
      'aws_iam_role',
      'aws_sfn_state_machine',
      'aws_sns_topic',
    ].flatMap((type) => all(stack, type).map((block) => String(block.function_name ?? block.name)));
  expect(namesIn(dev).filter((name) => !name.startsWith('manga-pipeline-dev'))).toEqual([]);
  expect(namesIn(prod).filter((name) => namesIn(dev).includes(name))).toEqual([]);
  expect(dev.terraform.backend.s3?.key).toBe('manga-pipeline/dev.tfstate');
});

test('prod has the same names as the local cloud', () => {
  const { jobsTable, countersTable, chaptersTable } = pipelineResources('us-east-1');
  const names = all(prod, 'aws_dynamodb_table').map(({ name }) => name);
  expect(names.sort()).toEqual([chaptersTable, countersTable, jobsTable]);
});

test('machines that stay have a table, named as in the local cloud, that only their functions and roles can use', () => {
  const { machinesTable } = pipelineResources('us-east-1');
  const stays = synthesize({ workerIdleMinutes: 5 });
  expect(all(stays, 'aws_dynamodb_table').map(({ name }) => name)).toContain(machinesTable);
  const users = (stack: typeof stays) =>
    all(stack, 'aws_iam_role_policy').filter(({ policy }) =>
      String(policy).includes(`table/${machinesTable}`),
    );
  expect(users(prod)).toEqual([]);
  // Two workers, their start functions and their callbacks.
  expect(users(stays)).toHaveLength(6);
});

test('every table can be recovered and, in prod, not be deleted; the bucket keeps old versions of its library', () => {
  const tables = all(prod, 'aws_dynamodb_table');
  expect(tables).toHaveLength(3);
  for (const table of tables)
    expect(table).toMatchObject({
      deletion_protection_enabled: true,
      point_in_time_recovery: { enabled: true },
    });
  const [versions] = all(prod, 'aws_s3_bucket_versioning');
  expect(versions).toMatchObject({ versioning_configuration: { status: 'Enabled' } });
  const [{ rule = [] } = {}] = all(prod, 'aws_s3_bucket_lifecycle_configuration') as { rule?: unknown[] }[];
  expect(rule).toContainEqual(
    expect.objectContaining({
      filter: [{ prefix: 'library/' }],
      noncurrent_version_expiration: [{ noncurrent_days: 30 }],
    }),
  );
});

test('a stage with another channel differs in its secret, the right to read it, and the variable that names it', () => {
  const more = synthesize({ channels: { 'truyen-ma': { dailyQuota: 3 } } });
  const secretsOf = (stack: typeof more) => all(stack, 'aws_secretsmanager_secret').map(({ name }) => name);
  expect(secretsOf(more).sort()).toEqual(
    [...secretsOf(synthesize({})), 'manga-pipeline/youtube/truyen-ma'].sort(),
  );
  const variables = JSON.stringify(more.resource.aws_lambda_function);
  expect(variables).toContain('CHANNELS');
  expect(JSON.stringify(synthesize({}).resource)).not.toContain('CHANNELS');
});

test('creates secrets empty', () => {
  expect(all(prod, 'aws_secretsmanager_secret').map(({ name }) => name)).toContain('manga-pipeline/youtube');
  expect(prod.resource.aws_secretsmanager_secret_version).toBeUndefined();
});

test('reports a missing bundle with the command that builds it', () => {
  expect(() => synthesize({}, '/nowhere')).toThrow(
    /^dist\/workers\/renderer-x86_64\.tgz is missing; run make bundle STAGE=prod$/,
  );
});

describe('a stage that tries its deployments with one job', () => {
  const tried = synthesize({ canary: 'one-job' }, dist);
  const aliases = all(tried, 'aws_lambda_alias');
  const machines = new Map(all(tried, 'aws_sfn_state_machine').map((machine) => [machine.name, machine]));

  test('deploys to the alias canary, and keeps what is live', () => {
    const kept = aliases.map(({ name, lifecycle }) => [name, Object(lifecycle).ignore_changes]);
    expect(new Set(kept.map(([name]) => name))).toEqual(new Set(['live', 'canary']));
    for (const [name, ignored] of kept)
      expect(ignored).toEqual(name === 'live' ? ['function_version'] : undefined);
    expect(machines.get('manga-pipeline')?.lifecycle).toEqual({ ignore_changes: ['definition'] });
    expect(machines.get('manga-pipeline-canary-run')?.lifecycle).toBeUndefined();
  });

  test('has a state machine that differs only in the aliases that it calls', () => {
    const definition = (name: string) => String(machines.get(name)?.definition);
    expect(definition('manga-pipeline-canary-run').replaceAll('_canary_', '_live_').length).toBe(
      definition('manga-pipeline').length,
    );
    expect(definition('manga-pipeline-canary-run')).not.toContain('_live_');
    expect(definition('manga-pipeline')).not.toContain('_canary_');
  });

  test('reports the end of its executions like that of others', () => {
    const patterns = all(tried, 'aws_cloudwatch_event_rule')
      .filter(({ name }) => String(name).includes('execution-'))
      .map(({ event_pattern }) => JSON.parse(String(event_pattern)).detail.stateMachineArn.length);
    expect(patterns).toEqual([2, 2]);
  });

  test('without it there is one alias and one state machine', () => {
    expect(all(prod, 'aws_sfn_state_machine')).toHaveLength(1);
    expect(all(prod, 'aws_lambda_alias').every(({ lifecycle }) => lifecycle === undefined)).toBe(true);
  });
});
