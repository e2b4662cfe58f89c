import { castsPrefix, memoryPrefix, speechMemoryPrefix } from '../domain/artifacts.ts';
import { callMemory, callSeconds } from '../domain/render-shards.ts';
import * as environments from './environments.ts';
import {
  allow,
  makeVideo,
  type Permission,
  readSeriesSettings,
  useJobArtifacts,
  useMachines,
} from './permissions.ts';
import type { Config } from './settings/index.ts';
import type { VariableName } from './variables.ts';
import type { WorkerName } from './workers.ts';

/**
 * `sharp` contains the native part of the picture library, built for Lambda's operating system; `ffmpeg` the program, which is GPL
 * and therefore beside the bundles.
 */
export type LayerName = 'sharp' | 'ffmpeg';

export interface FunctionEntry {
  purpose: string;
  /** MB; Lambda gives CPU in proportion, one whole core at 1,769. */
  memory: number;
  /** Seconds, 900 at most. */
  timeout: number;
  /** MB of `/tmp`, where the default of 512 is too small; 10,240 at most. */
  storage?: number;
  environment: readonly VariableName[];
  permissions: readonly Permission[];
  /** Maximum number of concurrent calls, where more would be wasted. */
  concurrency?: (config: Pick<Config, 'lanes'>) => number;
  /** Code that it shares with other functions, outside its own bundle. */
  layers?: readonly LayerName[];
  /** The worker whose machines it starts. */
  launches?: WorkerName;
  /** Whether a stage has it; without one, every stage does. */
  when?: (config: FunctionSettings) => boolean;
}

/** The settings that decide which functions a stage has. */
export type FunctionSettings = Pick<Config, 'renderShards' | 'renderShardsOn'>;

/** Whether the shards of renders are made by functions. */
export const shardsOnFunctions = ({ renderShards, renderShardsOn }: FunctionSettings): boolean =>
  renderShards !== 0 && renderShardsOn === 'functions';

const hasChannels = ({ channels }: Pick<Config, 'channels'>) => Object.keys(channels).length > 0;

const describeMachines = allow('any', ['ec2:DescribeInstances'], {
  reason: 'Describe calls have no resource-level permissions',
});

const launchMachines = (worker: WorkerName): readonly Permission[] => [
  allow(`${worker}Launch`, ['ec2:RunInstances', 'ec2:CreateTags']),
  allow(`${worker}Role`, ['iam:PassRole']),
  describeMachines,
  allow(`${worker}Instances`, ['ec2:TerminateInstances']),
  allow('jobsTable', ['dynamodb:UpdateItem']),
  useMachines('Scan', 'UpdateItem'),
];

const answerForMachines = (worker: WorkerName): readonly Permission[] => [
  describeMachines,
  allow(`${worker}Instances`, ['ec2:TerminateInstances']),
  allow('any', ['states:SendTaskFailure'], { reason: 'a task token does not name a resource' }),
  allow('jobsTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
  useMachines('Scan', 'GetItem', 'DeleteItem'),
];

/** Requirements of each function; the stacks, the bundler and the local cloud are built from this. */
export const functions = {
  'check-quota': {
    purpose: "Takes one of the day's slots for a job, or reports that none is free.",
    memory: 256,
    timeout: 30,
    environment: environments.checkQuota,
    permissions: [
      allow('countersTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
      allow('jobsTable', ['dynamodb:GetItem']),
      allow('any', ['servicequotas:GetServiceQuota'], {
        reason: 'Service Quotas has no resource-level permissions for reading',
        when: ({ lanes }) => lanes > 1,
      }),
    ],
  },
  fetcher: {
    purpose: 'Claims the next unpublished chapter and stores its pages.',
    memory: 2048,
    timeout: 900,
    // An archive of 4 GiB, the largest that is accepted, and the files that wait while it is unpacked.
    storage: 5120,
    environment: environments.fetcher,
    layers: ['sharp'],
    // One for each lane: more calls would list the library for nothing.
    concurrency: ({ lanes }) => lanes,
    permissions: [
      ...useJobArtifacts,
      allow('artifactsBucket', ['s3:GetObject'], { keys: 'library/*' }),
      allow('jobsTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
      allow('chaptersTable', ['dynamodb:Scan', 'dynamodb:GetItem', 'dynamodb:UpdateItem']),
      allow('countersTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
    ],
  },
  scriptgen: {
    purpose:
      'Finds panels, reads bubbles, writes the Vietnamese narration, and decides whether the chapter is doubtful.',
    memory: 3008,
    timeout: 900,
    environment: environments.scriptgen,
    layers: ['sharp'],
    permissions: [
      ...useJobArtifacts,
      allow('artifactsBucket', ['s3:GetObject', 's3:PutObject'], { keys: `${memoryPrefix}*` }),
      readSeriesSettings,
      // Whether the other scripts of the channel are still at work.
      allow('jobsTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
      // What became of the chapters that were told before.
      allow('chaptersTable', ['dynamodb:GetItem'], { when: ({ narrator }) => narrator === 'llm' }),
      // The notes of a series that a person approved.
      allow('countersTable', ['dynamodb:GetItem']),
      allow('llmSecret', ['secretsmanager:GetSecretValue']),
      allow('bedrockModel', ['bedrock:InvokeModel'], {
        when: ({ narrator, llmService }) => narrator === 'llm' && llmService === 'bedrock',
      }),
    ],
  },
  ttsgen: {
    purpose: 'Speaks the narration, one audio file a segment.',
    memory: 1024,
    timeout: 900,
    environment: environments.ttsgen,
    permissions: [
      ...useJobArtifacts,
      allow('artifactsBucket', ['s3:GetObject', 's3:PutObject'], { keys: `${speechMemoryPrefix}*` }),
      allow('artifactsBucket', ['s3:GetObject', 's3:PutObject'], { keys: `${castsPrefix}*` }),
      readSeriesSettings,
      allow('jobsTable', ['dynamodb:UpdateItem']),
      allow('voiceSecret', ['secretsmanager:GetSecretValue']),
    ],
  },
  'start-renderer': {
    purpose:
      'Starts a Spot machine that renders the video, or a shard of it, and completes the task; plans the shards of a render.',
    memory: 256,
    timeout: 60,
    environment: environments.startRenderer,
    launches: 'renderer',
    permissions: [
      ...launchMachines('renderer'),
      allow('jobsTable', ['dynamodb:GetItem'], { when: ({ renderShards }) => renderShards !== 0 }),
      allow('any', ['servicequotas:GetServiceQuota'], {
        reason: 'Service Quotas has no resource-level permissions for reading',
        when: ({ renderShards }) => renderShards === 'auto',
      }),
    ],
  },
  render: {
    purpose: 'Makes a shard of a video, or joins the shards of a short one.',
    memory: callMemory,
    timeout: callSeconds,
    // The sound of five hours, and its recordings; a joined video of half an hour, twice.
    storage: 4096,
    environment: environments.render,
    layers: ['sharp', 'ffmpeg'],
    when: shardsOnFunctions,
    permissions: makeVideo,
  },
  'renderer-callback': {
    purpose: 'Fails the task of a renderer that died, and terminates a renderer that no job waits for.',
    memory: 256,
    timeout: 30,
    environment: environments.rendererCallback,
    permissions: answerForMachines('renderer'),
  },
  'start-uploader': {
    purpose: 'Starts a Spot machine that publishes the video and completes the task.',
    memory: 256,
    timeout: 60,
    environment: environments.startUploader,
    launches: 'uploader',
    permissions: launchMachines('uploader'),
  },
  'uploader-callback': {
    purpose: 'Fails the task of an uploader that died, and terminates an uploader that no job waits for.',
    memory: 256,
    timeout: 30,
    environment: environments.uploaderCallback,
    permissions: answerForMachines('uploader'),
  },
  cleanup: {
    purpose: 'Deletes the artifacts of a job.',
    memory: 512,
    timeout: 300,
    environment: environments.cleanup,
    permissions: [
      allow('artifactsBucket', ['s3:ListBucket']),
      allow('artifactsBucket', ['s3:DeleteObject'], { keys: 'jobs/*' }),
      allow('jobsTable', ['dynamodb:UpdateItem']),
    ],
  },
  'increment-counter': {
    purpose: 'Counts a published video on its quota day, once.',
    memory: 256,
    timeout: 30,
    environment: environments.incrementCounter,
    permissions: [
      allow('countersTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
      allow('jobsTable', ['dynamodb:UpdateItem']),
      allow('jobsTable', ['dynamodb:GetItem'], { when: hasChannels }),
    ],
  },
  'handle-error': {
    purpose:
      'Records failures, doubts and verdicts of a job, and the end of its execution, and notifies the operator.',
    memory: 256,
    timeout: 30,
    environment: environments.handleError,
    permissions: [
      allow('artifactsBucket', ['s3:ListBucket']),
      // It has the settings beside the chapters.
      allow('artifactsBucket', ['s3:GetObject'], { keys: 'jobs/*/chapter.json' }),
      readSeriesSettings,
      allow('jobsTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
      // The day's summary names the chapters that are unfinished.
      allow('chaptersTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:Scan']),
      allow('countersTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
      allow('errorTopic', ['sns:Publish']),
      allow('executions', ['states:DescribeExecution', 'states:GetExecutionHistory', 'states:StopExecution']),
    ],
  },
} as const satisfies Record<string, FunctionEntry>;

export type FunctionName = keyof typeof functions;
/** A function that every stage has. */
export type StandingFunction = Exclude<FunctionName, 'render'>;
export const functionNames = Object.keys(functions) as FunctionName[];

/** Returns whether a stage can lack a function. */
export const isOptional = (name: FunctionName): boolean =>
  (functions[name] as FunctionEntry).when !== undefined;

/** Returns the functions that a stage has. */
export const functionsOf = (config: FunctionSettings): FunctionName[] =>
  functionNames.filter((name) => (functions[name] as FunctionEntry).when?.(config) ?? true);

/**
 * The alias of each function that the state machine and events call. It chooses a published version, so that a deployment can be
 * undone by choosing the one before it.
 */
export const liveAlias = 'live';

/** The alias of the versions that one job tries before the others use them, in a stage with `canary`. */
export const canaryAlias = 'canary';

/** The description of the alias, by which a plan shows that the stored data changes. */
export const aliasDescription = (storedData: number): string =>
  `Called by the state machine and events; stored data ${storedData}`;
export const storedDataOf = (description: unknown): string | undefined =>
  /; stored data (\d+)$/.exec(String(description))?.[1];

type EventValue = string | { readonly 'anything-but': readonly number[] };
interface EventPattern {
  readonly [field: string]: EventPattern | readonly EventValue[];
}

/** EventBridge events and the functions that receive them. */
export interface EventRule {
  name: string;
  pattern: EventPattern;
  functions: readonly StandingFunction[];
  /** Hours after which an undelivered event is useless and goes to the dead letters; 24 at most. */
  hours: number;
}

const callbacks = ['renderer-callback', 'uploader-callback'] as const;

const ofExecution = (stateMachineArn: readonly string[], detail: EventPattern): EventPattern => ({
  source: ['aws.states'],
  'detail-type': ['Step Functions Execution Status Change'],
  detail: { stateMachineArn, ...detail },
});

/**
 * Routes EC2's machine events to the callback functions, which check whose machine it is, and the end of an execution
 * or its redrive to handle-error: an execution that ends leaves no job at work, and the operator gets the day's summary.
 */
export const eventRules = (...stateMachineArn: string[]): readonly EventRule[] => [
  {
    name: 'machine-gone',
    pattern: {
      source: ['aws.ec2'],
      'detail-type': ['EC2 Instance State-change Notification'],
      detail: { state: ['shutting-down', 'stopping', 'stopped', 'terminated'] },
    },
    functions: callbacks,
    // After that, the heartbeat timeout has long handled the state change of a machine.
    hours: 1,
  },
  {
    name: 'machine-warned',
    pattern: { source: ['aws.ec2'], 'detail-type': ['EC2 Spot Instance Interruption Warning'] },
    functions: callbacks,
    hours: 1,
  },
  {
    name: 'execution-ended',
    pattern: ofExecution(stateMachineArn, { status: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] }),
    functions: ['handle-error'],
    hours: 24,
  },
  {
    name: 'execution-redriven',
    pattern: ofExecution(stateMachineArn, { status: ['RUNNING'], redriveCount: [{ 'anything-but': [0] }] }),
    functions: ['handle-error'],
    hours: 24,
  },
];
