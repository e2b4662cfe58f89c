import * as z from 'zod';
import { isComplete, settings } from './settings/index.ts';
import { regions } from './settings/run.ts';
import { timezone } from './settings/values.ts';
import { voices } from './settings/voice.ts';

/** The example id from AWS's documentation: a stage can be planned with it, but no machine starts. */
export const exampleAmi = 'ami-0123456789abcdef0';

/** The example address in the files of this repository. */
export const exampleRunbook = 'https://example.com/docs/runbook.md';

const id = (kind: string) =>
  z.string().regex(new RegExp(`^${kind}-[0-9a-f]{8,17}$`), `must look like ${kind}-0123456789abcdef0`);

/** Location of Terraform's state. */
const state = z.strictObject({
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket'),
  region: z.enum(regions).optional(),
  lock: z.enum(['file', 'table']).default('file'),
  lockTable: z.string().min(3).default('terraform-locks'),
});

/** All settings of a deployment to AWS, read from `manga-pipeline.<stage>.json`: the pipeline's and the deployment's. */
export const Deployment = z
  .strictObject({
    ...settings,
    // A deployment can't use espeak: it is GPL and in no bundle.
    voice: voices.prefault('edge').describe('`edge` or `azure`, or both, separated by a comma'),
    runbookUrl: z
      .url({
        protocol: /^https?$/,
        error: 'must be an address like https://github.com/you/your-repository/blob/main/docs/runbook.md',
      })
      .describe(
        'Messages and alarms link to it, so it is the address of that page on the website of your repository',
      ),
    stage: z
      .string()
      // With more letters the name of the bucket would exceed the 63 that S3 allows.
      .regex(/^[a-z][a-z0-9]{1,9}$/, 'must be 2 to 10 lower-case letters and digits, like prod')
      .describe('Set by STAGE and not by the file. Names of resources contain it, except in `prod`'),
    account: z
      .string()
      .regex(/^\d{12}$/, 'must be twelve digits')
      .optional()
      .describe('Number of the account; with it, a plan for another account is refused'),
    architecture: z
      .enum(['x86_64', 'arm64'])
      .default('x86_64')
      .describe('Architecture of functions and machines; the image and the instance types have to match'),
    workerAmi: id('ami').describe('Machine image of the workers; `make ami` builds it'),
    createSpotRole: z
      .boolean()
      .default(false)
      .describe(
        'Creates the service-linked role for Spot, which an account has once: `true` in one stage of an account without it; `make doctor` says whether it is missing',
      ),
    scheduleTime: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 01:00')
      .default('01:00')
      .describe('Time of day when the run starts'),
    scheduleTimezone: timezone.default('America/Los_Angeles').describe('Time zone of `scheduleTime`'),
    scheduleEnabled: z.boolean().default(true).describe('Off: runs are started by hand only'),
    vpcId: id('vpc').optional().describe('Your own VPC; without it the deployment makes one'),
    subnetIds: z
      .array(id('subnet'))
      .min(1)
      .optional()
      .describe('Public subnets of that VPC; without them the deployment makes one in each zone'),
    zones: z
      .array(z.string().regex(/^[a-f]$/, 'must be the letter of a zone, like a'))
      .min(1)
      .optional()
      .describe("Letters of the zones, if the account does not have the region's usual three"),
    canary: z
      .enum(['off', 'one-job'])
      .default('off')
      .describe(
        '`one-job`: a deployment is tried with one job, and used by the others only if its video is published; see docs/deploy.md',
      ),
    logRetentionDays: z
      .literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096])
      .default(30)
      .describe('Days for which CloudWatch keeps logs'),
    jobRetentionDays: z
      .number()
      .int()
      .min(4)
      .max(365)
      .default(14)
      .describe("Days after which the files of an abandoned job are deleted; a job can't take longer"),
    alarmEmail: z.email().optional().describe('E-mail address for alarms; its owner has to confirm once'),
    monthlyBudgetUsd: z
      .number()
      .positive()
      .optional()
      .describe(
        "US dollars a month for the whole account: AWS Budgets notifies the topic at 80 % of it, and when the month's forecast exceeds it. Without it there is no budget",
      ),
    permissionsBoundary: z
      .string()
      .regex(/^arn:aws:iam::\d{12}:policy\/.+$/, 'must be the ARN of a policy')
      .optional()
      .describe('ARN of a policy that bounds every role of the deployment'),
    reserveConcurrency: z
      .boolean()
      .default(false)
      .describe(
        'Reserves concurrency for functions that must not run in parallel. It needs an account quota of 100 concurrent executions more than that; a new account has 10',
      ),
    state: state.describe(
      "Terraform's state: `bucket`, created once by hand; `region`; `lock`: `file` next to the state or `table`; `lockTable`",
    ),
  })
  .superRefine(isComplete);
export type Deployment = z.infer<typeof Deployment>;
