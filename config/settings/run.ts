import * as z from 'zod';
import { type ThresholdName, thresholdNames } from '../../domain/doubt/limits.ts';
import { fromJson, timezone } from './values.ts';

/** YouTube's own limit is 100 uploads a day for one project. */
const maxDailyUploads = 100;

/** Regions of AWS's standard partition where a deployment was planned. */
export const regions = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1', 'eu-north-1', 'eu-south-1'],
  ...['ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-5', 'ap-southeast-7'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-east-1', 'ap-south-1'],
] as const;

const threshold = z.number().min(0, 'must be from 0 to 1').max(1, 'must be from 0 to 1').optional();

/** The daily run, and its decisions by a person. */
export const run = {
  region: z
    .enum(regions)
    .default('us-east-1')
    .describe('AWS region; on one machine, the region that ARNs name'),
  dailyQuota: z.coerce
    .number()
    .int()
    .min(0)
    .max(maxDailyUploads, `YouTube allows ${maxDailyUploads} uploads a day; set 0 to ${maxDailyUploads}`)
    .default(10)
    .describe('Videos a day, at most'),
  maxDailyCostUsd: z.coerce
    .number()
    .min(0)
    .default(0)
    .describe(
      'Limit in US dollars of what the jobs of a quota day cost; once it is reached, the day takes no further chapter. 0 for no limit. See [deploy.md](deploy.md#what-it-costs)',
    ),
  lanes: z.coerce
    .number()
    .int()
    .min(1)
    .max(20)
    .default(1)
    .describe(
      'Chapters that a run makes at the same time, each of another series. It opens fewer lanes if the account, the rest of the day or a service does not allow them, and says why. See [faster-days.md](faster-days.md#several-chapters-at-once)',
    ),
  quotaTimezone: timezone
    .default('America/Los_Angeles')
    .describe('Time zone whose midnight starts a quota day; YouTube counts in Los Angeles'),
  onDoubt: z
    .enum(['hold', 'publish', 'fail'])
    .default('hold')
    .describe(
      'A chapter that could not be read or told with certainty: `hold` it for a person before a voice or a machine is paid for, `publish` it anyway and report it, or `fail` it. See [doubt.md](doubt.md)',
    ),
  doubtThresholds: z
    .preprocess(
      fromJson('{"wrongWords":0.02}'),
      z.strictObject(
        Object.fromEntries(thresholdNames.map((name) => [name, threshold])) as Record<
          ThresholdName,
          typeof threshold
        >,
      ),
    )
    .default({})
    .describe(
      'Thresholds of doubt that differ from those of the project, each from 0 to 1: `{"wrongWords":0.02,"orderDoubt":0.4}`. See [doubt.md](doubt.md#other-thresholds)',
    ),
  likenessVideos: z.coerce
    .number()
    .int()
    .min(0)
    .max(100)
    .default(30)
    .describe(
      'Latest videos of the channel with which a new one is compared: too much alike, it is told differently once, and otherwise it is doubtful. 0 for none. See [likeness.md](likeness.md)',
    ),
  review: z
    .enum(['off', 'manual'])
    .default('off')
    .describe('`manual`: a person approves each finished video before it is published'),
  reviewHours: z.coerce
    .number()
    .int()
    .min(1)
    .max(24 * 14)
    .default(48)
    .describe('Hours that a finished video waits for that approval'),
  tracing: z
    .union(
      [
        z.literal('off'),
        z.url({ protocol: /^https?$/ }).refine((url) => !url.includes('?'), 'must not have a query'),
      ],
      'must be off or the address of an OTLP collector, like http://127.0.0.1:4318',
    )
    .default('off')
    .describe(
      'Address of an OpenTelemetry collector (OTLP over HTTP) that gets the spans of functions and machines, or `off`. See [develop.md](develop.md#traces)',
    ),
  runbookUrl: z
    .string()
    .min(1)
    .default('docs/runbook.md')
    .describe(
      'Address of the runbook in notifications. A stage has to name it: that page on the website of your repository',
    ),
};
