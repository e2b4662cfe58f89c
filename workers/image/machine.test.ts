/** Boots the real units under the real systemd, in a container of this machine's own programs, and runs one task. */
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { renderUserData } from '../../domain/worker-task.ts';

const image = import.meta.dirname;
const library = '/usr/local/lib/manga-pipeline';
const agent = '/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl';

/** Why no container can be booted here; undefined when one can. */
function obstacle(): string | undefined {
  if (process.getuid?.() !== 0) return 'booting a container needs root';
  if (spawnSync('systemd-nspawn', ['--version']).status !== 0) return 'systemd-nspawn is not installed';
  const tried = spawnSync('systemd-nspawn', [...quiet, '--volatile=yes', '--directory=/', '/bin/true'], {
    timeout: 30_000,
  });
  return tried.status === 0 ? undefined : 'systemd-nspawn can start no container here';
}
const quiet = ['--quiet', '--register=no', '--keep-unit', '--private-network', '--console=read-only'];

/** Makes a root folder with what provision.sh installs, and a bundle that a fake `aws` downloads. */
function buildMachine(main: string): string {
  const root = mkdtempSync(join(tmpdir(), 'machine-'));
  const write = (path: string, text: string, mode = 0o644) => {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
  };
  chmodSync(root, 0o755);
  for (const name of ['bin', 'lib', 'lib64', 'sbin'])
    if (existsSync(`/${name}`)) symlinkSync(`usr/${name}`, join(root, name));
  for (const folder of ['usr', 'etc', 'var/log', 'proc', 'sys', 'dev', 'run', 'tmp', 'seen'])
    mkdirSync(join(root, folder), { recursive: true });
  write('etc/os-release', 'ID=debian\n');
  chmodSync(join(root, 'seen'), 0o777);
  cpSync(join(image, 'units'), join(root, 'etc/systemd/system'), { recursive: true });
  cpSync(join(image, 'sysusers.conf'), join(root, 'etc/sysusers.d/manga-pipeline.conf'));
  cpSync(join(image, 'tmpfiles.conf'), join(root, 'etc/tmpfiles.d/manga-pipeline.conf'));
  // Below /usr/local, which is mounted over the read-only programs of this machine.
  cpSync(join(image, 'boot'), join(root, `.local/${library.slice('/usr/local/'.length)}`), {
    recursive: true,
  });
  cpSync(join(image, 'logs.json'), join(root, '.local/lib/manga-pipeline/logs.json'));
  write('.local/bin/node', `#!/bin/sh\nexec /node "$@"\n`, 0o755);
  write(
    '.local/bin/aws',
    '#!/bin/bash\ncase $1 in s3) cp /bundle.tgz "${@: -1}" ;; *) echo "$*" >>/seen/calls; cp "${4#file://}" /seen/answer ;; esac\n',
    0o755,
  );
  write('etc/systemd/system/manga-pipeline-worker.service.d/test.conf', '[Service]\nReadWritePaths=/seen\n');
  // The agent's own service also runs as cwagent.
  write(agent, '#!/bin/sh\nsystemctl --no-block start log-agent.service\n', 0o755);
  write(
    'etc/systemd/system/log-agent.service',
    '[Service]\nUser=cwagent\nTimeoutStopSec=1\nExecStart=/bin/sh -c "while sleep 0.1; do cat /var/log/manga-pipeline/worker.log >/seen/new && mv /seen/new /seen/sent; done"\n',
  );
  write(
    'etc/systemd/system/manga-pipeline-prepare.service.d/test.conf',
    '[Service]\nEnvironment=METADATA_ENDPOINT=none:\n',
  );
  write(
    'etc/systemd/system/user-data.service',
    '[Unit]\nAfter=basic.target\n[Service]\nType=oneshot\nExecStart=/bin/bash /user-data\n',
  );
  write('etc/systemd/system/first-boot.target', '[Unit]\nRequires=basic.target user-data.service\n');
  // Without it, systemd would enable every service of this machine's packages.
  write('etc/machine-id', '0123456789abcdef0123456789abcdef\n');
  const bundle = join(root, 'bundle');
  mkdirSync(bundle);
  writeFileSync(join(bundle, 'main.mjs'), main);
  spawnSync('tar', ['-czf', join(root, 'bundle.tgz'), '-C', bundle, 'main.mjs']);
  return root;
}

interface Outcome {
  /** Returns the content of a file below /seen; undefined when nothing wrote it. */
  seen(name: string): string | undefined;
}

/** Boots a machine that runs `main`, with user data as its function makes it, until it powers off. */
async function runMachine(main: string, environment: Record<string, string> = {}): Promise<Outcome> {
  const root = buildMachine(main);
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'bundle.tgz')))
    .digest('hex');
  const task = {
    ...{ WORKER: 'renderer', JOB_ID: 'job-abc123', TASK_TOKEN: 'the-token' },
    ...{ WORKER_BUNDLE: 's3://bucket/renderer.tgz', WORKER_BUNDLE_SHA256: hash, ...environment },
  };
  writeFileSync(join(root, 'user-data'), renderUserData(task));
  const mounts = [
    '--bind-ro=/usr',
    `--bind-ro=${join(root, '.local')}:/usr/local`,
    `--bind-ro=${process.execPath}:/node`,
  ];
  const { stdout, stderr } = await promisify(execFile)(
    'systemd-nspawn',
    [...quiet, `--directory=${root}`, ...mounts, '--boot', 'systemd.unit=first-boot.target'],
    { timeout: 120_000 },
  );
  const files = new Map(
    readdirSync(join(root, 'seen')).map((name) => [name, readFileSync(join(root, 'seen', name), 'utf8')]),
  );
  rmSync(root, { recursive: true, force: true });
  if (stderr.includes('Trying to halt')) throw new Error(`the machine did not power off: ${stdout}`);
  return { seen: (name) => files.get(name) };
}

const why = obstacle();
const onSystemd = why ? describe.skip : describe;
if (why) console.warn(`skipped: ${why}`);

onSystemd('a machine', () => {
  let finished: Outcome;
  let failed: Outcome;
  let unverified: Outcome;
  beforeAll(async () => {
    // One after the other: with --keep-unit they share the control group of their units, and the end of one would kill another's report.
    finished = await runMachine('console.log("a line of the worker"); setTimeout(() => {}, 1000);');
    failed = await runMachine(
      'for (let line = 0; line < 300; line += 1) console.log("Dòng " + line); process.exit(3);',
    );
    unverified = await runMachine('console.log("never run");', {
      WORKER: 'uploader',
      WORKER_BUNDLE_SHA256: '0'.repeat(64),
    });
  }, 400_000);

  test('lets the log agent read what the worker writes, and powers off when the task ends', () => {
    expect(finished.seen('sent')).toBe('fetch-bundle: s3://bucket/renderer.tgz\na line of the worker\n');
    expect(finished.seen('answer')).toBeUndefined();
  });

  test('fails the task of a worker that ends without an answer, with the last lines of its log', () => {
    expect(failed.seen('calls')).toContain('stepfunctions send-task-failure');
    expect(failed.seen('calls')).not.toContain('the-token');
    const answer = JSON.parse(failed.seen('answer') ?? '');
    expect(answer).toMatchObject({ taskToken: 'the-token', error: 'RenderError' });
    expect(answer.cause).toMatch(
      /^The machine ended its task: exit-code 3\n\nLast lines of the worker:\nDòng 100\n/,
    );
    expect(answer.cause).toMatch(/\nDòng 299$/);
  });

  test('fails the task of an uploader whose code cannot be verified', () => {
    const answer = JSON.parse(unverified.seen('answer') ?? '');
    expect(answer.error).toBe('UploadError');
    expect(answer.cause).toContain('has SHA-256');
  });
});
