import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { json } from 'node:stream/consumers';
import { build } from 'esbuild';
import { functionNames, isOptional } from '../../config/functions.ts';
import { namesOf } from '../../stacks/names.ts';
import { startFakeAccount } from '../testing/fake-account.ts';
import { isAttached } from './attached.ts';
import { configFile, liveFunctions } from './mapping.ts';

const root = join(import.meta.dirname, '../..');
const account = await startFakeAccount('', []);
afterAll(account.close);

interface Configuration {
  Environment: { Variables: Record<string, string> };
  Layers: string[];
}

interface Alias {
  FunctionVersion?: string;
}

/** Fakes Lambda's configuration and alias calls, for functions that all have one variable and the version 7. */
async function fakeLambda() {
  const states = new Map<string, Configuration>();
  const aliases = new Map<string, string>();
  const server: Server = createServer(async (request, response) => {
    const aliased = /functions\/([^/]+)\/aliases\/live/.exec(request.url ?? '')?.[1];
    if (aliased) {
      const { FunctionVersion = '' } = request.method === 'PUT' ? ((await json(request)) as Alias) : {};
      if (FunctionVersion) aliases.set(aliased, FunctionVersion);
      response.setHeader('content-type', 'application/json');
      return response.end(JSON.stringify({ FunctionVersion: aliases.get(aliased) ?? '7' }));
    }
    const name = /functions\/([^/]+)\/configuration/.exec(request.url ?? '')?.[1] ?? '';
    const state = states.get(name) ?? { Environment: { Variables: { OWN: '1' } }, Layers: [] };
    states.set(name, request.method === 'PUT' ? ((await json(request)) as Configuration) : state);
    const { Environment, Layers } = states.get(name) ?? state;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ FunctionArn: `arn:${name}`, Environment, Layers: Layers.map((Arn) => ({ Arn })) }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const attached = () =>
    [...states.values()].filter(({ Environment, Layers }) =>
      isAttached({ arn: '', environment: Environment.Variables, layers: Layers }),
    ).length;
  /** The versions that calls run. */
  const called = () => [...new Set(aliases.values())];
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, states, attached, called, close: () => server.close() };
}

async function live(url: string, environment: Record<string, string>, untilLine?: RegExp) {
  const child = spawn(process.execPath, [join(root, 'scripts/manga.ts'), 'live'], {
    cwd: root,
    env: {
      ...process.env,
      ...account.environment,
      AWS_ENDPOINT_URL_LAMBDA: url,
      STAGE: 'dev',
      LIVE_DEBUGGER: `${process.execPath} ${join(import.meta.dirname, 'testing/fake-debugger.ts')}`,
      ...environment,
    },
  });
  const lines: string[] = [];
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const reached = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        if (untilLine?.test(line)) resolve();
      });
  });
  if (untilLine) await Promise.race([reached, ended]);
  return { child, lines, ended };
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(holds()).toBe(true);
}

test('maps every function of the manifest to its handler, by the name of its stage', () => {
  const mapping = liveFunctions(root, namesOf('dev'));
  expect(mapping.map(({ functionName }) => functionName)).toEqual(
    functionNames.filter((name) => !isOptional(name)).map((name) => `manga-pipeline-dev-${name}`),
  );
  expect(mapping.filter(({ codePath }) => !existsSync(codePath))).toEqual([]);
  expect(liveFunctions(root, namesOf('dev'), 'cleanup')).toHaveLength(1);
});

test('the debugger can bundle each of them with the options of the mapping', async () => {
  const mapping = liveFunctions(root, namesOf('dev'));
  const { errors, outputFiles } = await build({
    entryPoints: mapping.map(({ codePath }) => codePath),
    external: mapping[0]?.esBuildOptions.external ?? [],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'esnext',
    mainFields: ['module', 'main'],
    outdir: mkdtempSync(join(tmpdir(), 'live-')),
    write: false,
    logLevel: 'silent',
  });
  expect(errors).toEqual([]);
  expect(outputFiles).toHaveLength(mapping.length);
  // Eleven whole bundles, on a machine that also does other work.
});

test('escapes a name with quotes in the configuration', () => {
  const [one] = liveFunctions(root, namesOf('dev'), 'cleanup');
  if (!one) throw new Error('no mapping');
  const text = configFile('us-east-1', [{ ...one, functionName: '"; process.exit() //' }]);
  expect(text).toContain(JSON.stringify('"; process.exit() //'));
});

test('rejects prod before any request to AWS', async () => {
  const { lines, ended } = await live('http://127.0.0.1:9', { STAGE: 'prod' });
  expect(await ended).toBe(1);
  expect(lines).toEqual([
    "live: prod can't run on a developer's machine; set STAGE=dev, or another stage of yours",
  ]);
});

test("Ctrl-C restores every function's own code", async () => {
  const lambda = await fakeLambda();
  const { child, lines, ended } = await live(lambda.url, {}, /Debugger started/);
  expect(lambda.attached()).toBe(11);
  expect(lambda.called()).toEqual(['$LATEST']);
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(lines.at(-1)).toBe('live: every function has its own code again');
  expect(lambda.attached()).toBe(0);
  expect(lambda.called()).toEqual(['7']);
  expect([...lambda.states.values()].every(({ Environment }) => Environment.Variables.OWN === '1')).toBe(
    true,
  );
  lambda.close();
});

test('Ctrl-C before a function is changed ends it with one line', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const { child, lines, ended } = await live(`http://127.0.0.1:${port}`, {});
  await once(silent, 'request');
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(lines.slice(-1)).toEqual(['live: stopped; no function was changed']);
  silent.closeAllConnections();
  silent.close();
});

test('reports a bridge that fails immediately, and restores the functions', async () => {
  const lambda = await fakeLambda();
  const { lines, ended } = await live(lambda.url, { FAKE_DEBUGGER: 'crash' });
  expect(await ended).toBe(1);
  expect(lines).toContain(
    'live: the bridge is DOWN; restoring the functions, so that invocations do not wait',
  );
  expect(lambda.attached()).toBe(0);
  lambda.close();
});

test('restores the functions when it is killed', async () => {
  const lambda = await fakeLambda();
  const { child, ended } = await live(lambda.url, { FN: 'cleanup' }, /Debugger started/);
  expect(lambda.attached()).toBe(1);
  child.kill('SIGKILL');
  await ended;
  await until(() => lambda.attached() === 0 && lambda.called()[0] === '7');
  lambda.close();
});
