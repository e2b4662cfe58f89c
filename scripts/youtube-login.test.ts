import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type FakeYouTube, startFakeYouTube } from '../fakes/youtube/youtube.ts';
import { openSecrets } from '../local/services/secrets-manager/secrets.ts';
import { createSecretsManagerService } from '../local/services/secrets-manager/service.ts';
import { account, startUnderTest, type UnderTest } from '../local/services/testing/cloud-under-test.ts';
import { accessToken } from '../providers/publishers/youtube/access-token.ts';

let cloud: UnderTest;
let fake: FakeYouTube;
const stored = () => openSecrets(join(cloud.folder, 'secrets.json'), account);
beforeAll(async () => {
  cloud = await startUnderTest();
  fake = await startFakeYouTube();
  const secrets = openSecrets(join(cloud.folder, 'secrets.json'), account);
  cloud.gateway.serve('secretsmanager', createSecretsManagerService(secrets));
});
afterAll(() => Promise.all([cloud.end(), fake.close()]));

/** Runs `make secrets LOGIN=youtube`, with the owner of the channel at the browser. */
async function login() {
  const client = join(cloud.folder, 'client_secret.json');
  writeFileSync(client, JSON.stringify({ installed: fake.oauth.client }));
  const child = spawn(process.execPath, [join(import.meta.dirname, 'youtube-login.ts')], {
    env: {
      ...{ PATH: process.env.PATH, NODE_NO_WARNINGS: '1', CLIENT: client },
      ...{ AWS_ENDPOINT_URL: cloud.endpoint, AWS_REGION: account.region, YOUTUBE_ENDPOINT: fake.origin },
    },
  });
  let said = '';
  child.stderr.on('data', (piece: Buffer) => {
    said += piece;
    const [url] = /^http:\S+(?=\n)/m.exec(said) ?? [];
    if (url) child.stderr.removeAllListeners('data').resume();
    if (url) void fetch(url);
  });
  const [out] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return { out, said, status: child.exitCode };
}

test("stores the channel's consent as the stage's secret, and shows it nowhere", async () => {
  const first = await login();
  expect(first).toMatchObject({ out: 'manga-pipeline/youtube is set\n', status: 0 });
  const again = await login();
  expect(again.status).toBe(0);
  expect(first.out + first.said + again.out + again.said).not.toMatch(/1\/\/fake|GOCSPX|ya29/);
  const { versions } = stored().get('manga-pipeline/youtube');
  const secret = JSON.parse(versions.find(({ stages }) => stages.includes('AWSCURRENT'))?.text ?? '');
  expect(await accessToken(async () => secret, fake.endpoints.tokenEndpoint).get()).toMatch(/^ya29/);
});
