import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { LogEntry } from 'local-aws';
import { localAccess } from 'local-aws/client';
import { clientOf, eventually } from 'local-aws/testing';
import { parseConfig } from '../config/settings/index.ts';
import { type LocalCloud, startLocalCloud } from './cloud.ts';
import { flowPlaceholders, projectSources } from './pipeline.ts';

/** Starts a machine through the real function and waits for it; a lost machine is replaced. */
const flow = {
  StartAt: 'Everything',
  States: {
    Everything: {
      Type: 'Pass',
      Result: Object.keys(flowPlaceholders(parseConfig({}))).map((name) => `\${${name}}`),
      ResultPath: '$.functions',
      Next: 'Render',
    },
    Render: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: {
        FunctionName: '${start-renderer}',
        Payload: { 'job_id.$': '$.job_id', 'task_token.$': '$$.Task.Token' },
      },
      Retry: [{ ErrorEquals: ['SpotInterrupted'], IntervalSeconds: 1, MaxAttempts: 2 }],
      End: true,
    },
  },
};

/** The first machine of a job never responds; the next one does. */
const worker = `
  import { existsSync, writeFileSync } from 'node:fs';
  import { callJson } from '${import.meta.resolve('local-aws/client')}';
  const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, TASK_TOKEN: taskToken, JOB_ID } = process.env;
  const mark = import.meta.dirname + '/' + JOB_ID;
  if (existsSync(mark)) await callJson({ endpoint, region }, 'states', 'SendTaskSuccess', { taskToken, output: '{"done":true}' });
  else {
    writeFileSync(mark, '');
    console.log('working');
    setInterval(() => {}, 1000);
  }
`;

let folder: string;
let lines: LogEntry[];
let cloud: LocalCloud | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-cloud-test-'));
  lines = [];
  write('flow.json', JSON.stringify(flow));
  write('workers/renderer/main.ts', worker);
});
afterEach(async () => {
  await cloud?.close();
  cloud = undefined;
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

async function start(): Promise<LocalCloud> {
  cloud = await startLocalCloud({
    stateDirectory: join(folder, 'state'),
    port: 0,
    config: parseConfig({}),
    log: (entry) => void lines.push(entry),
    sources: {
      functions: projectSources.functions,
      workers: join(folder, 'workers'),
      flow: join(folder, 'flow.json'),
    },
  });
  return cloud;
}

const isWorking = () => eventually('the machine at work', () => lines.some(({ text }) => text === 'working'));

async function render({ endpoint, stateMachineArn }: LocalCloud, jobId: string): Promise<string> {
  const input = JSON.stringify({ job_id: jobId });
  const client = new SFNClient(clientOf(endpoint));
  const { executionArn = '' } = await client.send(new StartExecutionCommand({ stateMachineArn, input }));
  return executionArn;
}

function success({ endpoint }: LocalCloud, executionArn: string): Promise<string> {
  const client = new SFNClient(clientOf(endpoint));
  const probe = async () => {
    const { status, output } = await client.send(new DescribeExecutionCommand({ executionArn }));
    return status === 'RUNNING' ? undefined : `${status} ${output}`;
  };
  return eventually('the end of the execution', probe);
}

describe('the local cloud', () => {
  test('replaces a machine that is lost while the cloud runs', async () => {
    const running = await start();
    const executionArn = await render(running, 'job-lost');
    await isWorking();
    const ec2 = new EC2Client(clientOf(running.endpoint));
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({}));
    const { pid } = workerOf(Reservations?.[0]?.Instances?.[0]?.InstanceId ?? '');
    process.kill(pid, 'SIGKILL');
    expect(await success(running, executionArn)).toBe('SUCCEEDED {"done":true}');
  });

  test('continues after a restart with a new machine for the lost one', async () => {
    const earlier = await start();
    const executionArn = await render(earlier, 'job-restart');
    await isWorking();
    await earlier.close();
    expect(await success(await start(), executionArn)).toBe('SUCCEEDED {"done":true}');
  });

  test('refuses a flow with an unknown function', async () => {
    write('flow.json', JSON.stringify(flow).replace('${cleanup}', '${clean-up}'));
    await expect(start()).rejects.toThrow('The state machine has no value for ${clean-up}');
  });
});

/** Returns the process of an instance, as the cloud recorded it. */
function workerOf(instanceId: string): { pid: number } {
  const stored = JSON.parse(readFileSync(join(folder, 'state', 'instances.json'), 'utf8'));
  return stored.find(({ id }: { id: string }) => id === instanceId).process;
}

test('the README exports what make dev prints', () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  const exported = Object.fromEntries(
    [...readme.matchAll(/^export (.+)$/gm)].flatMap(([, pairs = '']) =>
      pairs.split(' ').map((pair) => pair.split('=') as [string, string]),
    ),
  );
  expect(exported).toEqual(localAccess({ endpoint: 'http://127.0.0.1:8083', region: 'us-east-1' }));
});

const hasCommandLine = isThere('aws');
if (!hasCommandLine) console.warn('aws is not on PATH: its tests are skipped');

(hasCommandLine ? it : it.skip)(
  'the AWS CLI can use every service',
  async () => {
    const { endpoint } = await start();
    const commands: [string, RegExp][] = [
      ['s3 ls', /manga-pipeline-artifacts/],
      ['dynamodb list-tables', /manga-pipeline-jobs/],
      ['lambda list-functions', /manga-pipeline-check-quota/],
      ['ec2 describe-instances', /"Reservations": \[\]/],
      ['sns list-topics', /arn:aws:sns:us-east-1:123456789012:manga-pipeline-errors/],
      ['sts get-caller-identity', /"Account": "123456789012"/],
      ['secretsmanager list-secrets', /"SecretList": \[\]/],
      ['stepfunctions list-state-machines', /stateMachine:manga-pipeline/],
      ['iam list-users', /The service iam is not supported by the local cloud/],
    ];
    await Promise.all(
      commands.map(async ([command, expected]) =>
        expect(`${command}: ${await aws(endpoint, command.split(' '))}`).toMatch(expected),
      ),
    );
  },
  60_000,
);

async function aws(endpoint: string, args: string[]): Promise<string> {
  const { PATH = '', HOME = '' } = process.env;
  const env = {
    PATH,
    HOME,
    AWS_ENDPOINT_URL: endpoint,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  const { stdout, stderr } = await promisify(execFile)('aws', args, { env }).catch((error) => error);
  return `${stdout}${stderr}`;
}

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
