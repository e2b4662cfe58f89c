import { memoryPrefix } from '../domain/artifacts.ts';
import { allow, type Permission, useJobArtifacts } from './permissions.ts';
import type { VariableName } from './variables.ts';
import { type WorkerName, workers } from './workers.ts';

/** `sharp` contains the native part of the picture library, built for Lambda's operating system. */
export type LayerName = 'sharp';

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
  /** Maximum number of concurrent calls, where a second one would be wrong. */
  concurrency?: number;
  /** Code that it shares with other functions, outside its own bundle. */
  layers?: readonly LayerName[];
  /** The worker whose machines it starts. */
  launches?: WorkerName;
}

const describeMachines = allow('any', ['ec2:DescribeInstances'], {
  reason: 'Describe calls have no resource-level permissions',
});

const launchMachines = (worker: WorkerName): readonly Permission[] => [
  allow(`${worker}Launch`, ['ec2:RunInstances', 'ec2:CreateTags']),
  allow(`${worker}Role`, ['iam:PassRole']),
  describeMachines,
  allow(`${worker}Instances`, ['ec2:TerminateInstances']),
  allow('jobsTable', ['dynamodb:UpdateItem']),
];

const answerForMachines = (worker: WorkerName): readonly Permission[] => [
  describeMachines,
  allow(`${worker}Instances`, ['ec2:TerminateInstances']),
  allow('any', ['states:SendTaskFailure'], { reason: 'a task token does not name a resource' }),
  allow('jobsTable', ['dynamodb:GetItem']),
];

/** What each function needs; the stacks, the bundler and the local cloud are built from this. */
export const functions = {
  'check-quota': {
    purpose: "Takes one of the day's slots for a job, or reports that none is free.",
    memory: 256,
    timeout: 30,
    environment: [
      'DYNAMODB_COUNTER_TABLE',
      'DAILY_QUOTA',
      'QUOTA_TIMEZONE',
      'PUBLISHER',
      'YOUTUBE_CAPTIONS',
      'YOUTUBE_PLAYLISTS',
      'YOUTUBE_UPLOADS_PER_DAY',
      'YOUTUBE_UNITS_PER_DAY',
    ],
    permissions: [allow('countersTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem'])],
  },
  fetcher: {
    purpose: 'Claims the next unpublished chapter and stores its pages.',
    memory: 2048,
    timeout: 900,
    // An archive of 4 GiB, the largest that is accepted, and the files that wait while it is unpacked.
    storage: 5120,
    environment: [
      'S3_BUCKET',
      'DYNAMODB_JOBS_TABLE',
      'DYNAMODB_CHAPTERS_TABLE',
      'DYNAMODB_COUNTER_TABLE',
      'CHAPTER_SOURCE',
      'LIBRARY',
      'MANGADEX_TITLES',
      'MANGADEX_RIGHTS',
      'MANGADEX_CONTACT',
      'MANGADEX_LANGUAGES',
      'MANGADEX_CONTENT_RATINGS',
      'MANGADEX_DATA_SAVER',
      'MANGADEX_URL',
      'MANGADEX_REPORT_URL',
      'MANGADEX_ALLOW_LOOPBACK',
      'CHAPTERS_PER_VIDEO',
      'CHAPTER_ATTEMPTS',
      'CHAPTER_RETRY_HOURS',
      'QUOTA_TIMEZONE',
    ],
    layers: ['sharp'],
    // Two parallel calls would both unpack the same chapter, which only one of them can claim.
    concurrency: 1,
    permissions: [
      ...useJobArtifacts,
      allow('artifactsBucket', ['s3:GetObject'], { keys: 'library/*' }),
      allow('jobsTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
      allow('chaptersTable', ['dynamodb:Scan', 'dynamodb:UpdateItem']),
      allow('countersTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
    ],
  },
  scriptgen: {
    purpose:
      'Finds panels, reads bubbles, writes the Vietnamese narration, and decides whether the chapter is doubtful.',
    memory: 3008,
    timeout: 900,
    environment: [
      'S3_BUCKET',
      'DYNAMODB_JOBS_TABLE',
      'PAGE_LANGUAGES',
      'NARRATOR',
      'LLM_SECRET',
      'LLM_SERVICE',
      'LLM_BASE_URL',
      'REGION',
      'LLM_MODEL',
      'LLM_JSON_SCHEMA',
      'LLM_PAGES_AT_ONCE',
      'LLM_REQUESTS_PER_MINUTE',
      'LLM_MAX_TOKENS',
      'LLM_MAX_COST_USD',
      'LLM_PRICE_PER_MILLION_IN',
      'LLM_PRICE_PER_MILLION_OUT',
    ],
    layers: ['sharp'],
    permissions: [
      ...useJobArtifacts,
      allow('artifactsBucket', ['s3:GetObject', 's3:PutObject'], { keys: `${memoryPrefix}*` }),
      allow('jobsTable', ['dynamodb:UpdateItem']),
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
    environment: [
      'S3_BUCKET',
      'DYNAMODB_JOBS_TABLE',
      'VOICE',
      'VOICE_SECRET',
      'VOICE_MIXING',
      'VOICE_SPEAKER',
      'VOICE_RATE',
      'VOICE_PITCH',
      'VOICE_MOODS',
      'VOICE_CONCURRENCY',
      'VOICE_EDGE_ENDPOINT',
      'VOICE_AZURE_ENDPOINT',
      'FFMPEG_PATH',
    ],
    permissions: [
      ...useJobArtifacts,
      allow('artifactsBucket', ['s3:GetObject', 's3:PutObject'], { keys: 'speech-memory/*' }),
      allow('jobsTable', ['dynamodb:UpdateItem']),
      allow('voiceSecret', ['secretsmanager:GetSecretValue']),
    ],
  },
  'start-renderer': {
    purpose: 'Starts a Spot machine that renders the video and completes the task.',
    memory: 256,
    timeout: 60,
    environment: [
      'RENDERER_AMI_ID',
      'RENDERER_INSTANCE_TYPE',
      'RENDERER_SECURITY_GROUP_ID',
      'RENDERER_SUBNET_ID',
      'RENDERER_IAM_INSTANCE_PROFILE',
      ...workers.renderer.environment,
    ],
    launches: 'renderer',
    permissions: launchMachines('renderer'),
  },
  'renderer-callback': {
    purpose: 'Fails the task of a renderer that died, and terminates a renderer that no job waits for.',
    memory: 256,
    timeout: 30,
    environment: ['DYNAMODB_JOBS_TABLE'],
    permissions: answerForMachines('renderer'),
  },
  'start-uploader': {
    purpose: 'Starts a Spot machine that publishes the video and completes the task.',
    memory: 256,
    timeout: 60,
    environment: [
      'UPLOADER_AMI_ID',
      'UPLOADER_INSTANCE_TYPE',
      'UPLOADER_SECURITY_GROUP_ID',
      'UPLOADER_SUBNET_ID',
      'UPLOADER_IAM_INSTANCE_PROFILE',
      ...workers.uploader.environment,
    ],
    launches: 'uploader',
    permissions: launchMachines('uploader'),
  },
  'uploader-callback': {
    purpose: 'Fails the task of an uploader that died, and terminates an uploader that no job waits for.',
    memory: 256,
    timeout: 30,
    environment: ['DYNAMODB_JOBS_TABLE'],
    permissions: answerForMachines('uploader'),
  },
  cleanup: {
    purpose: 'Deletes the artifacts of a job.',
    memory: 512,
    timeout: 300,
    environment: ['S3_BUCKET', 'DYNAMODB_JOBS_TABLE'],
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
    environment: ['DYNAMODB_COUNTER_TABLE', 'DYNAMODB_JOBS_TABLE', 'QUOTA_TIMEZONE'],
    permissions: [
      allow('countersTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
      allow('jobsTable', ['dynamodb:UpdateItem']),
    ],
  },
  'handle-error': {
    purpose:
      'Records failures, doubts and verdicts of a job, and the end of its execution, and notifies the operator.',
    memory: 256,
    timeout: 30,
    environment: [
      'DYNAMODB_JOBS_TABLE',
      'DYNAMODB_CHAPTERS_TABLE',
      'DYNAMODB_COUNTER_TABLE',
      'CHAPTER_RETRY_HOURS',
      'CHAPTER_ATTEMPTS',
      'QUOTA_TIMEZONE',
      'ERROR_NOTIFICATION_TOPIC_ARN',
      'RUNBOOK_URL',
      'ON_DOUBT',
    ],
    permissions: [
      allow('jobsTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
      allow('chaptersTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
      allow('countersTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
      allow('errorTopic', ['sns:Publish']),
      allow('executions', ['states:DescribeExecution', 'states:GetExecutionHistory', 'states:StopExecution']),
    ],
  },
} as const satisfies Record<string, FunctionEntry>;

export type FunctionName = keyof typeof functions;

type EventValue = string | { readonly 'anything-but': readonly number[] };
interface EventPattern {
  readonly [field: string]: EventPattern | readonly EventValue[];
}

/** EventBridge events and the functions that receive them. */
export interface EventRule {
  name: string;
  pattern: EventPattern;
  functions: readonly FunctionName[];
  /** Hours after which an undelivered event is useless and goes to the dead letters; 24 at most. */
  hours: number;
}

/** The log line of renderer-callback at the start of each run; an alarm expects one a day. */
export const runStart = { event: 'run_started' } as const;

/** The log line of a counted video, and its field with the videos of the quota day so far. */
export const countedVideo = { event: 'video_counted', field: 'daily_count' } as const;

const callbacks = ['renderer-callback', 'uploader-callback'] as const;

const ofExecution = (stateMachineArn: string, detail: EventPattern): EventPattern => ({
  source: ['aws.states'],
  'detail-type': ['Step Functions Execution Status Change'],
  detail: { stateMachineArn: [stateMachineArn], ...detail },
});

/**
 * Routes EC2's machine events to the callback functions, which check whose machine it is, and the end of an execution
 * without success, or its redrive, to handle-error: an execution that ends leaves no job at work.
 */
export const eventRules = (stateMachineArn: string): readonly EventRule[] => [
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
    pattern: ofExecution(stateMachineArn, { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] }),
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
