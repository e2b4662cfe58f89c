import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { eventually } from 'local-aws/testing';

/** Linux and macOS; the tests of one platform cannot run on another, so these check what it would find. */
const root = import.meta.dirname;

/** Makes a new checkout on a machine with that `uname` and Node 20, where npm installs a Node that prints `node`. */
function checkout(uname: string, node: string, npm = 'mkdir -p node_modules', version = 'v20.0.0') {
  const folder = mkdtempSync(join(tmpdir(), 'platform-'));
  for (const name of ['manga', 'package.json', 'package-lock.json'])
    copyFileSync(join(root, name), join(folder, name));
  const programs = {
    uname: `echo '${uname}'`,
    npm,
    node: `[ "$1" = --version ] && echo ${version} || echo '${node}'`,
  };
  mkdirSync(join(folder, 'programs'));
  for (const [name, line] of Object.entries(programs))
    writeFileSync(join(folder, 'programs', name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  return { folder, env: { PATH: `${join(folder, 'programs')}:${process.env.PATH}` } };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function setup(uname: string, node = 'true', version?: string) {
  const { folder, env } = checkout(uname, node, undefined, version);
  const { stderr, status } = spawnSync('./manga', ['setup'], { cwd: folder, env, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return { said: stderr.split('\n').filter((line) => line.startsWith('setup: ')), status };
}

test('the temporary folder of tests is not behind a symbolic link, unlike that of macOS', () => {
  expect(tmpdir()).toBe(realpathSync(tmpdir()));
});

test.each(['MINGW64_NT-10.0 x86_64', 'FreeBSD amd64', 'Linux armv7l'])(
  'setup refuses %s in one line that says what to use',
  (uname) => {
    const said = `setup: ${uname} is not supported; use Linux or macOS on x86-64 or ARM64, or WSL on Windows`;
    expect(setup(uname)).toEqual({ said: [said], status: 1 });
  },
);

test('setup says in one line what to do when the Node of npm does not run', () => {
  const { said, status } = setup('Linux x86_64', 'node: not found');
  expect(said).toEqual([expect.stringMatching(/glibc.*install Node 24, then run: rm /)]);
  expect(status).toBe(1);
});

test('setup names a Node that is too old, before npm fails in its own words', () => {
  const said = [
    'setup: the Node that is found first is v18.20.4; install Node 20 or newer, or put it first in PATH',
  ];
  expect(setup('Linux x86_64', 'true', 'v18.20.4')).toEqual({ said, status: 1 });
});

test('setup says that npm is missing', () => {
  const { folder } = checkout('Linux x86_64', 'true');
  rmSync(join(folder, 'programs/npm'));
  for (const program of ['bash', 'dirname', 'mkdir', 'ln', 'rm', 'grep', 'sleep', 'readlink'])
    symlinkSync(
      spawnSync('which', [program], { encoding: 'utf8' }).stdout.trim(),
      join(folder, 'programs', program),
    );
  const env = { PATH: join(folder, 'programs') };
  const { stderr, status } = spawnSync('/usr/bin/env', ['bash', './manga', 'setup'], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  expect({ stderr, status }).toEqual({
    stderr: 'setup: npm is missing; install Node 20 or newer, which has it\n',
    status: 1,
  });
  rmSync(folder, { recursive: true });
});

test('Ctrl-C ends an installation at once, even though npm does not, and the next one begins again', async () => {
  const npm = 'trap "" INT; echo $$ >npm.pid; while :; do sleep 1; done';
  const { folder, env } = checkout('Linux x86_64', 'true', npm);
  const setup = spawn('./manga', ['setup'], { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
  const pid = await eventually('npm', () => {
    const file = join(folder, 'npm.pid');
    return existsSync(file) && Number(readFileSync(file, 'utf8'));
  });
  const ended = once(setup, 'exit');
  const said = text(setup.stderr);
  setup.kill('SIGINT');
  expect(await ended).toEqual([130, null]);
  expect(await said).toMatch(/\nsetup: stopped; the next command installs again\n$/);
  await eventually('the end of npm', () => !isRunning(pid));
  expect(existsSync(join(folder, '.local/installing'))).toBe(false);
  rmSync(folder, { recursive: true });
});

test('two commands in a new checkout install once, also after an installation that was killed', async () => {
  const npm = 'echo npm >>installations; sleep 1; mkdir -p node_modules';
  const { folder, env } = checkout('Linux x86_64', 'true', npm);
  const { pid: ended } = spawnSync('true');
  mkdirSync(join(folder, '.local'));
  symlinkSync(String(ended), join(folder, '.local/installing'));
  const commands = [1, 2].map(() => spawn('./manga', ['setup'], { cwd: folder, env, stdio: 'ignore' }));
  const statuses = await Promise.all(commands.map(async (one) => (await once(one, 'exit'))[0]));
  expect(statuses).toEqual([0, 0]);
  expect(readFileSync(join(folder, 'installations'), 'utf8')).toBe('npm\n');
  expect(existsSync(join(folder, '.local/installing'))).toBe(false);
  rmSync(folder, { recursive: true });
});

test.each([[], ['help'], ['--help'], ['-h']])(
  'the list of commands needs no installation (%j)',
  (...given) => {
    const { folder, env } = checkout('Linux x86_64', 'true', 'exit 1');
    mkdirSync(join(folder, 'docs'));
    copyFileSync(join(root, 'docs/commands.md'), join(folder, 'docs/commands.md'));
    const { stdout, status } = spawnSync('./manga', given, { cwd: folder, env, encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ +demo /m);
    rmSync(folder, { recursive: true });
  },
);

/** Newer than bash 3.2, or options and programs that only GNU has. */
const missingOnMacs = [
  /\b(?:mapfile|readarray|coproc)\b|\b(?:declare|local|typeset) -[a-zA-Z]*[Ang]|\bwait -n|\|&|&>>|;;?&/,
  /\$\{\w+(?:\[[^\]]*\])?(?:,,?|\^\^?|@[A-Za-z])/,
  /\b(?:sed -i|readlink -[efm]|stat -c|date -d|grep -\w*P|base64 -w|xargs -r|sort -V|mktemp --)/,
  /\b(?:sha256sum|sha512sum|timeout|tac|nproc|setsid) /,
];

test.each([
  'Makefile',
  'manga',
  '.ci/run',
  ...globSync('scripts/*.sh'),
  'workers/image/build.sh',
  'workers/image/validate.sh',
])('%s uses only what the bash and the tools of macOS have', (script) => {
  const lines = readFileSync(join(root, script), 'utf8').split('\n');
  expect(lines.filter((line) => missingOnMacs.some((pattern) => pattern.test(line)))).toEqual([]);
});

interface Locked {
  integrity?: string;
  version: string;
  os?: string | string[];
  cpu?: string | string[];
  optionalDependencies?: Record<string, string>;
}
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};

describe.each([
  ['Linux x86_64', 'linux', 'x64'],
  ['Linux aarch64', 'linux', 'arm64'],
  ['Darwin x86_64', 'darwin', 'x64'],
  ['Darwin arm64', 'darwin', 'arm64'],
])('on %s', (name, os, cpu) => {
  const isFor = (one: Locked) => [one.os].flat().includes(os) && [one.cpu].flat().includes(cpu);

  test('setup runs', () => {
    expect(setup(name)).toEqual({ said: [], status: 0 });
  });

  test('every package with native code has it for this platform', () => {
    const lacking = Object.entries(packages).flatMap(([folder, { os: only, optionalDependencies = {} }]) => {
      if (only) return [];
      const native = Object.keys(optionalDependencies)
        .map((one) => packages[`${folder}/node_modules/${one}`] ?? packages[`node_modules/${one}`])
        .filter((one) => one !== undefined && one.os !== undefined && one.cpu !== undefined);
      return native.length === 0 || native.some((one) => one && isFor(one) && one.integrity) ? [] : [folder];
    });
    expect(lacking).toEqual([]);
  });

  test('npm brings Node, FFmpeg and ffprobe', () => {
    const brought = Object.entries(packages)
      .filter(([folder, one]) => /\/node-\w+|\/@ff(?:mpeg|probe)-installer\//.test(folder) && isFor(one))
      .map(([folder, { version }]) =>
        folder.includes('@ff') ? folder.split('/')[1] : `node ${version.split('.')[0]}`,
      );
    expect(brought.sort()).toEqual([
      '@ffmpeg-installer',
      '@ffprobe-installer',
      expect.stringMatching(/^node 2[46]$/),
    ]);
  });
});
