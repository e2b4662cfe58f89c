import { channelKey } from '../domain/channel.ts';
import { youtubeDay } from '../domain/youtube-quota.ts';
import { conditionalUpdate } from './conditional-update.ts';

/** Records in the counters table which reviews of audiences were begun. The key of a day is the date alone, so this key has a prefix. */
export function audienceReviews(table: string) {
  return {
    /**
     * Claims the review of a channel's audience, so that one uploader makes it on a quota day: the reports change once a day, and its
     * changes take a share of the day's units. Returns false if it is claimed.
     */
    claim: (channel: string, now: Date): Promise<boolean> =>
      conditionalUpdate(table, {
        Key: { date: channelKey(channel, 'audience#review') },
        UpdateExpression: 'SET quota_day = :day, begun_at = :now',
        ConditionExpression: 'attribute_not_exists(quota_day) OR quota_day < :day',
        ExpressionAttributeValues: { ':day': youtubeDay(now), ':now': now.toISOString() },
      }),
  };
}
