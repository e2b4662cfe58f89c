import { mainChannel } from '../domain/channel.ts';
import { ConfigurationError } from '../domain/errors.ts';
import type { QuotaAllowance } from '../domain/youtube-quota.ts';
import { variableOf } from './settings/index.ts';
import type { Environment } from './variables.ts';

type Channels = Environment<'CHANNELS'>;

/** Returns a step's environment with the values that are set in place of the stage's. */
export function environmentWith<Env extends object>(env: Env, set: Readonly<Record<string, unknown>>): Env {
  const replaced = Object.entries(set).flatMap(([name, value]) => {
    const variable = variableOf(name);
    return variable in env ? [[variable, value]] : [];
  });
  return { ...env, ...Object.fromEntries(replaced) };
}

/** Returns the names of the channels of a stage, the first one first. */
export const channelNames = ({ CHANNELS }: Channels): [string, ...string[]] => [
  mainChannel,
  ...Object.keys(CHANNELS),
];

/** Returns what a channel sets; the first one has the stage's settings. Throws ConfigurationError if the stage does not have it. */
export function settingsOfChannel(env: Channels, channel: string): Channels['CHANNELS'][string] {
  if (channel === mainChannel) return {};
  const own = env.CHANNELS[channel];
  if (own) return own;
  throw new ConfigurationError(
    `The channel ${channel} is not one of the stage's (${channelNames(env).join(', ')}): name it in the setting channels, or choose another in the settings of the series`,
  );
}

/** Returns a step's environment with the values of a channel. Throws ConfigurationError if the stage does not have it. */
export const environmentForChannel = <Env extends Channels>(env: Env, channel: string): Env =>
  environmentWith(env, settingsOfChannel(env, channel));

/** Returns the channel that owns the Google project of a channel, whose allowances they share. */
export const projectOwner = ({ CHANNELS }: Channels, channel: string): string =>
  CHANNELS[channel]?.sharesQuotaWith ?? channel;

/** Returns the channels of a stage whose day takes videos. */
export const publishingChannels = (env: Environment<'CHANNELS' | 'DAILY_QUOTA'>): string[] =>
  channelNames(env).filter((name) => environmentForChannel(env, name).DAILY_QUOTA > 0);

/** Returns what a channel's ledger has to know about the channels of the stage. */
export const ledgerOf = (env: Environment<'CHANNELS' | 'DAILY_QUOTA'>, channel: string) => ({
  channel,
  project: projectOwner(env, channel),
  channels: publishingChannels(env),
});

/** Returns what the Google project of a channel can use in a day. */
export function allowanceOf(
  env: Environment<'CHANNELS' | 'YOUTUBE_UPLOADS_PER_DAY' | 'YOUTUBE_UNITS_PER_DAY'>,
  channel: string,
): QuotaAllowance {
  const owner = environmentForChannel(env, projectOwner(env, channel));
  return { uploads: owner.YOUTUBE_UPLOADS_PER_DAY, units: owner.YOUTUBE_UNITS_PER_DAY };
}
