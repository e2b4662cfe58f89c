import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import {
  fieldOf,
  type KnownChannels,
  knownIn,
  type YouTubeChannel,
  youtubeChannelsKey,
} from '../domain/youtube-channels.ts';
import { dynamodb } from './clients/dynamodb.ts';
import { conditionalUpdate } from './conditional-update.ts';

const Item = z.looseObject({ version: z.number().int() });

/** Records the YouTube channel that each channel's secret belongs to, in one item of the counters table. */
export function youtubeChannels(table: string) {
  const Key = { date: youtubeChannelsKey };

  async function read(): Promise<{ known: KnownChannels; version: number | undefined }> {
    const found = await dynamodb.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    if (!found.Item) return { known: {}, version: undefined };
    return { known: knownIn(found.Item), version: Item.parse(found.Item).version };
  }

  return {
    known: async (): Promise<KnownChannels> => (await read()).known,

    /** Records the YouTube channel of a channel, or that it is not known. Of two that record the same one, one is the earlier. */
    async record(channel: string, found: YouTubeChannel | undefined, now: Date): Promise<KnownChannels> {
      for (;;) {
        const { known, version } = await read();
        if (known[channel]?.id === found?.id) return known;
        // Clocks of machines differ, so the latest one known decides too.
        const latest = Math.max(0, ...Object.values(known).map(({ since }) => Date.parse(since) + 1));
        const recorded = found && {
          ...found,
          since: new Date(Math.max(now.getTime(), latest)).toISOString(),
        };
        const isRecorded = await conditionalUpdate(table, {
          Key,
          UpdateExpression: `SET version = :next, updated_at = :now${recorded ? ', #channel = :recorded' : ' REMOVE #channel'}`,
          ConditionExpression: version === undefined ? 'attribute_not_exists(version)' : 'version = :version',
          ExpressionAttributeNames: { '#channel': fieldOf(channel) },
          ExpressionAttributeValues: {
            ...{ ':next': (version ?? 0) + 1, ':now': now.toISOString() },
            ...(version !== undefined && { ':version': version }),
            ...(recorded && { ':recorded': recorded }),
          },
        });
        const { [channel]: _, ...others } = known;
        if (isRecorded) return recorded ? { ...others, [channel]: recorded } : others;
      }
    },
  };
}
