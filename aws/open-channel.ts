import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import {
  type KnownChannels,
  type Sharing,
  sharing,
  type YouTubeChannel,
} from '../domain/youtube-channels.ts';
import { uploadLedger } from './upload-ledger.ts';
import { youtubeChannels } from './youtube-channels.ts';

/** A stage that was never started has no table yet. */
async function unlessNew<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    return undefined;
  }
}

/** Returns the YouTube channels that the channels of a stage have. */
export const knownChannels = async (countersTable: string): Promise<KnownChannels> =>
  (await unlessNew(youtubeChannels(countersTable).known)) ?? {};

/**
 * Ends YouTube's refusal of a channel whose secret was set, and records which YouTube channel that is of, if it is known. Returns whether
 * another channel has that one.
 * @param channels the channels of the stage that publish; without them, those that have a known YouTube channel
 */
export function openChannel(
  countersTable: string,
  { channel, channels }: { channel: string; channels: readonly string[] | undefined },
  found: YouTubeChannel | undefined,
): Promise<Sharing | undefined> {
  const ledger = uploadLedger(countersTable, { channel });
  return unlessNew(async () => {
    if (await ledger.refusal()) await ledger.admit();
    const known = await youtubeChannels(countersTable).record(channel, found, new Date());
    return sharing(channel, known, channels ?? Object.keys(known));
  });
}
