import { inspect } from 'node:util';
import { type FakeYouTube, startFakeYouTube } from '../../fakes/youtube/youtube.ts';
import { accessToken } from '../../providers/publishers/youtube/access-token.ts';
import { askForConsent, scope } from './consent.ts';
import { parseOAuthClient } from './oauth-client.ts';

let fake: FakeYouTube;
beforeEach(async () => {
  fake = await startFakeYouTube();
});
afterEach(() => fake.close());

/** A login with a browser that opens the printed address, as the person would. */
async function login(browse = async (url: string) => void (await fetch(url)), client = fake.oauth.client) {
  let browsed: Promise<void> | undefined;
  try {
    return await askForConsent(client, {
      endpoints: { authorize: `${fake.origin}/o/oauth2/v2/auth`, token: `${fake.origin}/token` },
      show: (url) => {
        browsed = browse(url);
      },
      timeoutMs: 300,
    });
  } finally {
    await browsed;
  }
}

test('consent in the browser gives a refresh token that YouTube accepts', async () => {
  const { refreshToken: refresh_token, coversReports } = await login();
  expect(coversReports).toBe(true);
  const token = accessToken(
    async () => ({ ...fake.oauth.client, refresh_token }),
    fake.endpoints.tokenEndpoint,
  );
  expect(await token.get()).toMatch(/^ya29/);
});

test('requests a lasting token with all needed scopes, a challenge and a state', async () => {
  let asked = new URLSearchParams();
  await login(async (url) => {
    asked = new URL(url).searchParams;
    await fetch(url);
  });
  expect(Object.fromEntries(asked)).toMatchObject({
    ...{
      access_type: 'offline',
      prompt: 'consent',
      response_type: 'code',
      code_challenge_method: 'S256',
      scope,
    },
    redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    state: expect.stringMatching(/^[\w-]{32}$/),
  });
});

test('ignores a code with another state', async () => {
  const forged = login(async (url) => {
    const redirect = new URL(url).searchParams.get('redirect_uri');
    expect((await fetch(`${redirect}/?state=forged&code=stolen`)).status).toBe(404);
  });
  await expect(forged).rejects.toThrow('No consent arrived in time');
});

test('a stolen code is useless without the verifier', async () => {
  const stolen = login(async (url) => {
    const location = (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '';
    const code = new URL(location).searchParams.get('code') ?? '';
    const redirect_uri = new URL(url).searchParams.get('redirect_uri') ?? '';
    const body = { ...fake.oauth.client, code, redirect_uri, grant_type: 'authorization_code' };
    const answer = await fetch(`${fake.origin}/token`, {
      method: 'POST',
      body: new URLSearchParams(body),
    });
    expect(await answer.json()).toMatchObject({ error: 'invalid_grant' });
    await fetch(location);
  });
  await expect(stolen).rejects.toThrow('Google returned no token (invalid_grant)');
});

test('reports to a person who declines how to start again', async () => {
  fake.oauth.denies = true;
  await expect(login()).rejects.toThrow(
    'There was no consent (access_denied); run make secrets LOGIN=youtube again',
  );
});

test('a consent can leave out reports, and not the management of videos', async () => {
  const [publish = '', reports = ''] = scope.split(' ');
  fake.oauth.unticked = reports;
  expect(await login()).toMatchObject({ coversReports: false });
  fake.oauth.unticked = publish;
  await expect(login()).rejects.toThrow('The consent does not cover the management of videos');
});

test('errors contain no secret', async () => {
  const wrong = { ...fake.oauth.client, client_secret: 'GOCSPX-wrong-client-secret' };
  const error = await login(undefined, wrong).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ name: 'ConfigurationError' });
  expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/GOCSPX|4\/[0-9a-f]{8}/);
});

describe('the OAuth client', () => {
  const client = { client_id: 'a.apps.googleusercontent.com', client_secret: 'GOCSPX-0123456789' };

  test("is read from the console's file, or from its two fields", () => {
    const installed = { ...client, project_id: 'p', redirect_uris: ['http://localhost'] };
    expect(parseOAuthClient(JSON.stringify({ installed }))).toEqual(client);
    expect(parseOAuthClient(JSON.stringify(client))).toEqual(client);
  });

  test.each([
    [JSON.stringify({ web: client }), 'Desktop app'],
    ['GOCSPX-0123456789', 'This is not an OAuth client'],
    [JSON.stringify({ client_id: 'a', client_secret: 'GOCSPX-0123456789' }), 'This is not an OAuth client'],
  ])('that is invalid is rejected without being shown', (text, message) => {
    const attempt = () => parseOAuthClient(text);
    expect(attempt).toThrow(message);
    expect(attempt).not.toThrow(/GOCSPX/);
  });
});
