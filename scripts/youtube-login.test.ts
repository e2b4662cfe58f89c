import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Cloud, startCloud } from 'local-aws';
import { callJson } from 'local-aws/client';
import { type FakeYouTube, startFakeYouTube } from '../fakes/youtube/youtube.ts';
import { accessToken } from '../providers/publishers/youtube/access-token.ts';

let cloud: Cloud;
let fake: FakeYouTube;
const folder = mkdtempSync(join(tmpdir(), 'youtube-login-test-'));
beforeAll(async () => {
  cloud = await startCloud({ stateDirectory: join(folder, 'cloud') });
  fake = await startFakeYouTube();
});
afterAll(async () => {
  await Promise.all([cloud.close(), fake.close()]);
  rmSync(folder, { recursive: true });
});

/** Runs `make secrets LOGIN=youtube`, with the owner of the channel at the browser. */
async function login(channel = '', client = join(folder, 'client_secret.json')) {
  writeFileSync(join(folder, 'client_secret.json'), JSON.stringify({ installed: fake.oauth.client }));
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'manga.ts'), 'secrets', '--login', 'youtube'],
    {
      env: {
        ...{ PATH: process.env.PATH, NODE_NO_WARNINGS: '1', CLIENT: client, CHANNEL: channel },
        ...{ AWS_ENDPOINT_URL: cloud.endpoint, AWS_REGION: cloud.region, YOUTUBE_ENDPOINT: fake.origin },
      },
    },
  );
  let said = '';
  let opened = false;
  child.stderr.on('data', (piece: Buffer) => {
    said += piece;
    const [url] = /^http:\S+(?=\n)/m.exec(said) ?? [];
    if (url && !opened) void fetch(url);
    opened ||= url !== undefined;
  });
  const [out] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return { out, said, status: child.exitCode };
}

test("stores the channel's consent as the stage's secret, and shows it nowhere", async () => {
  const first = await login();
  expect(first).toMatchObject({
    out: 'manga-pipeline/youtube is set\nIt is of the YouTube channel “Kênh thử” (UCfake)\n',
    status: 0,
  });
  const again = await login();
  expect(again.status).toBe(0);
  expect(first.out + first.said + again.out + again.said).not.toMatch(/1\/\/fake|GOCSPX|ya29/);
  const input = { SecretId: 'manga-pipeline/youtube' };
  const stored = await callJson<{ SecretString: string }>(cloud, 'secretsmanager', 'GetSecretValue', input);
  const secret = JSON.parse(stored.SecretString);
  expect(await accessToken(async () => secret, fake.endpoints.tokenEndpoint).get()).toMatch(/^ya29/);
});

test('names both channels when a consent is of the YouTube channel of another one, and what to do', async () => {
  const table = {
    TableName: 'manga-pipeline-counters',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'date', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'date', KeyType: 'HASH' }],
  };
  await callJson(cloud, 'dynamodb', 'CreateTable', table);
  await login();
  const same = await login('truyen-ma');
  expect(same.said).toContain(
    'secrets: The channels main and truyen-ma have secrets of one YouTube channel, “Kênh thử” (UCfake)',
  );
  expect(same.said).toContain('run make secrets LOGIN=youtube CHANNEL=truyen-ma');
  expect(same.status).toBe(1);
  fake.oauth.chooses = 'another';
  const other = await login('truyen-ma');
  expect(other).toMatchObject({ out: expect.stringContaining('(UCfake-another)'), status: 0 });
});

test('names the file of an OAuth client that is not there', async () => {
  const { said, status } = await login('', join(folder, 'none.json'));
  expect(said).toMatch(/CLIENT=\S+none\.json can't be read .* give the JSON file of a Desktop client/);
  expect(status).toBe(1);
});
