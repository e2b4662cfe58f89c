import { glob, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import importRules, { parts, tests } from './.dependency-cruiser.ts';
import { flowSettings, placeholdersOf } from './asl/definition.ts';
import { functionNames } from './config/functions.ts';
import { parseConfig } from './config/settings/index.ts';
import * as errors from './domain/errors.ts';

const root = import.meta.dirname;
const { forbidden, options } = importRules;

async function cruised(baseDir: string): Promise<ICruiseResult> {
  const { output } = await cruise(['.'], { ...options, baseDir, validate: true, ruleSet: { forbidden } });
  if (typeof output === 'string') throw new Error(output);
  return output;
}

/** Violations of the rules, as `rule: from → to`; a circle with all its files. */
const violations = ({ summary }: ICruiseResult) =>
  summary.violations.map(
    ({ rule, from, to, cycle }) =>
      `${rule.name}: ${[from, ...(cycle?.map(({ name }) => name) ?? [to])].join(' → ')}`,
  );

const project = await cruised(root);
const files = project.modules.map(({ source }) => source);

test('imports keep the rules: arrows one way, no circles', () => {
  expect(violations(project)).toEqual([]);
});

test('the parts are listed from the bottom upwards, so that no two can use each other', () => {
  const listed = Object.keys(parts);
  const upwards = listed.flatMap((part, place) =>
    (parts[part] ?? [])
      .filter((below) => !listed.slice(0, place).includes(below))
      .map((to) => `${part} → ${to}`),
  );
  expect(upwards).toEqual([]);
});

test('every source file is read, including .tsx', async () => {
  const sources = await Array.fromAsync(
    glob(
      Object.keys(parts).map((part) => (part.endsWith('.ts') ? part : `${part}/**/*.{ts,tsx}`)),
      {
        cwd: root,
        exclude: (name) => ['node_modules', 'dist'].includes(name),
      },
    ),
  );
  expect(sources.filter((source) => !files.includes(source))).toEqual([]);
});

test('no file or folder is named after what does not belong anywhere', () => {
  const unnamed = /(?:^|\/)(?:utils?|helpers?|common|misc|types)(?:\.tsx?$|\/)/;
  expect(files.filter((file) => unnamed.test(file) && !file.includes('node_modules'))).toEqual([]);
});

test('every rule reports a tree that breaks it', async () => {
  const tree = await mkdtemp(join(tmpdir(), 'imports-'));
  const add = async (file: string, ...imported: string[]) => {
    await mkdir(dirname(join(tree, file)), { recursive: true });
    const lines = imported.map((name, index) => `import type { T as T${index} } from '${name}';`);
    await writeFile(join(tree, file), [...lines, 'export type T = 1;'].join('\n'));
  };
  const npm = ['zod', 'other', '@aws-sdk/client-s3', 'cdktf'].map((name) => `node_modules/${name}/index.js`);
  for (const file of npm) await add(file);
  const arrows: string[] = [];
  const leaf = (part: string) => (part === 'main.ts' ? part : `${part}/leaf.ts`);
  const path = (from: string, to: string) => relative(dirname(from), to).replace(/^(?!\.)/, './');
  for (const [part, below] of Object.entries(parts)) {
    const others = Object.keys(parts).filter((other) => other !== part && !below.includes(other));
    const file = part === 'main.ts' ? part : `${part}/upwards.tsx`;
    await add(leaf(part));
    await add(file, ...others.map((other) => path(file, leaf(other))));
    for (const other of others) arrows.push(`arrows-of-${part}: ${file} → ${leaf(other)}`);
    if (part === 'domain')
      for (const other of others) arrows.push(`domain-is-pure: ${file} → ${leaf(other)}`);
  }
  await add('domain/half.ts', './other-half.tsx');
  await add('domain/other-half.tsx', './half.ts');
  await add('domain/lost.test.ts', './nowhere.ts');
  await add('domain/impure.ts', 'zod', 'other', 'node:fs');
  await add('attic/box.ts', 'node:fs');
  await add('attic/alone.ts');
  await add('workers/attic.test.ts', '../attic/box.ts', '../lab/bench/leaf.ts');
  await add('packages/one/a.test.ts', '../two/b.ts', './c.ts', '@aws-sdk/client-s3');
  await add('packages/one/c.ts', '@aws-sdk/client-s3');
  await add('packages/two/b.ts');
  await add('packages/comic-reader/src/image/ink.ts', '../words/kept.ts');
  await add('packages/comic-reader/src/words/kept.ts');
  await add('packages/step-functions/c.ts');
  await add('packages/local-aws/d.ts', '../step-functions/c.ts', '../two/b.ts');
  await add('local/shop.tsx', 'cdktf');
  await add('stacks/shop.ts', 'cdktf', '@aws-sdk/client-s3');
  await add('aws/shop.ts', '@aws-sdk/client-s3');
  try {
    expect(violations(await cruised(tree)).sort()).toEqual(
      [
        ...arrows,
        'no-circular: domain/half.ts → domain/other-half.tsx → domain/half.ts',
        'resolvable: domain/lost.test.ts → ./nowhere.ts',
        'named-part: domain/lost.test.ts → ./nowhere.ts',
        'domain-is-pure: domain/impure.ts → node_modules/other/index.js',
        'named-part: attic/box.ts → fs',
        'named-part: attic/alone.ts → attic/alone.ts',
        'named-part: workers/attic.test.ts → attic/box.ts',
        'packages-stand-alone: packages/one/a.test.ts → packages/two/b.ts',
        'packages-stand-alone: packages/local-aws/d.ts → packages/step-functions/c.ts',
        'packages-stand-alone: packages/local-aws/d.ts → packages/two/b.ts',
        'folders-of-comic-reader: packages/comic-reader/src/image/ink.ts → packages/comic-reader/src/words/kept.ts',
        'sdk-in-aws: packages/one/c.ts → node_modules/@aws-sdk/client-s3/index.js',
        'sdk-in-aws: stacks/shop.ts → node_modules/@aws-sdk/client-s3/index.js',
        'cdktf-in-stacks: local/shop.tsx → node_modules/cdktf/index.js',
      ].sort(),
    );
  } finally {
    await rm(tree, { recursive: true });
  }
});

test('product code below functions/ and workers/ never reads the environment', async () => {
  const readers: string[] = [];
  for (const file of files) {
    const product = /^(domain|aws|providers|config|asl)\//.test(file) && !new RegExp(tests).test(file);
    if (product && (await readFile(join(root, file), 'utf8')).includes('process.env')) readers.push(file);
  }
  // Finding a program on PATH reads the machine, not the deployment.
  expect(readers.filter((file) => file !== 'providers/media/find-media-binary.ts')).toEqual([]);
});

test('product code prints only through its logger', async () => {
  const printing: string[] = [];
  for (const file of files) {
    const product =
      /^(aws|config|domain|functions|providers|workers)\//.test(file) && !new RegExp(tests).test(file);
    if (product && /process\.std(?:out|err)/.test(await readFile(join(root, file), 'utf8')))
      printing.push(file);
  }
  // It replaces a broken FFmpeg of a developer's machine; a deployed machine has no other one and fails.
  expect(printing).toEqual(['providers/media/find-media-binary.ts']);
});

const definition = await readFile(join(root, 'asl/pipeline.asl.json'), 'utf8');

test('folders of functions/ = manifest entries = function placeholders in the ASL', async () => {
  const entries = await readdir(join(root, 'functions'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(folders.sort()).toEqual(functionNames.sort());
  const settings = Object.keys(flowSettings(parseConfig({}), ''));
  expect(placeholdersOf(definition)).toEqual([...functionNames, ...settings].sort());
});

test('every function has a handler, its logic and its tests', async () => {
  for (const name of functionNames) {
    const folder = await readdir(join(root, 'functions', name));
    expect(folder).toEqual(expect.arrayContaining(['handler.ts', `${name}.ts`, `${name}.test.ts`]));
  }
});

test('the ASL names exactly errors that exist', () => {
  const named = new Set<string>();
  for (const { ErrorEquals } of walk(JSON.parse(definition))) for (const name of ErrorEquals) named.add(name);
  const ours = [...named].filter((name) => !/^(States|StepFunctions|Lambda)\./.test(name));
  const classes = Object.values(errors).map((ErrorClass) => new ErrorClass('').name as string);
  expect(ours.filter((name) => !classes.includes(name))).toEqual([]);
});

/** Every object inside a JSON value that catches or retries. */
function* walk(value: unknown): Generator<{ ErrorEquals: string[] }> {
  if (typeof value !== 'object' || value === null) return;
  if ('ErrorEquals' in value) yield value as { ErrorEquals: string[] };
  for (const inner of Object.values(value)) yield* walk(inner);
}
