import { knownChannels, openChannel } from '../../aws/open-channel.ts';
import { channelNames, publishingChannels, settingsOfChannel } from '../../config/channels.ts';
import { mainChannel } from '../../domain/channel.ts';
import { ConfigurationError } from '../../domain/errors.ts';
import type { SecretValue } from '../../domain/secrets.ts';
import { nameOf, type Sharing, sentenceOf, sharing } from '../../domain/youtube-channels.ts';
import { defaultAllowance } from '../../domain/youtube-quota.ts';
import { accessToken } from '../../providers/publishers/youtube/access-token.ts';
import { youtubeApi } from '../../providers/publishers/youtube/api.ts';
import { forOperator, YouTubeApiError } from '../../providers/publishers/youtube/api-error.ts';
import { ownChannel } from '../../providers/publishers/youtube/own-channel.ts';
import { youtubeEndpoints } from '../../providers/publishers/youtube/ports.ts';
import { loadDeployment } from '../../stacks/deployment.ts';
import { namesOf } from '../../stacks/names.ts';
import type { Cloud } from '../cloud.ts';

const answerMs = 15_000;

/** The settings of the local cloud are not known here. */
async function settingsOf({ stage, local }: Cloud) {
  if (local) return undefined;
  const { channels, dailyQuota } = await loadDeployment(stage, process.cwd());
  return { CHANNELS: channels, DAILY_QUOTA: dailyQuota };
}

/** Throws ConfigurationError if the stage does not have the channel. */
export async function mustBeOfStage(cloud: Cloud, channel: string): Promise<void> {
  const env = channel === mainChannel ? undefined : await settingsOf(cloud);
  if (env) settingsOfChannel(env, channel);
}

/** Asks YouTube which channel a secret is of. The unit that it costs is not counted. */
async function ask(secret: SecretValue<'youtube'>, endpoint: string | undefined) {
  const { tokenEndpoint } = youtubeEndpoints;
  const token = accessToken(
    async () => secret,
    endpoint === undefined ? tokenEndpoint : new URL('/token', endpoint).href,
  );
  const settings = { allowance: defaultAllowance, endpoint: endpoint ?? youtubeEndpoints.endpoint };
  const ports = {
    ledger: { spend: async () => true },
    now: () => new Date(),
    signal: AbortSignal.timeout(answerMs),
  };
  try {
    return await ownChannel(youtubeApi('job-secrets', token, settings, ports));
  } catch (error) {
    throw error instanceof YouTubeApiError ? forOperator(error) : error;
  }
}

/**
 * Opens a channel whose secret was set, and prints which YouTube channel that is of. Throws ConfigurationError if another channel of the stage
 * has it.
 */
export async function openSetChannel(
  cloud: Cloud,
  {
    channel = mainChannel,
    secret,
    endpoint,
  }: { channel?: string; secret: SecretValue<'youtube'>; endpoint?: string | undefined },
): Promise<void> {
  const env = await settingsOf(cloud);
  const asked = await ask(secret, endpoint).catch((error: Error) => error);
  const found = asked instanceof Error ? undefined : asked;
  const own = found && { id: found.id, title: found.title };
  const place = { channel, channels: env && publishingChannels(env) };
  const shared = await openChannel(namesOf(cloud.stage).countersTable, place, own);
  if (own) console.log(`It is of the YouTube channel ${nameOf(own)}`);
  else
    console.log(
      `Which YouTube channel it is of is not known, so the next upload asks: ${asked instanceof Error ? asked.message : 'its account has none'}`,
    );
  if (shared) throw new ConfigurationError(sentenceOf(shared));
}

/** Returns the channels of a stage that have the YouTube channel of another one. */
export async function sharedChannels(cloud: Cloud): Promise<Sharing[]> {
  const env = await settingsOf(cloud);
  const known = await knownChannels(namesOf(cloud.stage).countersTable);
  const names = env ? channelNames(env) : Object.keys(known);
  return names.flatMap((name) => sharing(name, known, env ? publishingChannels(env) : names) ?? []);
}
