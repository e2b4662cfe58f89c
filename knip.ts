import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KnipConfig } from 'knip';
import type { Command } from './config/commands/command.ts';
import { commands } from './config/commands/index.ts';

/** Entry points for knip: what these and the tests import is used. Where knip can't see a use, a comment explains it. */

const root = import.meta.dirname;
const scripts = readdirSync(join(root, 'scripts')).filter((name) => name.endsWith('.sh'));
const fromShell = ['manga', ...scripts.map((name) => `scripts/${name}`)]
  .flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/\bnode\b.*?([\w./-]+\.ts)\b/g)])
  .map(([, program = '']) => program);
/** Modules and programs of the commands, and of those below them. */
const started = (all: Readonly<Record<string, Command>>): string[] =>
  Object.values(all).flatMap(({ module = '', program = '', what = {} }) => [
    module.split('#')[0] ?? '',
    program,
    ...started(what),
  ]);
const programs = [...fromShell, ...started(commands)].filter(
  (program) => program && !program.startsWith('packages/') && existsSync(join(root, program)),
);

export default {
  workspaces: {
    '.': {
      entry: [
        ...new Set(programs),
        '**/*.{test,long}.ts',
        // Bundled by the names in config/functions.ts and config/workers.ts.
        'functions/*/handler.ts',
        'workers/*/main.ts',
        'samples/generator/draw.ts',
        // Bundled by name for the benches.
        'lab/bench/{long/step,render/round,render/shard,render/whole,stall/probe}.ts',
        // Bundled for the browser.
        'local/console/page/main.tsx',
        // Loaded by its path, in a thread of the local cloud.
        'local/deployment.ts',
        // Take the place of a step, by name.
        'lab/load/light/{scriptgen,ttsgen}.ts',
        'lab/crash/light-render{er,}.ts',
        // Started by their paths, as processes.
        'workers/renderer/preview/program.ts',
        'scripts/live/guardian.ts',
        'scripts/live/testing/fake-debugger.ts',
        'lab/fuzz/testing/misbehaving.ts',
        // Run by hand: each makes a file of the project, and its first lines say which.
        'samples/generator/{latin-letters,subtitle-font}.ts',
      ],
      project: ['**/*.{ts,tsx}'],
      ignoreDependencies: [
        // Read as files, by names that are put together: trained data, fonts, programs.
        '@tesseract.js-data/*',
        '@fontsource/*',
        '@ffmpeg-installer/ffmpeg',
        '@ffprobe-installer/ffprobe',
        // Runs main.ts for the cdktf command line on any Node; cdktf.json names it.
        'tsx',
        // Has no types, and is loaded by createRequire.
        'asl-validator',
      ],
      // Programs of the machine; tests that need them say so.
      ignoreBinaries: ['make', 'jq', 'terraform', 'systemd-analyze', 'systemd-nspawn'],
    },
    'packages/*': { entry: ['src/**/*.test.ts'], project: ['src/**/*.ts'] },
    'packages/comic-reader': {
      // Run by hand: each makes a file of its data.
      entry: ['{src,tools,training}/**/*.test.ts', 'tools/vietnamese-{pairs,ranks}.ts', 'training/train.ts'],
      project: ['{src,tools,training}/**/*.ts'],
    },
    'packages/local-aws': {
      // Started by their paths, as threads and processes.
      entry: [
        'src/**/*.test.ts',
        'src/{lambda/runtime,ec2/instance-process,inspect/proxy-process,reload/type-check-process}.ts',
        'src/testing/inspected-cloud.ts',
      ],
      project: ['src/**/*.ts'],
    },
    'packages/step-functions': {
      // Started by their paths, with the extension that they have when built: a thread and its process.
      entry: [
        ...['src/**/*.test.ts', 'src/evaluator/{broker,process}.ts', 'src/map-run/parquet-decoder.ts'],
        'src/task/sdk/worker.ts',
      ],
      // A dependency of the AWS SDK's clients, which the user installs.
      ignoreDependencies: ['@smithy/core', '@smithy/node-http-handler'],
      project: ['src/**/*.ts'],
    },
  },
} satisfies KnipConfig;
