import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseConfig } from '../config/settings/index.ts';
import { readStage } from '../stacks/deployment.ts';
import { type Cloud, chooseCloud, chooseStage, enterCloud } from './cloud.ts';
import { startFakeAccount } from './testing/fake-account.ts';

const root = join(import.meta.dirname, '..');
const running = { endpoint: 'http://127.0.0.1:8083', region: 'us-east-1' };
const endpoint = 'http://127.0.0.1:9999';

test.each([
  ['the local cloud of this checkout', {}, { stage: 'prod', local: running }],
  ['a named stage, even while a local cloud runs', { STAGE: 'dev' }, { stage: 'dev' }],
  [
    'the local cloud that AWS_ENDPOINT_URL names',
    { AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'eu-west-1' },
    { stage: 'prod', local: { endpoint, region: 'eu-west-1' } },
  ],
  [
    'the region of the local cloud when AWS_REGION is empty',
    { AWS_ENDPOINT_URL: endpoint, AWS_REGION: '' },
    { stage: 'prod', local: { endpoint, region: parseConfig({}).region } },
  ],
  [
    'a stage whose account has another endpoint',
    { STAGE: 'dev', AWS_ENDPOINT_URL: 'https://aws.example.com' },
    { stage: 'dev' },
  ],
])('chooses %s', (_, environment, cloud) => {
  expect(chooseCloud(environment, () => running)).toEqual(cloud);
});

test.each(['127.0.0.1:8083', 'localhost:8083', '//localhost:8083'])(
  'rejects the endpoint %s, since a command without it works on an account',
  (url) => {
    for (const choose of [chooseCloud, chooseStage])
      expect(() => choose({ AWS_ENDPOINT_URL: url })).toThrow(
        `AWS_ENDPOINT_URL is ${url}; it must be a URL like http://127.0.0.1:8083`,
      );
  },
);

test('chooses prod when no local cloud runs and no stage is named', () => {
  expect(chooseCloud({}, () => undefined)).toEqual({ stage: 'prod' });
});

test.each(['http://127.0.0.1:8083', 'http://localhost:8083', 'http://[::1]:8083/'])(
  'rejects a stage together with the local cloud at %s',
  (url) => {
    expect(() => chooseCloud({ STAGE: 'dev', AWS_ENDPOINT_URL: url })).toThrow(/unset one of them$/);
    expect(() => chooseStage({ AWS_ENDPOINT_URL: url })).toThrow(/no deployments; unset it/);
  },
);

test.each(['live', 'plan', 'deploy', 'ami'])('%s does not deploy to the local cloud', (command) => {
  const run = () =>
    execFileSync(process.execPath, [join(import.meta.dirname, 'manga.ts'), command], {
      env: { PATH: process.env.PATH, AWS_ENDPOINT_URL: endpoint, NODE_NO_WARNINGS: '1' },
      stdio: 'pipe',
    });
  expect(run).toThrow(/AWS_ENDPOINT_URL is the local cloud at http:\/\/127\.0\.0\.1:9999/);
});

test.each(['scripts/cdktf.sh', 'scripts/plan-summary-terraform.sh', 'workers/image/build.sh'])(
  '%s does not deploy to the local cloud',
  (script) => {
    const run = () =>
      execFileSync(join(root, script), ['deploy'], {
        env: { PATH: process.env.PATH, AWS_ENDPOINT_URL: endpoint },
        stdio: 'pipe',
      });
    expect(run).toThrow(/AWS_ENDPOINT_URL is the local cloud at http:\/\/127\.0\.0\.1:9999/);
  },
);

test('make destroy needs a named stage', () => {
  const run = () =>
    execFileSync('make', ['--no-print-directory', 'destroy'], {
      cwd: root,
      env: { PATH: process.env.PATH, MANGA_NO_INSTALL: '1' },
      stdio: 'pipe',
    });
  expect(run).toThrow(/destroy: name the stage to remove, as in make destroy STAGE=dev/);
});

/** Enters a cloud in a separate process, as every command does first; returns what it prints. */
async function enter(environment: Record<string, string | undefined>, cloud?: Cloud): Promise<string> {
  const code = `
    const { enterCloud } = await import(${JSON.stringify(join(import.meta.dirname, 'cloud.ts'))});
    await enterCloud(${JSON.stringify(cloud)}, console.log).catch(({ message }) => console.log(message));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: mkdtempSync(join(tmpdir(), 'elsewhere-')),
    env: {
      HOME: mkdtempSync(join(tmpdir(), 'home-')),
      AWS_EC2_METADATA_DISABLED: 'true',
      NODE_NO_WARNINGS: '1',
      ...environment,
    },
  });
  return stdout.trim();
}

test("prints the account and the region of the stage, not the shell's", async () => {
  const account = await startFakeAccount('', []);
  const { region } = await readStage('prod', root);
  expect(await enter({ ...account.environment, AWS_REGION: 'eu-south-1' })).toBe(
    `account 111122223333, ${region}, stage prod`,
  );
  account.close();
});

test('make ami prints the account and the region before it builds, and make doctor prints its cloud first', async () => {
  const account = await startFakeAccount('', []);
  const run = (...words: string[]) =>
    promisify(execFile)(process.execPath, [join(import.meta.dirname, 'manga.ts'), ...words], {
      // Without any program the build ends there.
      env: { ...account.environment, PATH: '/none', AWS_REGION: 'eu-south-1' },
    }).catch((failed: { stdout: string; stderr: string }) => failed);
  expect((await run('ami')).stderr).toMatch(/^account 111122223333, eu-south-1\n/);
  expect((await run('doctor')).stdout).toMatch(
    /^account 111122223333, [a-z0-9-]+, stage prod\n\nThis machine\n/,
  );
  account.close();
});

test('reports missing credentials in one line that says how to get them, and why no local cloud was chosen', async () => {
  const needs = 'stage prod needs AWS credentials that work \\(.+\\); run aws configure .*AWS_PROFILE$';
  expect(await enter({ STAGE: 'prod' })).toMatch(new RegExp(`^${needs}`));
  // A deployment does not work on a local cloud.
  expect(await enter({}, { stage: 'prod' })).toMatch(new RegExp(`^${needs}`));
  expect(await enter({})).toMatch(new RegExp(`^no local cloud is running here \\(make dev\\), and ${needs}`));
});

test('sends nothing of a local cloud to endpoints that the shell has for single services', async () => {
  const before = { ...process.env };
  const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  process.env.AWS_ENDPOINT_URL_S3 = 'https://storage.example.com';
  await enterCloud(
    { stage: 'prod', local: { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1' } },
    () => {},
  );
  expect(process.env.AWS_ENDPOINT_URL_S3).toBeUndefined();
  process.env = before;
  server.close();
});

test('reports a local cloud that does not respond', async () => {
  expect(await enter({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' })).toBe(
    'the local cloud at http://127.0.0.1:9 does not respond; start it again with make dev, or name a stage of your account with STAGE',
  );
});

test('rejects a stage without a file, and names the existing ones', async () => {
  expect(await enter({ STAGE: 'moon' })).toMatch(/^STAGE: moon is not known; it must be dev or prod/);
});
