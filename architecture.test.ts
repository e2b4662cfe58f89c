import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { flowSettings, placeholdersOf } from './asl/definition.ts';
import { functions } from './config/functions.ts';
import { parseConfig } from './config/settings/index.ts';
import * as errors from './domain/errors.ts';

const root = import.meta.dirname;
const parts = [
  'domain',
  'config',
  'asl',
  'providers',
  'aws',
  'functions',
  'workers',
  'local',
  'stacks',
  'bench',
  'crash',
  'fuzz',
  'load',
  'samples',
  'packages',
  'scripts',
];

/** Which parts each part may import besides itself; arrows only downwards. */
const allowed: Record<string, readonly string[]> = {
  packages: [],
  domain: [],
  config: ['domain'],
  asl: ['domain', 'config'],
  providers: ['domain', 'config'],
  aws: ['domain'],
  functions: ['domain', 'config', 'providers', 'aws'],
  workers: ['domain', 'config', 'providers', 'aws'],
  local: ['domain', 'config', 'asl', 'providers'],
  stacks: ['domain', 'config', 'asl'],
  'main.ts': ['config', 'domain', 'stacks'],
  samples: ['domain', 'providers'],
  scripts: ['domain', 'config', 'aws', 'stacks', 'functions', 'workers', 'providers'],
  bench: parts,
  crash: parts,
  fuzz: ['domain', 'config', 'providers', 'functions', 'workers', 'local', 'scripts'],
  load: ['domain', 'config', 'aws', 'providers', 'functions', 'workers', 'local'],
};
interface Import {
  file: string;
  part: string;
  target: string;
}

async function sourceFiles(): Promise<string[]> {
  const found: string[] = [];
  for (const part of parts) {
    const entries = await readdir(join(root, part), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.isFile() && entry.name.endsWith('.ts'))
        found.push(relative(root, join(entry.parentPath, entry.name)));
    }
  }
  return found;
}

const isTest = (file: string) => /\.(test|long|contract)\.ts$|\/testing\//.test(file);
const specifiers =
  /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s*['"]([^'"]+)['"]/g;

async function importsOf(file: string): Promise<Import[]> {
  const text = await readFile(join(root, file), 'utf8');
  const part = file.split('/')[0] ?? file;
  return [...text.matchAll(specifiers)].map(([, a, b, c]) => {
    const specifier = a ?? b ?? c ?? '';
    const target = specifier.startsWith('.')
      ? relative(root, join(root, dirname(file), specifier))
      : specifier;
    return { file, part, target };
  });
}

const files = await sourceFiles();
const imports = (await Promise.all(files.map(importsOf))).flat();
const productImports = imports.filter(({ file }) => !isTest(file));
const isOurs = (target: string) => files.includes(target);
const shown = ({ file, target }: Import) => `${file} → ${target}`;

test('arrows between the parts point only downwards', () => {
  const upwards = productImports.filter(({ part, target }) => {
    const to = target.split('/')[0] ?? '';
    return isOurs(target) && to !== part && !(allowed[part] ?? []).includes(to);
  });
  expect(upwards.map(shown)).toEqual([]);
});

test('domain imports only zod and what Node brings along', () => {
  const foreign = productImports.filter(
    ({ part, target }) =>
      part === 'domain' && !isOurs(target) && target !== 'zod' && !target.startsWith('node:'),
  );
  expect(foreign.map(shown)).toEqual([]);
});

test('only aws/ imports the AWS SDK; local/, crash/ and packages/ do so in tests', () => {
  const users = imports.filter(
    ({ file, part, target }) =>
      target.startsWith('@aws-sdk/') &&
      part !== 'aws' &&
      !(['local', 'bench', 'crash', 'packages'].includes(part) && (isTest(file) || part === 'bench')),
  );
  expect(users.map(shown)).toEqual([]);
});

test('only the composition root and the stacks import cdktf', () => {
  const users = imports.filter(
    ({ part, target }) => /^@?cdktf/.test(target) && !['stacks', 'main.ts'].includes(part),
  );
  expect(users.map(shown)).toEqual([]);
});

test('product code below functions/ and workers/ never reads the environment', async () => {
  const readers: string[] = [];
  for (const file of files) {
    const part = file.split('/')[0] ?? file;
    if (isTest(file) || !['domain', 'aws', 'providers', 'config', 'asl'].includes(part)) continue;
    if ((await readFile(join(root, file), 'utf8')).includes('process.env')) readers.push(file);
  }
  // Finding a program on PATH is asking the machine, not the deployment.
  expect(readers.filter((file) => file !== 'providers/media/find-media-binary.ts')).toEqual([]);
});

const definition = await readFile(join(root, 'asl/pipeline.asl.json'), 'utf8');

test('folders of functions/ = manifest entries = function placeholders in the ASL', async () => {
  const entries = await readdir(join(root, 'functions'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(folders.sort()).toEqual(Object.keys(functions).sort());
  const settings = Object.keys(flowSettings(parseConfig({}), ''));
  expect(placeholdersOf(definition)).toEqual([...Object.keys(functions), ...settings].sort());
});

test('every function has a handler, its logic and its tests', async () => {
  for (const name of Object.keys(functions)) {
    const folder = await readdir(join(root, 'functions', name));
    expect(folder).toEqual(expect.arrayContaining(['handler.ts', `${name}.ts`, `${name}.test.ts`]));
  }
});

test('the ASL names exactly errors that exist', () => {
  const named = new Set<string>();
  for (const { ErrorEquals } of walk(JSON.parse(definition))) for (const name of ErrorEquals) named.add(name);
  const ours = [...named].filter((name) => !/^(States|Lambda)\./.test(name));
  const classes = Object.values(errors).map((ErrorClass) => new ErrorClass('').name as string);
  expect(ours.filter((name) => !classes.includes(name))).toEqual([]);
});

/** Every object inside a JSON value that catches or retries. */
function* walk(value: unknown): Generator<{ ErrorEquals: string[] }> {
  if (typeof value !== 'object' || value === null) return;
  if ('ErrorEquals' in value) yield value as { ErrorEquals: string[] };
  for (const inner of Object.values(value)) yield* walk(inner);
}
