import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { commandsOfPages, unusedReasons } from './testing/documented-commands.ts';
import { isInstalled, openShell, type ShellName, shells } from './testing/shell.ts';

/**
 * Compares what bash and zsh make of every command of the README and the docs: globs, quotes, `=`, `~`, `!` and comments. Nothing
 * is run: each program only records its arguments. documented-commands.long.ts runs the commands in both shells.
 */
const folder = mkdtempSync(join(tmpdir(), 'arguments-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const commands = await commandsOfPages();
const lines = commands.map(({ line }) => line);

test('every reason for not running a command applies to one', () => {
  expect(unusedReasons(commands)).toEqual([]);
});

test('no command has a comment behind it, which an interactive zsh passes to the program', () => {
  expect(commands.filter(({ line }) => /\s#/.test(line))).toEqual([]);
});

/** Writes all words of a call at once, since the programs of a pipe run at the same time. */
const write = `IFS=$'\\037'; printf '%s\\n' "$*" >> "$RECORD"`;
const record = `set -- "$0" "$@"; ${write}`;
/** A shell calls these for each program that it does not find. */
const handlers = {
  bash: `command_not_found_handle() { local IFS; ${write}; }`,
  zsh: `command_not_found_handler() { local IFS; ${write}; }`,
};

/** Returns what each line runs: the words of each program, and the variables that `export` sets. */
async function argumentsIn(name: ShellName, pasted: readonly string[]): Promise<string[][]> {
  const cwd = join(folder, name);
  mkdirSync(cwd, { recursive: true });
  writeFileSync(join(cwd, 'youtube.json'), '{}');
  for (const program of new Set(
    pasted.flatMap((line) => /^\.[^ ]*\//.exec(line)?.input.split(' ', 1) ?? []),
  )) {
    mkdirSync(dirname(join(cwd, program)), { recursive: true });
    writeFileSync(join(cwd, program), `#!/bin/bash\n${record}\n`);
    chmodSync(join(cwd, program), 0o755);
  }
  const shell = openShell(name, cwd, { HOME: '/home/reader', RECORD: join(cwd, 'record') });
  try {
    await shell.paste(`PATH=/nowhere; ${handlers[name]}`);
    const recorded: string[][] = [];
    for (const line of pasted) {
      writeFileSync(join(cwd, 'record'), '');
      const [, names = ''] = /^export (.*)/.exec(line) ?? [];
      const shown = names ? `; variables ${names.replace(/(\w+)=\S+/g, '"$$$1"')}` : '';
      await shell.paste(line + shown);
      await shell.paste('wait');
      // The programs of a pipe start in any order. The commands of this project expand a leading ~ themselves.
      const text = readFileSync(join(cwd, 'record'), 'utf8').replaceAll('=~/', '=/home/reader/');
      recorded.push(text.split('\n').filter(Boolean).sort());
    }
    return recorded;
  } finally {
    await shell.close();
  }
}

const inBoth = shells.every(isInstalled) ? test : test.skip;
if (!shells.every(isInstalled)) console.warn('zsh is not compared with bash: one is not installed');

inBoth(
  'zsh passes the same arguments to each program as bash',
  async () => {
    const [bash = [], zsh = []] = await Promise.all(shells.map((name) => argumentsIn(name, lines)));
    expect(lines.filter((_, index) => bash[index]?.length === 0)).toEqual([]);
    const shown = (recorded: string[][]) => lines.map((line, index) => ({ line, runs: recorded[index] }));
    expect(shown(zsh)).toEqual(shown(bash));
  },
  120_000,
);

inBoth.each([
  ['a glob without files', 'make test ONLY=[ab]*'],
  ['a comment', 'make test # all'],
  ['a word that begins with =', 'make test =x'],
  ['a variable with spaces', "a='b c'; make test $a"],
  ['a glob in an address', 'aws s3 ls s3://bucket/?x'],
])(
  'a command with %s is found',
  async (_, line) => {
    const [bash, zsh] = await Promise.all(shells.map((name) => argumentsIn(name, [line])));
    expect(zsh).not.toEqual(bash);
  },
  120_000,
);
