import * as z from 'zod';
import { ChannelName, mainChannel } from '../../domain/channel.ts';
import { plainMessage } from './plain-message.ts';
import { publisher } from './publisher.ts';
import { run } from './run.ts';
import { checkTaste, chosen, taste } from './taste.ts';
import { fromJson, list } from './values.ts';

/** Settings that a channel can override. */
const Channel = z
  .strictObject({
    dailyQuota: run.dailyQuota,
    quotaTimezone: run.quotaTimezone,
    ...taste,
    youtubePublishTimezone: publisher.youtubePublishTimezone,
    youtubeSyntheticMedia: publisher.youtubeSyntheticMedia,
    youtubeCaptions: publisher.youtubeCaptions,
    youtubeUploadsPerDay: publisher.youtubeUploadsPerDay,
    youtubeUnitsPerDay: publisher.youtubeUnitsPerDay,
    /** The channel whose Google project it uses, and so whose uploads and units of the day. */
    sharesQuotaWith: ChannelName.optional(),
  })
  .superRefine(checkTaste);
type Parsed = z.output<typeof Channel>;

/** Settings of one channel; the stage's settings hold for the rest. */
type ChannelSettings = Partial<Parsed>;

const oneChannel = z.record(z.string(), z.unknown()).transform((given, context): ChannelSettings => {
  const parsed = Channel.safeParse(given, { error: plainMessage });
  if (parsed.success) return chosen(given, parsed.data);
  for (const issue of parsed.error.issues) context.issues.push({ ...issue, input: given } as never);
  return z.NEVER;
});

/** The variables of a function take 4 KB in all, and a list of channels must leave room for the others. */
const mostBytes = 2000;

const ByName = z.record(ChannelName, oneChannel).superRefine((channels, { addIssue }) => {
  const wrong = (path: string[], message: string) => addIssue({ code: 'custom', path, message });
  if (mainChannel in channels)
    wrong([mainChannel], 'is the name of the first channel, which has the settings of the stage');
  const bytes = Buffer.byteLength(JSON.stringify(channels));
  if (bytes > mostBytes)
    wrong([], `has ${bytes} bytes as JSON, and ${mostBytes} fit into the variables of a function`);
  for (const [name, { sharesQuotaWith, ...own }] of Object.entries(channels)) {
    if (sharesQuotaWith === undefined) continue;
    const shared = channels[sharesQuotaWith];
    if (sharesQuotaWith === name || (sharesQuotaWith !== mainChannel && !shared))
      wrong([name, 'sharesQuotaWith'], `${sharesQuotaWith} is not another channel of the stage`);
    else if (shared?.sharesQuotaWith)
      wrong([name, 'sharesQuotaWith'], `name ${shared.sharesQuotaWith}, whose quota ${sharesQuotaWith} uses`);
    if (own.youtubeUploadsPerDay !== undefined || own.youtubeUnitsPerDay !== undefined)
      wrong([name, 'sharesQuotaWith'], `the quota is that of ${sharesQuotaWith}, so its size is set there`);
  }
});

/** Further channels of a stage. */
export const channels = {
  channels: z
    .preprocess(fromJson('{"truyen-ma":{"dailyQuota":3}}'), ByName)
    .default({})
    .describe(
      'Further YouTube channels, each by its name with the settings that differ: `{"truyen-ma":{"dailyQuota":3}}`. Each has its own secret, quota and day. See [channels.md](channels.md)',
    ),
  channelsFromLibrary: list
    .pipe(z.array(ChannelName))
    .prefault('')
    .describe(
      'Further channels that `manga-pipeline.json` beside the chapters can choose; none by default, since the file can have come with them. See [series.md](series.md)',
    ),
};
