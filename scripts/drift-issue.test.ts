import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const script = join(import.meta.dirname, 'drift-issue.sh');
const report = (stage: string, differences: number) =>
  `<!-- drift: ${stage} --><!-- differences: ${differences} -->\ntext\n`;
const bot = { login: 'github-actions[bot]' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drift-'));
  // Responds from a file as GitHub would, through jq like the real one, and records what is written.
  writeFileSync(
    join(folder, 'gh'),
    `#!/bin/bash
case "$*" in *--jq*) exec jq -r "\${@: -1}" "${folder}/issues.json" ;; esac
printf '%s\\n' "$@" >"${folder}/call"
last=\${@: -1}; cp "\${last#body=@}" "${folder}/written"
`,
    { mode: 0o755 },
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

const hasJq = spawnSync('jq', ['--version']).status === 0;
const testWithJq = hasJq ? test : test.skip;

function keep(stage: string, input: string, ...issues: object[]) {
  writeFileSync(join(folder, 'issues.json'), JSON.stringify(issues));
  const env = { PATH: `${folder}:${process.env.PATH}`, GITHUB_REPOSITORY: 'us/comics' };
  const { stderr, status } = spawnSync(script, [stage], { env, input, encoding: 'utf8' });
  const read = (name: string) => readFileSync(join(folder, name), { encoding: 'utf8', flag: 'a+' });
  return { stderr, status, call: read('call').trim().split('\n'), written: read('written') };
}

const others = [
  { number: 1, user: { login: 'somebody' }, body: report('prod', 1) },
  { number: 2, user: bot, body: report('dev', 1) },
  { number: 3, user: bot, body: null },
];
const ours = { number: 4, user: bot, body: report('prod', 1) };

testWithJq('opens an issue for the first difference', () => {
  const { status, call, written } = keep('prod', report('prod', 2), ...others);
  expect(status).toBe(0);
  expect(call.slice(0, -1)).toEqual([
    ...['api', '--silent', 'repos/us/comics/issues', '--raw-field'],
    ...['title=Stage prod was changed outside of Terraform (2)', '--field'],
  ]);
  expect(written).toBe(report('prod', 2));
});

testWithJq('replaces the text of its issue while something differs, and closes it afterwards', () => {
  const { call, written } = keep('prod', report('prod', 3), ...others, ours);
  expect(call).toEqual(expect.arrayContaining(['PATCH', 'repos/us/comics/issues/4', 'state=open']));
  expect(written).toBe(report('prod', 3));
  const closed = keep('prod', report('prod', 0), ...others, ours);
  expect(closed.call).toEqual(expect.arrayContaining(['PATCH', 'repos/us/comics/issues/4', 'state=closed']));
});

testWithJq('writes nothing when nothing differs and no issue is open', () => {
  expect(keep('prod', report('prod', 0), ...others)).toMatchObject({ status: 0, call: [''], written: '' });
});

test.each([
  ['prod', 'hello', 'drift-issue: standard input is not a drift report of prod\n'],
  ['prod', report('dev', 1), 'drift-issue: standard input is not a drift report of prod\n'],
  ['$(id)', report('prod', 1), expect.stringMatching(/^drift-issue: drift-issue.sh STAGE </)],
])('refuses stage %s with a report that starts with %j', (stage, input, message) => {
  expect(keep(stage, input)).toMatchObject({ status: 1, stderr: message, call: [''] });
});
