import type { IConfiguration } from 'dependency-cruiser';

/**
 * The import rules, which architecture.test.ts runs. To draw what a folder imports:
 * `depcruise --config .dependency-cruiser.ts --output-type dot --focus ^providers/voices .`
 */

/** Folders that every program of the laboratory can import. */
const belowLab = ['fakes', 'packages', 'domain', 'config', 'providers', 'workers', 'functions', 'local'];

/** The parts of the project, bottom to top, each with the lower parts that it can import. */
export const parts: Readonly<Record<string, readonly string[]>> = {
  docs: [],
  packages: [],
  domain: ['packages'],
  config: ['domain'],
  asl: ['domain', 'config'],
  aws: ['domain'],
  providers: ['packages', 'domain', 'config'],
  fakes: ['domain', 'providers'],
  workers: ['domain', 'config', 'providers', 'aws'],
  functions: ['packages', 'domain', 'config', 'providers', 'aws', 'workers'],
  stacks: ['domain', 'config', 'asl'],
  local: ['fakes', 'packages', 'domain', 'config', 'asl', 'providers'],
  samples: ['domain', 'providers', 'workers'],
  scripts: ['packages', 'domain', 'config', 'aws', 'providers', 'workers', 'functions', 'stacks', 'local'],
  'lab/figures': [],
  'lab/load': ['lab/figures', ...belowLab, 'aws', 'stacks'],
  'lab/scale': ['lab/figures', 'lab/load', 'packages', 'domain', 'config', 'asl', 'local'],
  'lab/fuzz': ['lab/figures', ...belowLab, 'scripts'],
  'lab/crash': ['lab/figures', ...belowLab, 'aws', 'stacks', 'scripts'],
  'lab/bench': ['lab/figures', 'lab/load', 'lab/crash', ...belowLab, 'scripts'],
  'main.ts': ['domain', 'config', 'stacks'],
};

/** Packages that import other packages. */
const packagesBelow: Readonly<Record<string, readonly string[]>> = {
  // vietnamese-speech lists the symbols and units that are spoken.
  'packages/comic-reader': ['packages/vietnamese-speech'],
  'packages/local-aws': ['packages/step-functions'],
};

const inside = (...names: readonly string[]) =>
  `^(${names.map((name) => name.replaceAll('.', '\\.')).join('|')})(/|$)`;
const packagesOfNpm = '(^|/)node_modules/';
/** Tests and their helpers can import other parts. */
export const tests = '\\.(test|long|contract)\\.tsx?$|/testing/';
const named = [
  inside(...Object.keys(parts)),
  // In the root: tests, and the configuration of tools.
  '^[^/]+\\.(test\\.ts|json)$',
  '^lab/[^/]+\\.ts$',
  '^(jest\\.(?:config|environment|sequencer)\\.js|knip\\.ts|\\.dependency-cruiser\\.ts)$',
];
/** The folders of comic-reader, from the bottom upwards; the modules beside them combine them. */
const readerFolders = ['page', 'image', 'panels', 'order', 'lettering', 'reading', 'words'];
const inReader = (name: string) => `packages/comic-reader/src${name && `/${name}`}`;
/** Node's built-in modules are allowed everywhere. */
const notOfNode: { dependencyTypesNot: 'core'[] } = { dependencyTypesNot: ['core'] };

export default {
  forbidden: [
    {
      name: 'no-circular',
      comment:
        'Imports have no cycles, not even for types alone, so each file can be read before those that import it.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that cannot be resolved cannot be checked.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    ...[
      { from: { pathNot: named }, to: {} },
      { from: { pathNot: named, orphan: true }, to: {} },
      { from: {}, to: { pathNot: [...named, packagesOfNpm], ...notOfNode } },
    ].map((where) => ({
      name: 'named-part',
      comment: 'Every folder is one of the parts, so that no import escapes the rules.',
      severity: 'error' as const,
      ...where,
    })),
    ...Object.entries(parts).map(([part, below]) => ({
      name: `arrows-of-${part}`,
      comment: `${part} imports ${below.join(', ') || 'no other part'}.`,
      severity: 'error' as const,
      from: { path: inside(part), pathNot: tests },
      to: { pathNot: [inside(part, ...below), packagesOfNpm], ...notOfNode },
    })),
    ...[
      {
        from: { path: '^packages/([^/]+)/', pathNot: inside(...Object.keys(packagesBelow)) },
        to: { pathNot: ['^packages/$1/', packagesOfNpm], ...notOfNode },
      },
      ...Object.entries(packagesBelow).map(([name, below]) => ({
        from: { path: inside(name) },
        to: { pathNot: [inside(name, ...below), packagesOfNpm], ...notOfNode },
      })),
      {
        from: { path: '^packages/([^/]+)/' },
        to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypes: ['local' as const] },
      },
    ].map((where) => ({
      name: 'packages-stand-alone',
      comment:
        'A package is useful without this project: it and its tests import nothing outside its folder, except the packages below it, by name.',
      severity: 'error' as const,
      ...where,
    })),
    ...readerFolders.map((folder, place) => ({
      name: 'folders-of-comic-reader',
      comment: `In comic-reader, ${folder} imports only what is listed before it.`,
      severity: 'error' as const,
      from: { path: inside(inReader(folder)), pathNot: tests },
      to: {
        path: inside(inReader('')),
        pathNot: inside(...[...readerFolders.slice(0, place + 1), 'data-file.ts'].map(inReader)),
      },
    })),
    {
      name: 'domain-is-pure',
      comment: 'domain imports only zod, packages and built-in modules.',
      severity: 'error',
      from: { path: inside('domain'), pathNot: tests },
      to: {
        pathNot: [inside('domain', 'packages'), '^node_modules/zod/'],
        ...notOfNode,
      },
    },
    {
      name: 'sdk-in-aws',
      comment:
        'Only aws/ imports the AWS SDK; lab/bench/ measures with it, and local/, lab/crash/ and packages/ test with it.',
      severity: 'error',
      from: { pathNot: [inside('aws', 'lab/bench'), `^(local|lab/crash|packages)(?=/).*(${tests})`] },
      to: { path: 'node_modules/@aws-sdk/' },
    },
    {
      name: 'cdktf-in-stacks',
      comment: 'Only the stacks and main.ts import cdktf.',
      severity: 'error',
      from: { pathNot: inside('stacks', 'main.ts') },
      to: { path: 'node_modules/@?cdktf' },
    },
  ],
  options: {
    // TypeScript 7 has no JavaScript API that the tool could use.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: packagesOfNpm },
    exclude: { path: '(^|/)(\\.local|dist|out|cdktf\\.out)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
    skipAnalysisNotInRules: true,
  },
} satisfies IConfiguration;
