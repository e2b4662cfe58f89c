import { z } from 'zod';
import { isComplete, regions, Settings, timezone, voices } from './settings.ts';

/** The id that AWS's own examples use: a stage can be planned with it, and no machine can start. */
export const exampleAmi = 'ami-0123456789abcdef0';

const id = (kind: string) =>
  z.string().regex(new RegExp(`^${kind}-[0-9a-f]{8,17}$`), `must look like ${kind}-0123456789abcdef0`);

/** What a deployment to AWS needs besides: one file `manga-pipeline.<stage>.json` beside this one holds all of it. */
export const Deployment = z
  .strictObject({
    ...Settings.shape,
    /** `espeak` is GPL and in no bundle: a machine of one's own speaks with it, a function does not. */
    voice: voices.default('edge'),
    /**
     * Set by STAGE, not by the file; `prod` carries the plain names, another stage its own name inside of them. With
     * more letters the bucket's name would have more than the 63 that S3 allows.
     */
    stage: z
      .string()
      .regex(/^[a-z][a-z0-9]{1,9}$/, 'must be 2 to 10 lower-case letters and digits, like prod'),
    /** Twelve digits; with it a plan against another account is refused. */
    account: z
      .string()
      .regex(/^\d{12}$/, 'must be twelve digits')
      .optional(),
    /** Of functions and machines alike; the image and the instance types must suit it. */
    architecture: z.enum(['x86_64', 'arm64']).default('x86_64'),
    /** The image of the worker machines. */
    workerAmi: id('ami'),

    /** When the day's run starts, and on which clock. */
    scheduleTime: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 01:00')
      .default('01:00'),
    scheduleTimezone: timezone.default('America/Los_Angeles'),
    scheduleEnabled: z.boolean().default(true),

    /** A VPC and public subnets of your own; without them the deployment makes both, a subnet in each zone. */
    vpcId: id('vpc').optional(),
    subnetIds: z.array(id('subnet')).min(1).optional(),
    /** Letters of the zones, where the region's usual three are not the account's. */
    zones: z
      .array(z.string().regex(/^[a-f]$/, 'must be the letter of a zone, like a'))
      .min(1)
      .optional(),

    /** The days that CloudWatch keeps logs. */
    logRetentionDays: z
      .literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096])
      .default(30),
    /** The days after which what is left of an abandoned job goes; no job may take longer. */
    jobRetentionDays: z.number().int().min(4).max(365).default(14),
    /** Who hears of alarms; the address has to confirm. */
    alarmEmail: z.email().optional(),
    /** The ARN of a policy that bounds every role of the deployment. */
    permissionsBoundary: z
      .string()
      .regex(/^arn:aws:iam::\d{12}:policy\/.+$/, 'must be the ARN of a policy')
      .optional(),
    /** Needs an account quota of 100 concurrent executions more than the functions reserve; a new account has 10. */
    reserveConcurrency: z.boolean().default(false),

    /** Where Terraform keeps its state; made once by hand. `lock` is a file beside the state, or a DynamoDB table. */
    state: z.strictObject({
      bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket'),
      region: z.enum(regions).optional(),
      lock: z.enum(['file', 'table']).default('file'),
      lockTable: z.string().min(3).default('terraform-locks'),
    }),
  })
  .superRefine(isComplete);
export type Deployment = z.infer<typeof Deployment>;
