import * as z from 'zod';
import { ConfigurationError } from '../domain/errors.ts';
import { type Config, type SettingName, settings, type VariableOf, variableOf } from './settings/index.ts';
import { optionalText } from './settings/values.ts';

const text = z.string().min(1);
const subnets = text.transform((value) => value.split(','));

/** Names, ids and ARNs of the resources of a deployment; the local cloud creates the same. */
const resources = {
  S3_BUCKET: ['artifactsBucket', text],
  DYNAMODB_JOBS_TABLE: ['jobsTable', text],
  DYNAMODB_COUNTER_TABLE: ['countersTable', text],
  DYNAMODB_CHAPTERS_TABLE: ['chaptersTable', text],
  /** Empty where no machine stays. */
  DYNAMODB_MACHINES_TABLE: ['machinesTable', z.string().default('')],
  ERROR_NOTIFICATION_TOPIC_ARN: ['errorTopic', optionalText],
  LLM_SECRET: ['llmSecret', text],
  VOICE_SECRET: ['voiceSecret', text],
  YOUTUBE_SECRET: ['youtubeSecret', text],
  SIGNING_SECRET: ['signingSecret', text],
  RENDERER_AMI_ID: ['rendererImage', text],
  RENDERER_SECURITY_GROUP_ID: ['rendererSecurityGroup', text],
  RENDERER_SUBNET_ID: ['workerSubnets', subnets],
  RENDERER_IAM_INSTANCE_PROFILE: ['rendererInstanceProfile', text],
  UPLOADER_AMI_ID: ['uploaderImage', text],
  UPLOADER_SECURITY_GROUP_ID: ['uploaderSecurityGroup', text],
  UPLOADER_SUBNET_ID: ['workerSubnets', subnets],
  UPLOADER_IAM_INSTANCE_PROFILE: ['uploaderInstanceProfile', text],
  /** The code of the worker that a function starts (S3 URL, SHA-256), and its log group. Not set for local workers. */
  WORKER_BUNDLE: ['workerBundle', optionalText],
  WORKER_BUNDLE_SHA256: ['workerBundleHash', optionalText],
  WORKER_LOG_GROUP: ['workerLogs', optionalText],
  /** The FFmpeg in the layer of functions (S3 URL of the compressed program, SHA-256 of that file); not set where no function renders. */
  FFMPEG_BUNDLE: ['ffmpegBundle', optionalText],
  FFMPEG_BUNDLE_SHA256: ['ffmpegBundleHash', optionalText],
} as const satisfies Record<string, readonly [string, z.ZodType]>;

type ResourceVariables = { [Name in keyof typeof resources]: z.output<(typeof resources)[Name][1]> };
type SettingVariables = { [Name in SettingName as VariableOf<Name>]: Config[Name] };
type Variables = ResourceVariables & SettingVariables;

export type ResourceName = (typeof resources)[keyof typeof resources][0];
export type VariableName = keyof Variables;
export type Environment<Name extends VariableName> = Pick<Variables, Name>;

const settingOf = new Map<string, SettingName>(
  (Object.keys(settings) as SettingName[]).map((name) => [variableOf(name), name]),
);
const isResource = (name: VariableName): name is keyof typeof resources => name in resources;

/** Returns the source of a variable: a resource of the deployment, or a setting. */
export function sourceOf(name: VariableName): { resource: ResourceName } | { setting: SettingName } {
  if (isResource(name)) return { resource: resources[name][0] };
  const setting = settingOf.get(name);
  if (!setting) throw new Error(`no resource or setting fills the variable ${name}`);
  return { setting };
}

/** Parses the named variables. The error for a missing or invalid one names it and what should have set it. */
export function readVariables<Name extends VariableName>(
  owner: string,
  names: readonly Name[],
  raw: Readonly<Record<string, string | undefined>>,
): Environment<Name> {
  return Object.fromEntries(names.map((name) => [name, read(owner, name, raw[name])])) as Environment<Name>;
}

function read(owner: string, name: VariableName, value: string | undefined): unknown {
  const source = sourceOf(name);
  const schema: z.ZodType = 'setting' in source ? settings[source.setting] : resources[name as never][1];
  const origin =
    'setting' in source
      ? `the setting ${source.setting} fills it`
      : `the deployment fills it from the resource ${source.resource}`;
  const parsed = schema.safeParse(value);
  // A deployment omits only empty values; for any other missing value, the default would hide the mistake.
  const isForgotten =
    value === undefined && !optional.has(name) && parsed.success && textOf(parsed.data) !== '';
  if (parsed.success && !isForgotten) return parsed.data;
  const state = value === undefined ? 'is missing' : `can't be used (${parsed.error?.issues[0]?.message})`;
  throw new ConfigurationError(`${owner}: environment variable ${name} ${state}; ${origin}`);
}

/** Variables that have a default in the specification of the functions. */
const optional: ReadonlySet<VariableName> = new Set(['DAILY_QUOTA']);

/** Returns a value as an environment variable has it: JSON for settings with a structure, nothing for an empty one. */
export function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return String(value ?? '');
  return Object.keys(value).length > 0 ? JSON.stringify(value) : '';
}

/** Returns the environment that a deployment, on AWS or local, gives to a function or worker. */
export function fillVariables(
  names: readonly VariableName[],
  config: Config,
  made: Readonly<Record<ResourceName, string>>,
): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const source = sourceOf(name);
      return [name, 'resource' in source ? made[source.resource] : textOf(config[source.setting])];
    }),
  );
}
