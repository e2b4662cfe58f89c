import * as z from 'zod';
import { mainChannel } from './channel.ts';

/** The YouTube channel that the secret of a channel is of, as YouTube names it. */
export interface YouTubeChannel {
  id: string;
  title: string;
}

/** A YouTube channel, and since when the channel has it. */
const KnownChannel = z.object({ id: z.string(), title: z.string(), since: z.iso.datetime() });
export type KnownChannels = Readonly<Record<string, z.infer<typeof KnownChannel>>>;

/** The item of the counters table that names the YouTube channel of each channel. Its key can't be confused with a day, nor with what a channel has there. */
export const youtubeChannelsKey = 'youtube-channels';

/** A channel can be called like another field of the item. */
const prefix = 'of ';
export const fieldOf = (channel: string): string => `${prefix}${channel}`;

/** Returns the YouTube channels that an item names. */
export const knownIn = (item: object): KnownChannels =>
  Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), KnownChannel.parse(value)] as const] : [],
    ),
  );

/** A channel that can't publish, since another one has its YouTube channel: that would be counted and compared as two. */
export interface Sharing {
  what: string;
  fix: string;
  since: string;
}

/**
 * Returns whether another channel has had the YouTube channel of a channel for longer.
 * @param channels the channels of the stage that publish
 */
export function sharing(
  channel: string,
  known: KnownChannels,
  channels: readonly string[],
): Sharing | undefined {
  const own = known[channel];
  if (!own) return undefined;
  const sinceOf = (name: string) => known[name]?.since ?? '';
  const [first] = channels
    .filter((name) => name !== channel && known[name]?.id === own.id && sinceOf(name) < own.since)
    .sort((one, other) => sinceOf(one).localeCompare(sinceOf(other)));
  if (first === undefined) return undefined;
  const login = `make secrets LOGIN=youtube${channel === mainChannel ? '' : ` CHANNEL=${channel}`}`;
  return {
    what: `The channels ${first} and ${channel} have secrets of one YouTube channel, ${nameOf(own)}, and ${first} has had it for longer`,
    fix: `Nothing is published for ${channel} until it has another one: run ${login} and choose that in the browser, or take one of the two out of the settings`,
    since: own.since,
  };
}

/** Names a YouTube channel for a person. */
export const nameOf = ({ id, title }: YouTubeChannel): string => `“${title}” (${id})`;

export const sentenceOf = ({ what, fix }: Sharing): string => `${what}. ${fix}.`;
