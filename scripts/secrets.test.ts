import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Cloud, startCloud } from 'local-aws';
import { callJson } from 'local-aws/client';
import { startFakeAccount } from './testing/fake-account.ts';

let cloud: Cloud;
const stateDirectory = mkdtempSync(join(tmpdir(), 'secrets-test-'));
beforeAll(async () => {
  cloud = await startCloud({ stateDirectory });
});
afterAll(async () => {
  await cloud.close();
  rmSync(stateDirectory, { recursive: true });
});

async function secrets(environment: NodeJS.ProcessEnv, input = '') {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'manga.ts'), 'secrets'], {
    env: {
      PATH: process.env.PATH,
      NODE_NO_WARNINGS: '1',
      AWS_ENDPOINT_URL: cloud.endpoint,
      AWS_REGION: cloud.region,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      ...environment,
    },
  });
  child.stdin.end(input);
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { out, error, status: child.exitCode };
}

test('sets a secret from standard input, lists it as set, and shows it nowhere', async () => {
  const before = await secrets({});
  expect(before.out).toMatch(/^Secrets of the local cloud\n {2}youtube {2}not set/);
  const set = await secrets({ SET: 'llm' }, 'sk-0123456789abcdef\n');
  const error = `local cloud at ${cloud.endpoint}\n`;
  expect(set).toEqual({ out: 'manga-pipeline/llm is set\n', error, status: 0 });
  expect(await secrets({ SET: 'llm' }, 'sk-fedcba9876543210\n')).toEqual(set);
  const after = await secrets({});
  expect(after.out).toMatch(/ llm {6}set \d{4}-\d\d-\d\d +only when narrator names llm\n/);
  expect(after.out).not.toContain('sk-');
  expect(readFileSync(join(stateDirectory, 'secrets.json'), 'utf8')).toContain('sk-fedcba9876543210');
});

test('a certificate for another purpose is refused before it is set, and none of it is shown', async () => {
  const pem = (name: string) =>
    readFileSync(join(import.meta.dirname, `../providers/content-credentials/testing/${name}.pem`), 'utf8');
  const refused = await secrets({ SET: 'signing' }, pem('server'));
  expect(refused.error).toContain(
    "The PEM of the secret signing can't be used: signing failed: certificate missing required EKU",
  );
  expect(refused.error).not.toMatch(/[A-Za-z0-9+/]{40}/);
  expect((await secrets({})).out).toMatch(/ signing {2}not set/);
  expect((await secrets({ SET: 'signing' }, pem('p256'))).out).toBe('manga-pipeline/signing is set\n');
});

test('sets the secret of a stage that is deployed, and creates none', async () => {
  const stage = await startFakeAccount(cloud.endpoint, ['SECRETS_MANAGER']);
  const environment = { ...stage.environment, AWS_ENDPOINT_URL: '', STAGE: 'dev', SET: 'llm' };
  const missing = await secrets(environment, 'sk-0123456789abcdef');
  expect(missing.error).toMatch(
    /^account 111122223333, \S+, stage dev\nsecrets: manga-pipeline-dev\/llm does not exist yet; make deploy STAGE=dev/,
  );
  await callJson(cloud, 'secretsmanager', 'CreateSecret', { Name: 'manga-pipeline-dev/llm' });
  expect((await secrets(environment, 'sk-0123456789abcdef')).out).toBe('manga-pipeline-dev/llm is set\n');
  const typo = await secrets({ ...environment, SET: 'youtube', CHANNEL: 'truyen' }, '{}');
  expect(typo.error).toContain(
    "secrets: The channel truyen is not one of the stage's (main): name it in the setting channels",
  );
  stage.close();
});

test.each([
  ['an unknown name', { SET: 'twitch' }, 'SET is twitch; it can be youtube or llm or voice'],
  ['an impossible stage', { SET: 'llm', STAGE: 'Prod!' }, 'STAGE is Prod!; it is 2 to 10'],
])('reports %s in one line', async (_, environment, message) => {
  const { error, status } = await secrets(environment, 'sk-0123456789abcdef');
  expect(error).toMatch(/^secrets: [^\n]+\n$/);
  expect(error).toContain(message);
  expect(status).toBe(1);
});
