import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const scripts = import.meta.dirname;
const fixture = (name: string) => join(scripts, 'plan-summary/fixtures', `${name}.json`);

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'project-'));
  const put = (path: string, text: string, mode = 0o644) => {
    mkdirSync(join(project, path, '..'), { recursive: true });
    writeFileSync(join(project, path), text, { mode });
  };
  mkdirSync(join(project, 'scripts'));
  cpSync(join(scripts, 'plan-summary-terraform.sh'), join(project, 'scripts/plan-summary-terraform.sh'));
  for (const sourced of ['not-local.sh', 'provider-lock.sh'])
    cpSync(join(scripts, sourced), join(project, 'scripts', sourced));
  symlinkSync(join(scripts, 'plan-summary.ts'), join(project, 'scripts/plan-summary.ts'));
  symlinkSync(join(scripts, '../node_modules'), join(project, 'node_modules'));
  put('cdktf.out/stacks/manga-pipeline/cdk.tf.json', '{}');
  put('manga-pipeline.prod.json', '{"state":{"bucket":"the-state"}}');
  // A plan is the JSON that show prints for it, and a bucket is a folder.
  put(
    'bin/terraform',
    `#!/bin/bash
echo "$*" >>"${project}/calls"
last=\${@: -1}
case $2 in show) cat "$last" ;; plan) cp "${project}/planned.json" "\${last#-out=}" ;; esac\n`,
    0o755,
  );
  put(
    'bin/aws',
    `#!/bin/bash\nat() { case $1 in s3://*) echo "${project}/s3/\${1#s3://}" ;; *) echo "$1" ;; esac; }
to=$(at "\${@: -1}"); mkdir -p "$(dirname "$to")"; cp "$(at "\${@: -2:1}")" "$to" 2>/dev/null\n`,
    0o755,
  );
  put('file', 'one');
  const git = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@y', ...args], { cwd: project });
  git('init', '-q');
  git('add', 'file');
  git('commit', '-qm', 'one');
});
afterEach(() => rmSync(project, { recursive: true }));

function plan(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(join(project, 'scripts/plan-summary-terraform.sh'), args, {
    env: { PATH: `${join(project, 'bin')}:${process.env.PATH}`, HOME: project, TMPDIR: tmpdir() },
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
}
const digestOf = (name: string) =>
  spawnSync(process.execPath, [join(scripts, 'plan-summary.ts'), '--digest', fixture(name)], {
    encoding: 'utf8',
  }).stdout.trim();

test('stores a plan under the hash of its files, and finds it by them', () => {
  expect(plan('store', fixture('code')).status).toBe(0);
  const fetched = join(project, 'fetched');
  expect(plan('fetch', fetched).status).toBe(0);
  expect(readFileSync(fetched, 'utf8')).toBe(readFileSync(fixture('code'), 'utf8'));
  expect(plan('expect', digestOf('code'), fetched)).toEqual({ stdout: '', stderr: '', status: 0 });
});

test('finds no plan for other files', () => {
  plan('store', fixture('code'));
  writeFileSync(join(project, 'file'), 'two');
  spawnSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@y', 'commit', '-qam', 'two'], { cwd: project });
  const { status, stderr } = plan('fetch', join(project, 'fetched'));
  expect(status).toBe(1);
  expect(stderr).toMatch(/^plan: no plan was made for exactly these files/);
  expect(existsSync(join(project, 'fetched'))).toBe(false);
});

test.each([
  ['another plan', 'widening', digestOf('code')],
  ['a digest that is missing', 'code', ''],
])('rejects %s', (_, name, digest) => {
  const { status, stderr } = plan('expect', digest, fixture(name));
  expect(status).toBe(1);
  expect(stderr).toMatch(/^plan: this plan differs from the reviewed one/);
});

test('applies only the plan', () => {
  plan('apply', fixture('code'));
  expect(readFileSync(join(project, 'calls'), 'utf8')).toBe(
    `-chdir=cdktf.out/stacks/manga-pipeline apply -no-color ${fixture('code')}\n`,
  );
});

test('reports how to make a missing stack in one line', () => {
  rmSync(join(project, 'cdktf.out'), { recursive: true });
  expect(plan('validate').stderr).toBe(
    'plan: cdktf.out/stacks/manga-pipeline is missing; run make bundle synth STAGE=prod first\n',
  );
});

test('the workflow reports the drift of each stage, and only reads the account', () => {
  cpSync(
    join(project, 'cdktf.out/stacks/manga-pipeline'),
    join(project, 'cdktf.out/stacks/manga-pipeline-dev'),
    {
      recursive: true,
    },
  );
  const topic = { address: 'aws_sns_topic.t', mode: 'managed', type: 'aws_sns_topic' };
  const change = { actions: ['update'], before: { name: 'a' }, after: { name: 'b' } };
  const changes = [{ ...topic, change }];
  const planned = { format_version: '1.2', resource_drift: changes, resource_changes: changes };
  writeFileSync(join(project, 'planned.json'), JSON.stringify(planned));
  const workflow = readFileSync(join(scripts, '../.github/workflows/drift.yml'), 'utf8');
  const [, step = ''] = /- id: drift\n {8}run: \|\n((?: {10}.*\n)+)/.exec(workflow) ?? [];
  const { status, stderr } = spawnSync('bash', ['-e', '-c', step], {
    cwd: project,
    encoding: 'utf8',
    env: {
      ...{ PATH: `${join(project, 'bin')}:${process.env.PATH}`, HOME: project, RUNNER_TEMP: project },
      ...{
        STAGES: 'prod dev',
        GITHUB_STEP_SUMMARY: join(project, 'summary'),
        GITHUB_OUTPUT: join(project, 'output'),
      },
    },
  });
  expect([status, stderr]).toEqual([0, '']);
  const output = readFileSync(join(project, 'output'), 'utf8');
  const reports = JSON.parse(output.replace('reports=', '')) as { stage: string; report: string }[];
  expect(reports.map(({ stage, report }) => [stage, report.split('\n')[0]])).toEqual(
    ['prod', 'dev'].map((stage) => [stage, `<!-- drift: ${stage} --><!-- differences: 1 -->`]),
  );
  expect(reports.map(({ report }) => report).join('')).toBe(readFileSync(join(project, 'summary'), 'utf8'));
  const calls = readFileSync(join(project, 'calls'), 'utf8').trim().split('\n');
  expect(calls.map((call) => call.split(' ')[1])).toEqual(['init', 'plan', 'show', 'init', 'plan', 'show']);
  for (const call of calls.filter((one) => one.includes(' plan '))) expect(call).toContain('-lock=false');
});
