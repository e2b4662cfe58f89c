import { join } from 'node:path';
import * as z from 'zod';

/** The first channel of a stage: it has the stage's settings, and its items have the keys of the specification. */
export const mainChannel = 'main';

/** A name that is safe in a key, in the name of a secret and in a file name, and that an object has only if it was given. */
export const ChannelName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,29}$/, 'must be lower-case letters, digits and hyphens, like truyen-ma')
  .refine((name) => !(name in {}), 'is a name of the language JavaScript: choose another');

/** Returns the key, in the counters table, of what each channel has: the first one's as it is. */
export const channelKey = (channel: string, key: string): string =>
  channel === mainChannel ? key : `channel#${channel}#${key}`;

/** Returns the name of a channel's secret, from that of the first one. */
export const channelSecret = (secret: string, channel: string): string =>
  channel === mainChannel ? secret : `${secret}/${channel}`;

/** Returns the folder of a channel's finished videos. */
export const channelFolder = (folder: string, channel: string): string =>
  channel === mainChannel ? folder : join(folder, channel);

/** Returns the channel of a job; the record of one for the first channel does not name it. */
export const channelOf = (job: { channel?: string | undefined } | undefined): string =>
  job?.channel ?? mainChannel;
