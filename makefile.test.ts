import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { targets } from './config/commands/index.ts';

/** Without the flags and variables of a make that runs the tests. */
const env = { PATH: process.env.PATH, MANGA_NO_INSTALL: '1' };

/** Returns the environment of a recipe for variables on make's command line. */
function given(...variables: string[]): string {
  const show = `include Makefile\n.PHONY: show\nshow:\n\t@printf '%s\\n' "$$EVENT" "$$REJECT" "$$ONLY" "$$MAKE_VARIABLES"\n`;
  return execFileSync('make', ['-f', '-', 'show', ...variables], {
    cwd: import.meta.dirname,
    env,
    input: show,
    encoding: 'utf8',
  });
}

test('passes variables of the command line to programs exactly as typed', () => {
  const typed = ['{"title":"$(shell exit) # $b"}', 'it costs $5 $$', 'asl|functions/quota'];
  expect(given(`EVENT=${typed[0]}`, `REJECT=${typed[1]}`, `ONLY=${typed[2]}`)).toBe(
    `${typed.join('\n')}\nEVENT ONLY REJECT\n`,
  );
});

const make = (...args: string[]) =>
  spawnSync('make', ['--no-print-directory', ...args], { cwd: import.meta.dirname, env, encoding: 'utf8' });

test.each([
  ['ONYL', ['test', 'ONYL=asl']],
  ['RUNZ', ['bench', 'RUNZ=1']],
  ['SEDE', ['lab', 'WHAT=fuzz', 'SEDE=1']],
])('rejects a misspelt variable: %s', (name, args) => {
  const { stderr, status } = make(...args);
  expect(stderr).toContain(`${name} is not a variable of this command; it has `);
  expect(status).toBe(2);
});

test('every command of ./manga is a target of make, except completion; make help lists at most 25', () => {
  const text = readFileSync(join(import.meta.dirname, 'Makefile'), 'utf8');
  const [, listed = ''] = /^commands := ((?:.*\\\n)*.*)$/m.exec(text) ?? [];
  const written = ['setup', ...listed.split(/[\s\\]+/).filter(Boolean)];
  expect(written.sort()).toEqual([...targets].sort());
  const rows = [...make('help').stdout.matchAll(/^ {2}([a-z]+) +[A-Z]/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual(written);
  expect(rows.length).toBeLessThanOrEqual(25);
});

test('make help lists the commands, and make help demo shows the variables of one, without colours in a pipe', () => {
  const list = make('help');
  expect(list.stdout).toMatch(/^ {2}demo +Make a video of the sample chapter/m);
  const demo = make('help', 'demo');
  expect(demo.stdout).toMatch(/^ {2}CHAPTER=file +a CBZ/m);
  expect([list.stdout, demo.stdout].join('')).not.toContain('\x1b');
  expect([list.status, demo.status]).toEqual([0, 0]);
});

test('a misspelt command gets a suggestion, also from make help', () => {
  for (const typed of [['dmeo'], ['help', 'dmeo']]) {
    const { stderr, status } = make(...typed);
    expect(stderr).toContain("unknown command 'dmeo'\n(Did you mean demo?)\n");
    expect(status).toBe(2);
  }
});
