/** Measures a deployment: bundling, synthesis, and the first import of each function as on Lambda. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import { type FunctionName, functionNames, functions } from '../../config/functions.ts';
import { parseConfig } from '../../config/settings/index.ts';
import { fillVariables, type ResourceName, type VariableName } from '../../config/variables.ts';
import { inEnvironment } from '../../local/testing/environment.ts';
import { median } from '../figures/median.ts';
import { show } from '../figures/show.ts';
import { timedRun } from './timed-run.ts';

const root = join(import.meta.dirname, '../..');
const runs = 5;
const megabyte = 1024 * 1024;

/** Runs in a new process: the time from its start to a handler. */
const probe = `
  const started = performance.now();
  const { handler } = await import(process.argv[1]);
  if (typeof handler !== 'function') throw new Error('no handler');
  console.log(performance.now() - started);
  process.exit();`;

function unzip(file: string, folder: string): void {
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(join(root, 'dist', file))))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
}

/** Returns placeholder variables: a handler reads them when it is imported, but makes no calls. */
function environmentFor(names: readonly VariableName[]): Record<string, string> {
  const anything = new Proxy({}, { get: () => 'anything' }) as Record<ResourceName, string>;
  const config = parseConfig({ ffmpegPath: process.execPath });
  return { ...fillVariables(names, config, anything), AWS_REGION: config.region };
}

function coldImport(folder: string, name: FunctionName): number {
  const module = pathToFileURL(join(folder, name, 'index.mjs')).href;
  const times = Array.from({ length: runs }, () =>
    Number(
      execFileSync(process.execPath, ['--input-type=module', '--eval', probe, module], {
        env: {
          ...environmentFor(functions[name].environment),
          // The folder where Lambda's runtime looks for modules of layers.
          NODE_PATH: join(folder, 'opt/nodejs/node_modules'),
        },
        encoding: 'utf8',
      }),
    ),
  );
  return median(times);
}

export async function measureDeployment(): Promise<void> {
  // As ./manga does, without the variable that chose this bench.
  process.env.NODE_COMPILE_CACHE = join(root, 'dist/v8');
  delete process.env.WHAT;
  const options = { cwd: root, timeoutSeconds: 120 };
  const bundleOnce = () => timedRun('node', ['scripts/manga.ts', 'bundle'], options);
  const fresh = [];
  const bundles = [];
  for (let n = 0; n < runs; n += 1) {
    for (const kept of ['compiled', 'deflated', 'v8'])
      rmSync(join(root, 'dist', kept), { recursive: true, force: true });
    fresh.push(await bundleOnce());
    bundles.push(await bundleOnce());
  }
  const seconds = (all: readonly { seconds: number }[]) =>
    `${median(all.map((one) => one.seconds)).toFixed(2)} s`;
  show(`make bundle, median of ${runs}`, seconds(bundles), '≤ 2 s');
  show(`make bundle without a cache`, seconds(fresh));
  const syntheses = [];
  for (let n = 0; n < runs; n += 1) syntheses.push(await timedRun('node', ['main.ts'], options));
  show(`synth, median of ${runs}`, seconds(syntheses), '≤ 2.5 s');
  const peak = Math.max(...syntheses.map((one) => one.peakMemory));
  show('synth, peak memory', `${(peak / megabyte).toFixed(0)} MB`, '≤ 200 MB');

  const [layer] = bundles.at(-1)?.lines.flatMap((line) => /layers\/sharp-\w+\.zip/.exec(line) ?? []) ?? [];
  await inEnvironment('cold', async ({ folder, pathOf }) => {
    if (layer) unzip(layer, pathOf('opt'));
    for (const name of functionNames) {
      unzip(`functions/${name}.zip`, pathOf(name));
      const milliseconds = coldImport(folder, name).toFixed(0);
      show(`cold import of ${name}, median of ${runs}`, `${milliseconds} ms`, '≤ 120 ms');
    }
  });
}

if (import.meta.main) await measureDeployment();
