import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const fixture = (name: string) => join(import.meta.dirname, 'plan-summary/fixtures', `${name}.json`);
function summarize(options: readonly string[], input = '') {
  const script = join(import.meta.dirname, 'plan-summary.ts');
  return spawnSync(process.execPath, [script, ...options], {
    input,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1' },
  });
}

test('reads a plan from standard input or a file, and prints a comment for its stage', () => {
  const piped = summarize(['--stage', 'dev'], readFileSync(fixture('code'), 'utf8'));
  expect(piped.stdout).toMatch(
    /^<!-- plan-summary: dev --><!-- plan-digest: [0-9a-f]{64} -->\n### Plan for `dev`: 5 to change\n/,
  );
  expect(summarize(['--stage', 'dev', fixture('code')]).stdout).toBe(piped.stdout);
});

test('prints the digest of the comment', () => {
  const { stdout } = summarize(['--digest', fixture('code')]);
  expect(stdout).toMatch(/^[0-9a-f]{64}\n$/);
  expect(summarize([fixture('code')]).stdout).toContain(`plan-digest: ${stdout.trim()} `);
});

test('reports invalid input in one line', () => {
  const { stderr, status } = summarize([], 'Error: no plan');
  expect(stderr).toBe('plan-summary: this is not JSON; pipe terraform show -json into it\n');
  expect(status).toBe(1);
});
