import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { channelKey, mainChannel } from '../domain/channel.ts';
import { type Sharing, sentenceOf, sharing, type YouTubeChannel } from '../domain/youtube-channels.ts';
import type { QuotaEntry, QuotaSpent } from '../domain/youtube-quota.ts';
import { dynamodb } from './clients/dynamodb.ts';
import { youtubeChannels } from './youtube-channels.ts';

const Item = z.object({
  uploads: z.number().int().nonnegative().default(0),
  units: z.number().int().nonnegative().default(0),
  calls: z.set(z.string()).default(new Set<string>()),
  /** Why YouTube accepts nothing more of the project that day, or of the channel. */
  closed_for: z.string().optional(),
  channel_closed_for: z.string().optional(),
});
const Refusal = z.object({ refused_for: z.string(), refused_at: z.string() });

const asRefusal = (shared: Sharing | undefined) =>
  shared && { reason: sentenceOf(shared), since: shared.since };

interface LedgerOf {
  channel?: string;
  /** The channel that owns the Google project. */
  project?: string;
  /** The channels of the stage that publish. */
  channels?: readonly string[];
}

/**
 * Usage of YouTube's two allowances, one item per day in the counters table. The key of the count of videos is the date alone,
 * so this key has a prefix. The allowances are those of a Google project, which several channels can use.
 */
export function uploadLedger(
  table: string,
  { channel = mainChannel, project = channel, channels = [] }: LedgerOf = {},
) {
  const owners = youtubeChannels(table);
  const keyOf = (day: string, owner = project) => ({ date: channelKey(owner, `youtube#${day}`) });
  const refusalKey = { date: channelKey(channel, 'refusal#youtube') };

  const find = async (Key: { date: string }): Promise<unknown> =>
    (await dynamodb.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
  const read = async (day: string, owner = project) => Item.parse((await find(keyOf(day, owner))) ?? {});

  async function set(Key: { date: string }, field: string, value: string): Promise<void> {
    await dynamodb.send(
      new UpdateCommand({
        TableName: table,
        Key,
        UpdateExpression: `SET ${field} = :value, updated_at = :now`,
        ExpressionAttributeValues: { ':value': value, ':now': new Date().toISOString() },
      }),
    );
  }

  return {
    async spent(day: string): Promise<QuotaSpent> {
      const { uploads, units, closed_for, channel_closed_for } = await read(day);
      const own = project === channel ? channel_closed_for : (await read(day, channel)).channel_closed_for;
      const closed = closed_for ?? own;
      return { uploads, units, ...(closed !== undefined && { closed }) };
    },

    /** Records that YouTube accepts no more on this day, of the project or of the channel, for a reason that our counts do not show. */
    close: (day: string, reason: string, of: 'project' | 'channel'): Promise<void> =>
      of === 'project'
        ? set(keyOf(day), 'closed_for', reason)
        : set(keyOf(day, channel), 'channel_closed_for', reason),

    /**
     * Returns why and since when the channel can't publish, until somebody changes something: YouTube refuses it, or it shares its YouTube
     * channel with another one. Undefined if it can.
     */
    async refusal(): Promise<{ reason: string; since: string } | undefined> {
      const { data } = Refusal.safeParse(await find(refusalKey));
      if (data) return { reason: data.refused_for, since: data.refused_at };
      return asRefusal(sharing(channel, await owners.known(), channels));
    },

    /** Records which YouTube channel the secret is of. Returns why it can't be used; undefined if it can. */
    own: async (found: YouTubeChannel): Promise<string | undefined> =>
      asRefusal(sharing(channel, await owners.record(channel, found, new Date()), channels))?.reason,

    /** Records that YouTube refuses the channel. Nothing more is made for it until `admit`. */
    async refuse(reason: string): Promise<void> {
      await dynamodb.send(
        new UpdateCommand({
          TableName: table,
          Key: refusalKey,
          UpdateExpression:
            'SET refused_for = :reason, refused_at = if_not_exists(refused_at, :now), updated_at = :now',
          ExpressionAttributeValues: { ':reason': reason, ':now': new Date().toISOString() },
        }),
      );
    },

    /** Ends a refusal. */
    async admit(): Promise<void> {
      await dynamodb.send(
        new UpdateCommand({
          TableName: table,
          Key: refusalKey,
          UpdateExpression: 'SET updated_at = :now REMOVE refused_for, refused_at',
          ExpressionAttributeValues: { ':now': new Date().toISOString() },
        }),
      );
    },

    /** Records a call before it is made; false, without recording it, when the allowance has no room for it. */
    async spend({ day, bucket, cost, call, allowance }: QuotaEntry): Promise<boolean> {
      try {
        await dynamodb.send(
          new UpdateCommand({
            TableName: table,
            Key: keyOf(day),
            UpdateExpression: 'ADD #bucket :cost, calls :calls SET updated_at = :now',
            ConditionExpression:
              ':cost <= :allowance AND NOT contains(calls, :call) AND (attribute_not_exists(#bucket) OR #bucket <= :room)',
            ExpressionAttributeNames: { '#bucket': bucket },
            ExpressionAttributeValues: {
              ':cost': cost,
              ':calls': new Set([call]),
              ':call': call,
              ':allowance': allowance,
              ':room': allowance - cost,
              ':now': new Date().toISOString(),
            },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return (await read(day)).calls.has(call);
        throw error;
      }
    },
  };
}
