import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lineSplitter } from 'local-aws';
import { eventually } from 'local-aws/testing';

const root = fileURLToPath(new URL('../..', import.meta.url));
const copied = [
  'asl',
  'aws',
  'domain',
  'functions',
  'local',
  'scripts',
  'stacks',
  'providers',
  'workers',
  'config',
  'samples',
  'package.json',
  'tsconfig.json',
];

/** Folders that a checkout does not have. */
const made = ['.git', '.local', 'node_modules', 'out', 'dist', 'cdktf.out'];

/** Copies the project, so that a test can change it and run `make dev` in it; `whole` also makes every `make` task work. */
export function copyProject({ whole = false } = {}) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'project-copy-')));
  for (const name of whole ? readdirSync(root).filter((one) => !made.includes(one)) : copied)
    cpSync(join(root, name), join(folder, name), {
      recursive: true,
      filter: (path) => !/\.test\.ts$/.test(path),
    });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const pathOf = (path: string) => join(folder, path);
  return {
    folder,
    pathOf,
    read: (path: string) => readFileSync(pathOf(path), 'utf8'),
    save: (path: string, text: string | Uint8Array) => writeFileSync(pathOf(path), text),
    /** Replaces a file as editors do: writes a new one and renames it over the old one. */
    replace(path: string, text: string): void {
      writeFileSync(`${pathOf(path)}~`, text);
      renameSync(`${pathOf(path)}~`, pathOf(path));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
export type ProjectCopy = ReturnType<typeof copyProject>;

/** Libraries are at the same paths in every copy, so their compiled code can be shared. */
const { PATH, NODE_COMPILE_CACHE } = process.env;
const kept = { PATH, NODE_COMPILE_CACHE };

/** Starts `make dev` in a copy of the project. Resolves when it and `before` are ready. */
export async function startDev(
  project: ProjectCopy,
  environment: Record<string, string> = {},
  before: (printed: (pattern: RegExp) => Promise<string>) => Promise<void> = async () => {},
) {
  const child = spawn(process.execPath, ['scripts/manga.ts', 'dev', '--port', '0'], {
    cwd: project.folder,
    env: { ...kept, HOME: project.folder, NODE_NO_WARNINGS: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    const split = lineSplitter((line) => lines.push(line));
    stream.setEncoding('utf8').on('data', split.write);
  }
  const printed = (pattern: RegExp, limit = 60_000) =>
    eventually(
      `a line like ${pattern} in:\n${lines.join('\n')}`,
      () => lines.find((line) => pattern.test(line)),
      limit,
    );
  await before(printed);
  const ready = await eventually(
    'make dev to be ready',
    () => {
      if (child.exitCode !== null) throw new Error(`make dev ended:\n${lines.join('\n')}`);
      return (
        lines.find((line) => /watching the sources/.test(line)) && lines.find((line) => /ready at/.test(line))
      );
    },
    60_000,
  );
  const endpoint = /http:\S+?(?= )/.exec(ready)?.[0] ?? '';
  return {
    child,
    endpoint,
    lines,
    printed,
    async invoke(name: string, event: unknown = {}) {
      const url = `${endpoint}/2015-03-31/functions/manga-pipeline-${name}/invocations`;
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(event) });
      return { failed: response.headers.has('x-amz-function-error'), result: await response.json() };
    },
    end: () => endOf(child, 'SIGINT'),
    kill: () => endOf(child, 'SIGKILL'),
  };
}
export type Dev = Awaited<ReturnType<typeof startDev>>;

function endOf(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode);
    child.once('exit', (status) => resolve(status));
    child.kill(signal);
  });
}
