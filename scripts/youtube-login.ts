/**
 * `make secrets LOGIN=youtube [STAGE=prod] [CLIENT=client_secret.json] [PORT=0]`: asks the channel's owner for consent in the
 * browser and stores the refresh token as the stage's secret `youtube`, or as that of the local cloud. With YOUTUBE_ENDPOINT
 * another server plays Google, as for the uploader.
 */
import { readFile } from 'node:fs/promises';
import { secretStore } from '../aws/secret-store.ts';
import type { OptionsOf } from '../config/commands/command.ts';
import type { secrets as declared } from '../config/commands/operate.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { secrets } from '../domain/secrets.ts';
import { namesOf } from '../stacks/names.ts';
import { enterCloud } from './cloud.ts';
import { labelOf } from './secrets/needs.ts';
import { askHidden, readPiped } from './secrets/terminal.ts';
import { mustBeOfStage, openSetChannel } from './secrets/youtube-channel.ts';
import { askForConsent, type OAuthClient } from './youtube-login/consent.ts';
import { parseOAuthClient } from './youtube-login/oauth-client.ts';

async function oauthClient(file: string | undefined): Promise<OAuthClient> {
  if (file) {
    const text = await readFile(file, 'utf8').catch((cause: Error) => {
      throw new ConfigurationError(
        `CLIENT=${file} can't be read (${cause.message}): give the JSON file of a Desktop client, which the Google Cloud console offers for download`,
        { cause },
      );
    });
    return parseOAuthClient(text);
  }
  if (!process.stdin.isTTY) return parseOAuthClient(await readPiped());
  const client_id = (await askHidden('client id of the OAuth client: ')).trim();
  const client_secret = (await askHidden('client secret: ')).trim();
  return parseOAuthClient(JSON.stringify({ client_id, client_secret }));
}

/** Addresses of the pages of a server other than Google. */
const pagesAt = (endpoint: string) => ({
  authorize: new URL('/o/oauth2/v2/auth', endpoint).href,
  token: new URL('/token', endpoint).href,
});

type Options = Pick<OptionsOf<typeof declared>, 'client' | 'port' | 'youtubeEndpoint' | 'channel'>;

export async function run({ client: file, port = 0, youtubeEndpoint, channel }: Options): Promise<void> {
  const cloud = await enterCloud();
  const { stage, local } = cloud;
  if (channel) await mustBeOfStage(cloud, channel);
  const names = namesOf(stage);
  const id = names.secret(labelOf({ name: 'youtube', ...(channel && { channel }) }));
  // Checked before the person goes to the browser.
  const { exists } = await secretStore.stateOf(id);
  if (!exists && !local)
    throw new ConfigurationError(`${id} does not exist yet; make deploy STAGE=${stage} creates it, empty`);
  const client = await oauthClient(file);
  const { refreshToken: refresh_token, coversReports } = await askForConsent(client, {
    port,
    ...(youtubeEndpoint && { endpoints: pagesAt(youtubeEndpoint) }),
    show: (url) =>
      console.error(`Open this in a browser on this machine, signed in as the channel's owner:\n\n${url}\n`),
  });
  const secret = secrets.youtube.schema.parse({ ...client, refresh_token });
  const value = JSON.stringify(secret);
  if (!(await secretStore.put(id, value))) await secretStore.create(id, secrets.youtube.purpose, value);
  console.log(`${id} is set`);
  if (!coversReports)
    console.log(
      'It does not cover reports: thumbnails are not compared, and nobody knows how videos are watched.',
    );
  await openSetChannel(cloud, { ...(channel && { channel }), secret, endpoint: youtubeEndpoint });
}
