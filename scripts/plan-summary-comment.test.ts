import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const script = join(import.meta.dirname, 'plan-summary-comment.sh');
const digest = 'd'.repeat(64);
const summary = (stage: string, text = 'three to change') =>
  `<!-- plan-summary: ${stage} --><!-- plan-digest: ${digest} -->\n${text}\n`;
const bot = { login: 'github-actions[bot]' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comment-'));
  // Responds from files as GitHub would, through jq like the real one, and records what is written.
  writeFileSync(
    join(folder, 'gh'),
    `#!/bin/bash
echo "$*" >>"${folder}/calls"
for ((i = 1; i <= $#; i++)); do
  [[ \${!i} == --field ]] && { j=$((i + 1)); field=\${!j}; cp "\${field#body=@}" "${folder}/written"; exit; }
  [[ \${!i} == --jq ]] && { j=$((i + 1)); filter=\${!j}; }
done
[[ "$*" == *commits* ]] && file=pulls || file=comments
jq -r "$filter" "${folder}/$file.json"
`,
    { mode: 0o755 },
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

const hasJq = spawnSync('jq', ['--version']).status === 0;
const testWithJq = hasJq ? test : test.skip;

function comment(
  args: string[],
  { comments = [] as object[], pulls = [{ number: 7, merged_at: 'now' }] as object[], input = '' } = {},
) {
  writeFileSync(join(folder, 'comments.json'), JSON.stringify(comments));
  writeFileSync(join(folder, 'pulls.json'), JSON.stringify(pulls));
  const env = { PATH: `${folder}:${process.env.PATH}`, GITHUB_REPOSITORY: 'us/comics' };
  const { stdout, stderr, status } = spawnSync(script, args, { env, input, encoding: 'utf8' });
  return {
    stdout,
    stderr,
    status,
    calls: readFileSync(join(folder, 'calls'), { encoding: 'utf8', flag: 'a+' }),
  };
}

const others = [
  { id: 1, user: { login: 'somebody' }, body: summary('prod') },
  { id: 2, user: bot, body: summary('dev') },
];

testWithJq('creates a comment for the first plan', () => {
  const { calls, status } = comment(['write', 'prod', '7'], { comments: others, input: summary('prod') });
  expect(status).toBe(0);
  expect(calls).toMatch(/api --silent repos\/us\/comics\/issues\/7\/comments --field/);
  expect(readFileSync(join(folder, 'written'), 'utf8')).toBe(summary('prod'));
});

testWithJq('replaces its own comment with the next plan', () => {
  const comments = [...others, { id: 3, user: bot, body: summary('prod', 'old') }];
  const { calls } = comment(['write', 'prod', '7'], { comments, input: summary('prod') });
  expect(calls).toMatch(/--method PATCH repos\/us\/comics\/issues\/comments\/3 --field/);
});

testWithJq('does not write input that is not a summary', () => {
  const { status, stderr } = comment(['write', 'prod', '7'], { input: 'hello' });
  expect([status, stderr]).toEqual([1, 'plan-summary-comment: standard input is not a plan summary\n']);
});

testWithJq('reads the digest from the first line of its comment', () => {
  const forged = summary('prod').replaceAll('d', 'e');
  const comments = [
    { id: 1, user: { login: 'somebody' }, body: forged },
    { id: 3, user: bot, body: summary('prod', `<!-- plan-digest: ${'e'.repeat(64)} -->`) },
  ];
  expect(comment(['read', 'prod', 'abc'], { comments }).stdout).toBe(`${digest}\n`);
});

testWithJq.each([
  [
    'without a pull request',
    { pulls: [{ number: 7, merged_at: null }] },
    'commit abc has no merged pull request',
  ],
  ['without a plan', { comments: others }, 'pull request 7 has no plan of prod'],
])('does not deploy a commit %s', (_, state, message) => {
  const { status, stderr } = comment(['read', 'prod', 'abc'], state);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
});
