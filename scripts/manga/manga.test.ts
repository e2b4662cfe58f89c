import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { type Command, flag, port, text } from '../../config/commands/command.ts';
import { commands, optionsOf } from '../../config/commands/index.ts';
import { faultNames } from '../../local/faults/catalogue.ts';
import { valuesOf } from './choices.ts';
import { flagOf, metaOf, parseOptions } from './options.ts';
import { commandsPage } from './page.ts';
import { typedWords } from './typed.ts';

const root = join(import.meta.dirname, '../..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'manga-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Uses what is installed, since a test never installs. */
const installed = { MANGA_NO_INSTALL: '1' };

function run(program: string, args: readonly string[], cwd = root, more: object = installed) {
  const env = { PATH: process.env.PATH, HOME: folder, TERM: 'dumb', ...more };
  const { stdout, stderr, status } = spawnSync(program, args, { cwd, env, encoding: 'utf8' });
  return { stdout, stderr, status };
}
const manga = (...args: string[]) => run(join(root, 'manga'), args);

const all = (declared: Readonly<Record<string, Command>>): Command[] =>
  Object.values(declared).flatMap((command) => [command, ...all(command.what ?? {})]);

test('every option of every command says what it does', () => {
  const silent = all(commands).flatMap((command) =>
    Object.entries(command.options ?? {}).flatMap(([name, schema]) =>
      metaOf(schema).description ? [] : [name],
    ),
  );
  expect(silent).toEqual([]);
});

test('every command exists: its module has its function, or its program is there', async () => {
  for (const { module, program } of all(commands)) {
    const [path = '', name = 'run'] = (module ?? program ?? '').split('#');
    if (!path) continue;
    const source = readFileSync(join(root, path), 'utf8');
    if (module) expect(source).toMatch(new RegExp(`^export (async )?(function|const) ${name}[ (]`, 'm'));
  }
});

test('docs/commands.md is up to date', () => {
  expect(readFileSync(join(root, 'docs/commands.md'), 'utf8')).toBe(commandsPage());
});

test('chaos lists its faults also where no local cloud runs', () => {
  const { status, stdout } = manga('chaos');
  expect(status).toBe(0);
  for (const name of faultNames) expect(stdout).toContain(`  ${name} `);
});

describe('options', () => {
  const command = {
    about: 'x',
    options: { port: port('a port'), again: flag('again'), fn: text('function', 'a function') },
  };

  test('come from the environment, and an empty one is left out', () => {
    expect(parseOptions(command, { PORT: '0', AGAIN: '1', FN: '' }, {})).toEqual({
      port: 0,
      again: true,
      fn: undefined,
    });
    expect(parseOptions(command, {}, {})).toEqual({ port: undefined, again: false, fn: undefined });
  });

  test('are rejected by the name that was typed', () => {
    const environment = { PORT: '65536' };
    expect(() => parseOptions(command, environment, {})).toThrow(
      'PORT is 65536; it must be a number below 65536',
    );
    expect(() => parseOptions(command, environment, environment)).toThrow('--port is 65536; it must be');
    expect(() => parseOptions(command, { AGAIN: 'maybe' }, {})).toThrow(/^AGAIN is maybe; /);
    const needed = { about: 'x', options: { stage: z.string('name the stage') } };
    expect(() => parseOptions(needed, {}, {})).toThrow(/^name the stage$/);
  });

  test('that are paths begin where the user is, and ~ is the home folder', () => {
    const { invoke = command, demo = command } = commands;
    const from = '/comics';
    const chapter = (path: string) => parseOptions(demo, { CHAPTER: path, MANGA_FROM: from }, {}).chapter;
    expect(chapter('a.cbz')).toBe('/comics/a.cbz');
    expect(chapter('/b.cbz')).toBe('/b.cbz');
    expect(chapter('~/c.cbz')).toMatch(/^\/.*\/c\.cbz$/);
    const event = (given: string) => parseOptions(invoke, { EVENT: given, MANGA_FROM: from }, {}).event;
    expect(event('@e.json')).toBe('@/comics/e.json');
    expect(event('{"a":1}')).toBe('{"a":1}');
  });

  test('of make are the variables of its command line', () => {
    const environment: NodeJS.ProcessEnv = {
      MAKE_VARIABLES: 'RUNS WHAT',
      MAKE_GOALS: 'bench',
      WHAT: 'render',
      RUNS: '2',
    };
    expect(typedWords(['bench'], environment)).toEqual({
      words: ['bench', 'render'],
      variables: ['RUNS'],
      goals: ['bench'],
    });
    expect(environment).toEqual({ WHAT: 'render', RUNS: '2' });
  });

  test('can be typed as variables as well', () => {
    const environment: NodeJS.ProcessEnv = {};
    const typed = typedWords(['demo', 'OUT=a b', 'HELP=1'], environment);
    expect(typed).toEqual({ words: ['demo', '--help'], variables: ['OUT'], goals: [] });
    expect(environment.OUT).toBe('a b');
  });

  test('of a setting are options, with a name for each shell', () => {
    const { demo = command } = commands;
    expect(Object.keys(optionsOf(demo)).map(flagOf)).toEqual(
      expect.arrayContaining(['--chapter', '--daily-quota']),
    );
  });
});

test('suggests the word that was meant', () => {
  expect(manga('dmeo')).toMatchObject({ status: 1, stderr: expect.stringContaining('Did you mean demo?') });
  expect(manga('demo', '--chaptr', 'x')).toMatchObject({
    status: 1,
    stderr: "manga: unknown option '--chaptr'\n(Did you mean --chapter?)\n",
  });
  expect(manga('dev', '--dailyquota', '3')).toMatchObject({
    status: 1,
    stderr: "manga: unknown option '--dailyquota'\n(Did you mean --daily-quota?)\n",
  });
  expect(manga('help', 'dmeo').stderr).toContain('Did you mean demo?');
  expect(manga('bench', '--runs', '3', 'render')).toMatchObject({
    status: 1,
    stderr: "manga: write --runs after 'render'\n",
  });
  expect(manga('bench', 'render', '--runs', 'x').stderr).toBe('render: --runs is x; it must be a number\n');
  expect(manga('bench', 'rendr').stderr).toMatch(/^bench: WHAT is rendr; it can be panels, .*render/);
  expect(manga('demo', 'CHAPTR=x').stderr).toMatch(
    /^demo: CHAPTR is not a variable of this command; it has CHAPTER/,
  );
});

test('lists the commands while nothing is installed, from the page that describes them', () => {
  for (const name of ['manga', 'docs', 'package.json', 'package-lock.json'])
    symlinkSync(join(root, name), join(folder, name));
  writeFileSync(join(folder, 'launcher'), readFileSync(join(root, 'manga')), { mode: 0o755 });
  const { stdout, status } = run(join(folder, 'launcher'), [], folder, {});
  expect({ stdout, status }).toEqual({ stdout: run('make', ['help']).stdout, status: 0 });
});

test('works from any folder, with paths from there', () => {
  for (const chapter of [['none.cbz'], ['--chapter', 'none.cbz'], ['CHAPTER=none.cbz']]) {
    const { stderr, status } = run(join(root, 'manga'), ['demo', ...chapter], folder);
    expect({ stderr, status }).toEqual({
      stderr: `demo: ${join(folder, 'none.cbz')} does not exist\n`,
      status: 1,
    });
  }
});

test('completion has the values of options that accept only some', () => {
  const closed = all(commands).flatMap((command) =>
    Object.entries(optionsOf(command)).flatMap(([name, schema]) =>
      valuesOf(command, name, schema).length > 0 ? [name] : [],
    ),
  );
  expect([...new Set(closed)].sort()).toEqual(
    expect.arrayContaining([
      ...['chapterSource', 'fault', 'fn', 'llmService', 'mangadexContentRatings', 'narrator', 'onDoubt'],
      ...[
        'over',
        'pageLanguages',
        'providers',
        'publisher',
        'review',
        'scheduleEnabled',
        'videoFormat',
        'voice',
      ],
    ]),
  );
  expect(closed).not.toContain('chapter');
});

const zsh = spawnSync('zsh', ['--version']).error === undefined ? test : test.skip;
zsh('a zsh that has not loaded its completion loads it; descriptions keep colons and apostrophes', () => {
  const { stdout: script } = manga('completion', 'zsh');
  expect(script).toContain("'completion:Print the completion of a shell\\: bash, zsh or fish'");
  expect(script).toContain('a stage’s settings');
  const { stdout, stderr } = run('zsh', ['-f', '-c', `${script}\nprint $_comps[./manga]`]);
  expect({ stdout, stderr }).toEqual({ stdout: '_manga\n', stderr: '' });
});

const isInstalled = (shell: string) => spawnSync(shell, ['--version']).error === undefined;
const shells = ['bash', 'zsh', 'fish'].filter(isInstalled);
if (shells.length < 3)
  console.warn(`completion is only tested in ${shells.join(', ')}; the others are not installed`);

describe.each(shells)('the completion of %s', (shell) => {
  let script: string;
  beforeAll(() => {
    script = manga('completion', shell).stdout;
  });

  /** Asks the shell for the completions of a line, as a person does with the Tab key. */
  function completed(line: string): string[] {
    const word = line.split(' ').at(-1) ?? '';
    const asks: Record<string, string> = {
      bash: `${script}
        COMP_WORDS=(${line
          .split(' ')
          .map((one) => `'${one}'`)
          .join(' ')}); COMP_CWORD=${line.split(' ').length - 1}
        _manga; printf '%s\\n' "\${COMPREPLY[@]}"`,
      fish: `${script}\ncomplete -C '${line}'`,
      // zsh completes on a terminal only: a stand-in for its functions prints what they would offer.
      zsh: `compdef() { }; _describe() { local name=\${@[-1]}; print -l \${(@)\${(@P)name}%%:*} }
        _arguments() { for one in "$@"; do case $one in
          (--*) print -- \${\${one%%\\[*}%=}; [[ $one == \${words[CURRENT-1]}=* && $one =~ ':value:\\(([^)]*)\\)' ]] && print -l \${=match[1]} ;;
          (*_files) print _files ;;
          (*'('*) print -l \${=\${\${one#*\\(}%\\)*}} ;; esac; done }
        ${script}
        words=(${line
          .split(' ')
          .map((one) => `'${one}'`)
          .join(' ')}); CURRENT=$#words; _manga`,
    };
    const options = shell === 'zsh' ? ['-f'] : [];
    const { stdout } = run(shell, [...options, '-c', asks[shell] ?? '']);
    return stdout
      .split('\n')
      .map((one) => one.split('\t', 1).join(''))
      .filter((one) => one.startsWith(word) && one !== '');
  }

  test('offers commands, options, settings, values and what is below a command', () => {
    expect(completed('manga de').sort()).toEqual(['demo', 'deploy', 'destroy', 'dev']);
    expect(completed('manga demo --cha')).toEqual(expect.arrayContaining(['--chapter', '--chapter-source']));
    expect(completed('manga demo --providers f')).toContain('fake');
    expect(completed('manga demo --voice e').sort()).toEqual(['edge', 'espeak']);
    expect(completed('manga dev --narrator l')).toEqual(['llm']);
    expect(completed('manga dev --burn-subtitles t')).toEqual(['true']);
    expect(completed('manga bench --set sco')).toEqual(['score']);
    expect(completed('manga invoke check')).toContain('check-quota');
    expect(completed('manga chaos spot')).toContain('spot-notice');
    expect(completed('manga bench re').sort()).toEqual(['recovery', 'reload', 'render']);
    expect(completed('manga help cl').sort()).toEqual(['clean', 'clock']);
    expect(completed(shell === 'zsh' ? 'manga demo _f' : 'manga demo READ')).toEqual([
      shell === 'zsh' ? '_files' : 'README.md',
    ]);
  });
});
