import { musicPrefix } from '../domain/artifacts.ts';
import { allow, type Permission, useJobArtifacts } from './permissions.ts';
import type { VariableName } from './variables.ts';

export interface WorkerEntry {
  purpose: string;
  /** Variables that the user data passes to the machine in addition to the task. */
  environment: readonly VariableName[];
  permissions: readonly Permission[];
}

const answerTheTask = allow(
  'any',
  ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'],
  {
    reason: 'a task token does not name a resource',
  },
);

/** Location and hash of a machine's code, and its log group; the boot scripts of the image read these. */
const machine = ['WORKER_BUNDLE', 'WORKER_BUNDLE_SHA256', 'WORKER_LOG_GROUP'] as const;

/** The log line that reports how long a worker has worked on its task; an alarm reads it. */
export const workerAge = { event: 'worker_running', field: 'age_seconds' } as const;

/** The log line of a finished task, and the seconds that it took. */
export const workerEnd = { event: 'worker_finished', field: 'task_seconds' } as const;

/** Permissions that the boot scripts need in a worker's role. */
export const bootPermissions = (worker: string): readonly Permission[] => [
  allow('artifactsBucket', ['s3:GetObject'], { keys: `workers/${worker}/*` }),
  allow('workerLogs', ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents']),
];

/** Everything that a worker needs: its start function passes the environment on, the stacks create its role from it. */
export const workers = {
  renderer: {
    purpose: 'Renders the video of a job with FFmpeg.',
    environment: [
      ...(['S3_BUCKET', 'DYNAMODB_JOBS_TABLE', 'VIDEO_FORMAT', 'BURN_SUBTITLES'] as const),
      ...(['MUSIC', 'MUSIC_CREDIT', 'FFMPEG_PATH'] as const),
      ...machine,
    ],
    permissions: [
      answerTheTask,
      ...useJobArtifacts,
      allow('artifactsBucket', ['s3:GetObject'], { keys: `${musicPrefix}*` }),
      allow('jobsTable', ['dynamodb:UpdateItem']),
    ],
  },
  uploader: {
    purpose: 'Publishes the video of a job.',
    environment: [
      'S3_BUCKET',
      'DYNAMODB_JOBS_TABLE',
      'DYNAMODB_CHAPTERS_TABLE',
      'PUBLISHER',
      'PUBLISHER_FOLDER',
      'DYNAMODB_COUNTER_TABLE',
      'YOUTUBE_SECRET',
      'YOUTUBE_PRIVACY',
      'YOUTUBE_PUBLISH_AFTER_HOURS',
      'YOUTUBE_MADE_FOR_KIDS',
      'YOUTUBE_SYNTHETIC_MEDIA',
      'YOUTUBE_CATEGORY',
      'YOUTUBE_CAPTIONS',
      'YOUTUBE_PLAYLISTS',
      'YOUTUBE_UPLOADS_PER_DAY',
      'YOUTUBE_UNITS_PER_DAY',
      'YOUTUBE_ENDPOINT',
      ...machine,
    ],
    permissions: [
      answerTheTask,
      ...useJobArtifacts,
      allow('jobsTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
      allow('countersTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
      allow('youtubeSecret', ['secretsmanager:GetSecretValue']),
      allow('chaptersTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
    ],
  },
} as const satisfies Record<string, WorkerEntry>;

export type WorkerName = keyof typeof workers;
