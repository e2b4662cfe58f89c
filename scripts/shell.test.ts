import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseConfig } from '../config/settings/index.ts';
import { type LocalCloud, startLocalCloud } from '../local/cloud.ts';
import { startFakeAccount } from './testing/fake-account.ts';

let cloud: LocalCloud;
const stateDirectory = mkdtempSync(join(tmpdir(), 'shell-'));
beforeAll(async () => {
  cloud = await startLocalCloud({ stateDirectory, port: 0, config: parseConfig({}), log: () => undefined });
});
afterAll(async () => {
  await cloud.close();
  rmSync(stateDirectory, { recursive: true });
});

const program = [process.execPath, join(import.meta.dirname, 'manga.ts'), 'live'];

async function shell(environment: NodeJS.ProcessEnv, [command = '', ...rest] = program) {
  const child = spawn(command, rest, {
    env: {
      PATH: process.env.PATH,
      MANGA_NO_INSTALL: '1',
      SHELL: '/bin/sh',
      NODE_NO_WARNINGS: '1',
      AWS_ENDPOINT_URL: cloud.endpoint,
      AWS_REGION: cloud.region,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      ...environment,
    },
  });
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { out, error, status: child.exitCode };
}

test("runs a command with the stage's names, and exits with its status", async () => {
  const cmd = 'echo $STAGE $S3_BUCKET $DYNAMODB_JOBS_TABLE $STATE_MACHINE_ARN $DAILY_QUOTA; exit 3';
  expect(await shell({ CMD: cmd })).toEqual({
    out: `prod ${cloud.resources.artifactsBucket} manga-pipeline-jobs ${cloud.stateMachineArn} 10\n`,
    error: `local cloud at ${cloud.endpoint}\n`,
    status: 3,
  });
});

test('make leaves variables in a command to the shell', async () => {
  const make = ['make', '--no-print-directory', '-C', join(import.meta.dirname, '..'), 'live'];
  expect((await shell({}, [...make, 'CMD=echo "$STAGE" $S3_BUCKET'])).out).toBe(
    `prod ${cloud.resources.artifactsBucket}\n`,
  );
});

test('reports a stage that is not deployed in one line', async () => {
  const account = await startFakeAccount(cloud.endpoint, ['LAMBDA']);
  const { error, status } = await shell({
    ...account.environment,
    AWS_ENDPOINT_URL: '',
    STAGE: 'dev',
    CMD: 'true',
  });
  account.close();
  expect(error).toMatch(
    /^account 111122223333, \S+, stage dev\nlive: stage dev is not deployed in this account and region; make deploy STAGE=dev\n$/,
  );
  expect(status).toBe(1);
});
