import { execFile, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { splitWorkerLog } from '../../domain/worker-log.ts';
import { taskSeconds } from '../../domain/worker-task.ts';

const boot = join(import.meta.dirname, 'boot');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'boot-'));
  mkdirSync(join(folder, 'bin'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Creates a command of that name which records its arguments, then runs `body`. */
function fake(name: string, body = ''): void {
  const file = join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/bash\necho "${name} $*" >>"${join(folder, 'calls')}"\n${body}\n`);
  chmodSync(file, 0o755);
}
const calls = () => (existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8') : '');
const environment = (more: Record<string, string>) => ({
  PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
  ...more,
});
const run = (script: string, more: Record<string, string>) =>
  spawnSync(join(boot, script), { env: environment(more), encoding: 'utf8' });

describe('fetch-bundle', () => {
  const token = 'AQBEAAAAKgAAAAMAAAAAAAAAATASKTOKEN';
  const state = () => join(folder, 'state');

  /** Makes a bundle in a bucket that consists of one file; returns its hash. */
  function offer(entry: string): string {
    const archive = join(folder, 'worker.tgz');
    writeFileSync(join(folder, entry), 'console.log("at work");');
    spawnSync('tar', ['-czf', archive, '-C', folder, entry]);
    fake('aws', `cp "${archive}" "\${@: -1}"`);
    mkdirSync(state(), { recursive: true });
    return createHash('sha256').update(readFileSync(archive)).digest('hex');
  }
  const fetchBundle = (more: Record<string, string> = {}) =>
    run('fetch-bundle.sh', {
      STATE_DIRECTORY: state(),
      RETRY_SECONDS: '0',
      TASK_TOKEN: token,
      WORKER_BUNDLE: 's3://artifacts/workers/renderer/abc.tgz',
      ...more,
    });

  test('unpacks the bundle that the task names, and removes an earlier one', () => {
    const workerBundleSha256 = offer('main.mjs');
    mkdirSync(join(state(), 'bundle'));
    writeFileSync(join(state(), 'bundle', 'old.mjs'), '');
    const { status, stderr, stdout } = fetchBundle({ WORKER_BUNDLE_SHA256: workerBundleSha256 });
    expect([status, stderr]).toEqual([0, '']);
    expect(readdirSync(join(state(), 'bundle'))).toEqual(['main.mjs']);
    expect(readdirSync(state()).sort()).toEqual(['bundle', 'tmp']);
    expect(calls()).toMatch(/^aws s3 cp .* s3:\/\/artifacts\/workers\/renderer\/abc\.tgz .*bundle\.\w+\n$/);
    expect(stdout + calls()).not.toContain(token);
  });

  test('does not unpack a bundle with another hash', () => {
    offer('main.mjs');
    const { status, stderr } = fetchBundle({ WORKER_BUNDLE_SHA256: 'a'.repeat(64) });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^fetch-bundle: s3:\S+ has SHA-256 [0-9a-f]{64}, expected a{64}\n$/);
    expect(readdirSync(join(state(), 'bundle'))).toEqual([]);
    expect(readdirSync(state()).sort()).toEqual(['bundle', 'tmp']);
  });

  test('tries three times, then names what it could not read', () => {
    fake('aws', 'exit 1');
    mkdirSync(state());
    const { status, stderr } = fetchBundle({ WORKER_BUNDLE_SHA256: 'a'.repeat(64) });
    expect([status, stderr]).toEqual([
      1,
      "fetch-bundle: s3://artifacts/workers/renderer/abc.tgz can't be read\n",
    ]);
    expect(calls().match(/^aws s3 cp/gm)).toHaveLength(3);
  });

  test('reads a bundle that a deployment has just deleted from the versions of the bucket', () => {
    const workerBundleSha256 = offer('main.mjs');
    const archive = join(folder, 'worker.tgz');
    fake(
      'aws',
      `[[ $2 != cp ]] || { echo 'An error occurred (404): Not Found' >&2; exit 1; }
[[ $2 != list-object-versions ]] || echo 3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY_-MTRCxf3
[[ $2 != get-object ]] || cp "${archive}" "\${@: -1}"`,
    );
    expect(fetchBundle({ WORKER_BUNDLE_SHA256: workerBundleSha256 }).status).toBe(0);
    expect(readdirSync(join(state(), 'bundle'))).toEqual(['main.mjs']);
    expect(calls()).toContain('--bucket artifacts --prefix workers/renderer/abc.tgz');
    expect(calls()).toContain(
      '--key workers/renderer/abc.tgz --version-id=3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY_-MTRCxf3',
    );
  });

  test.each(['None', '--endpoint-url=x;', ''])('does not use %j as a version', (version) => {
    offer('main.mjs');
    fake('aws', `[[ $2 != cp ]] || exit 1\necho '${version}'`);
    expect(fetchBundle({ WORKER_BUNDLE_SHA256: 'a'.repeat(64) }).status).toBe(1);
    expect(calls()).not.toContain('get-object');
  });

  test.each([
    ['no bundle', { WORKER_BUNDLE: '' }, /WORKER_BUNDLE is ''; it must be s3:/],
    ['no bucket', { WORKER_BUNDLE: '/etc/passwd' }, /WORKER_BUNDLE is '\/etc\/passwd'/],
    ['no hash', { WORKER_BUNDLE_SHA256: '' }, /WORKER_BUNDLE_SHA256 is ''; it must be 64 hex/],
  ])('makes no request for a task with %s', (_, more, message) => {
    offer('main.mjs');
    const { status, stderr } = fetchBundle({ WORKER_BUNDLE_SHA256: 'a'.repeat(64), ...more });
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(calls()).toBe('');
  });

  test('rejects a bundle without an entry', () => {
    const { stderr } = fetchBundle({ WORKER_BUNDLE_SHA256: offer('index.mjs') });
    expect(stderr).toBe('fetch-bundle: s3://artifacts/workers/renderer/abc.tgz has no main.mjs\n');
  });
});

describe('the watchdog', () => {
  /** Runs it on a machine `uptime` seconds old, whose unit is in `state` and was started at `started` seconds. */
  function watch(
    uptime: number,
    state: string,
    started: number,
    { worker = 'renderer', poweroff = 0, task = '' } = {},
  ) {
    fake(
      'systemctl',
      `[[ $1 == show ]] || exit ${poweroff}
       echo ActiveState=${state}; echo InactiveExitTimestampMonotonic=${started * 1_000_000}`,
    );
    fake('shutdown');
    writeFileSync(join(folder, 'uptime'), `${uptime}.42 99.00\n`);
    writeFileSync(join(folder, 'worker.env'), `WORKER="${worker}"\nTASK_TOKEN="secret"\n`);
    if (task) writeFileSync(join(folder, 'task'), task);
    const { status, stderr } = run('watchdog.sh', {
      PROC_UPTIME: join(folder, 'uptime'),
      TASK_FILE: join(folder, 'task'),
      WORKER_ENVIRONMENT: join(folder, 'worker.env'),
    });
    expect(status).toBe(0);
    const ends = calls()
      .split('\n')
      .filter((line) => /poweroff|shutdown/.test(line));
    return { ends, reason: stderr };
  }

  test.each([
    ['user data has not started the unit yet', 599, 'inactive', 0, 'renderer'],
    ['the bundle is being downloaded', 700, 'activating', 60, 'renderer'],
    ['a render takes long', 15_300, 'active', 60, 'renderer'],
    ['an upload takes long', 8_100, 'active', 60, 'uploader'],
    ['the result is being sent', 3_000, 'deactivating', 60, 'renderer'],
    ['systemd does not respond, and it is early', 3_000, '', 0, 'renderer'],
  ])('keeps the machine running while %s', (_, uptime, state, started, worker) => {
    expect(watch(uptime, state, started, { worker }).ends).toEqual([]);
  });

  test.each([
    ['the task ended', 120, 'inactive', 60, 'renderer', 'the task ended'],
    ['the task failed', 120, 'failed', 60, 'renderer', 'the task ended'],
    ['no task was started', 600, 'inactive', 0, 'renderer', 'no task was started within 600 s'],
    ['a render exceeds its time', 15_360, 'active', 60, 'renderer', 'still at work after 15300 s'],
    ['an upload exceeds its time', 8_160, 'active', 60, 'uploader', 'still at work after 8100 s'],
    ['an unknown worker exceeds its time', 15_360, 'active', 60, 'x', 'still at work after 15300 s'],
    ['systemd has not responded for hours', 15_360, '', 0, 'renderer', 'still at work'],
  ])('powers off when %s', (_, uptime, state, started, worker, reason) => {
    const done = watch(uptime, state, started, { worker });
    expect(done.ends).toEqual(['systemctl poweroff']);
    expect(done.reason).toContain(reason);
    expect(done.reason).not.toContain('secret');
  });

  test('counts the time of the task that a machine has now', () => {
    const since = 'SINCE=10000\nTASK_TOKEN=secret\n';
    expect(watch(25_299, 'active', 60, { task: since }).ends).toEqual([]);
    const { ends, reason } = watch(25_300, 'active', 60, { task: since });
    expect(ends).toEqual(['systemctl poweroff']);
    expect(reason).not.toContain('secret');
  });

  test.each(['SINCE=20000', 'SINCE=9999999999', 'SINCE=-1', 'SINCE=$(touch /tmp/x)', 'SINCE=010', 'x'])(
    'is not misled by a file that says %j',
    (task) => {
      expect(watch(15_360, 'active', 60, { task }).ends).toEqual(['systemctl poweroff']);
    },
  );

  test('escalates when systemd refuses', () => {
    expect(watch(120, 'failed', 60, { poweroff: 1 }).ends).toEqual(['systemctl poweroff', 'shutdown -P now']);
  });

  test('allows a task longer than the flow waits for it, by at most half an hour', () => {
    const flow = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../asl/pipeline.asl.json'), 'utf8'),
    ) as { States: Record<string, { TimeoutSeconds: number }> };
    const limits = [...readFileSync(join(boot, 'watchdog.sh'), 'utf8').matchAll(/task_limit=(\d+)/g)];
    const [upload = 0, render = 0] = limits.map(([, seconds]) => Number(seconds));
    expect({ uploader: upload, renderer: render }).toEqual(taskSeconds);
    const slack = [render - (flow.States.StartRenderer?.TimeoutSeconds ?? 0)];
    slack.push(upload - (flow.States.StartUploader?.TimeoutSeconds ?? 0));
    for (const seconds of slack) expect([seconds > 0, seconds <= 1800]).toEqual([true, true]);
  });
});

describe('report', () => {
  const log = () => join(folder, 'worker.log');
  /** Runs it after a worker that was killed; returns what Step Functions gets. */
  function report(more: Record<string, string> = {}): { taskToken: string; error: string; cause: string }[] {
    fake('aws', `cat "\${4#file://}" >>"${join(folder, 'failures')}"`);
    const { status, stderr } = run('report.sh', {
      NODE: process.execPath,
      STATE_DIRECTORY: folder,
      WORKER_LOG: log(),
      WORKER: 'renderer',
      TASK_TOKEN: 'token',
      SERVICE_RESULT: 'signal',
      EXIT_STATUS: 'KILL',
      ...more,
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(readdirSync(folder).filter((name) => name.startsWith('answer'))).toEqual([]);
    if (!existsSync(join(folder, 'failures'))) return [];
    return [JSON.parse(readFileSync(join(folder, 'failures'), 'utf8'))];
  }

  test('fails the task with the last lines of the log', () => {
    writeFileSync(log(), 'one\ntwo\n');
    const [failure] = report({ WORKER: 'uploader' });
    expect(failure).toMatchObject({ taskToken: 'token', error: 'UploadError' });
    expect(splitWorkerLog(failure?.cause ?? '')).toEqual({
      cause: 'The machine ended its task: signal KILL',
      log: 'one\ntwo',
    });
    expect(calls()).not.toContain('one');
  });

  test.each([
    ['is empty', ''],
    ['is missing', undefined],
  ])('has only the cause when the log %s', (_, text) => {
    if (text !== undefined) writeFileSync(log(), text);
    expect(report()[0]).toEqual({
      taskToken: 'token',
      error: 'RenderError',
      cause: 'The machine ended its task: signal KILL',
    });
  });

  test.each([
    ['random bytes', randomBytes(100_000)],
    ['zeros and half a character', Buffer.from('a\0b\n\xf0\x9f', 'latin1')],
    ['a line of a million characters', Buffer.from('😀'.repeat(500_000))],
  ])('sends valid text of an allowed length for %s', (_, text) => {
    writeFileSync(log(), text);
    const cause = report()[0]?.cause ?? '';
    expect(cause.isWellFormed()).toBe(true);
    expect(cause.length).toBeLessThanOrEqual(32_768);
    expect(splitWorkerLog(cause).log).toBeDefined();
  });

  test('fails the task that a machine has taken over, or none while it waits', () => {
    writeFileSync(join(folder, 'task'), 'SINCE=900\nTASK_TOKEN=later\n');
    expect(report()).toMatchObject([{ taskToken: 'later' }]);
    rmSync(join(folder, 'failures'));
    writeFileSync(join(folder, 'task'), 'SINCE=990\nTASK_TOKEN=\n');
    expect(report()).toEqual([]);
  });

  test.each([
    ['the worker has succeeded', { SERVICE_RESULT: 'success' }],
    ['no task was given', { TASK_TOKEN: '' }],
  ])('sends nothing when %s', (_, more) => {
    expect(report(more)).toEqual([]);
  });
});

describe('prepare', () => {
  /** IMDSv2 as on EC2: requires a token. */
  async function prepare(more: Record<string, string> = {}) {
    const metadata = createServer((request, response) => {
      const hasToken = request.headers['x-aws-ec2-metadata-token'] === 'session';
      if (request.method === 'PUT') response.end('session');
      else response.writeHead(hasToken ? 200 : 401).end(hasToken ? 'ap-southeast-1' : '');
    });
    await new Promise<void>((resolve) => metadata.listen(0, '127.0.0.1', resolve));
    fake('agent');
    const { stdout, stderr } = await promisify(execFile)(join(boot, 'prepare.sh'), {
      env: environment({
        METADATA_ENDPOINT: `http://127.0.0.1:${(metadata.address() as AddressInfo).port}`,
        RUN_DIRECTORY: join(folder, 'run'),
        LOGS_TEMPLATE: join(import.meta.dirname, 'logs.json'),
        LOG_AGENT: join(folder, 'bin', 'agent'),
        WORKER: 'renderer',
        JOB_ID: 'job-abc',
        WORKER_LOG_GROUP: '/manga-pipeline-dev/workers',
        ...more,
      }),
    });
    metadata.close();
    return stdout + stderr;
  }
  const written = (name: string) => readFileSync(join(folder, 'run', name), 'utf8');

  test('writes the region and sends the logs to the group of the deployment', async () => {
    expect(await prepare()).toBe('');
    expect(written('machine.env')).toBe('AWS_REGION=ap-southeast-1\nAWS_DEFAULT_REGION=ap-southeast-1\n');
    expect(JSON.parse(written('logs.json')).logs.logs_collected.files.collect_list).toEqual([
      {
        file_path: '/var/log/manga-pipeline/worker.log',
        log_group_name: '/manga-pipeline-dev/workers',
        log_stream_name: 'renderer/job-abc/{instance_id}',
      },
    ]);
    expect(calls()).toContain('agent -a fetch-config -m ec2 -s -c file:');
  });

  test('gives a machine that stays more time, and tells its worker', async () => {
    fake('systemctl');
    expect(await prepare({ WORKER_IDLE_MINUTES: '5' })).toBe('');
    expect(calls()).toContain(
      'systemctl start manga-pipeline-late-deadline.timer\nsystemctl stop manga-pipeline-deadline.timer\n',
    );
    expect(written('machine.env')).toContain('MACHINE_SECONDS=43200\n');
  });

  test('a machine that cannot get more time does one task', async () => {
    fake('systemctl', 'exit 1');
    expect(await prepare({ WORKER_IDLE_MINUTES: '5' })).toContain('powers off five hours after boot');
    expect(calls()).not.toContain('stop');
    expect(written('machine.env')).not.toContain('MACHINE_SECONDS');
  });

  test('does not pass invalid names to the agent, and does not stop the task because of them', async () => {
    expect(await prepare({ WORKER_LOG_GROUP: 'x","y":"|e touch' })).toMatch(/no logs are sent/);
    expect(existsSync(join(folder, 'run', 'logs.json'))).toBe(false);
  });
});
