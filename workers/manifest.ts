import { allow, type Permission } from '../functions/permissions.ts';
import type { VariableName } from '../functions/variables.ts';

export interface WorkerEntry {
  purpose: string;
  /** What user data carries to the machine besides the task itself. */
  environment: readonly VariableName[];
  permissions: readonly Permission[];
}

const answerTheTask = allow(
  'any',
  ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'],
  {
    reason: 'a task token names no resource',
  },
);

/** What each worker needs; its start function hands the environment on, the stacks make its role from it. */
export const workers = {
  renderer: {
    purpose: 'Renders the video of a job with FFmpeg.',
    environment: ['S3_BUCKET', 'DYNAMODB_JOBS_TABLE', 'FFMPEG_PATH'],
    permissions: [
      answerTheTask,
      allow('artifactsBucket', ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], {
        keys: 'jobs/*',
      }),
      allow('artifactsBucket', ['s3:ListBucket']),
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
    ],
    permissions: [
      answerTheTask,
      allow('artifactsBucket', ['s3:GetObject', 's3:PutObject'], { keys: 'jobs/*' }),
      allow('artifactsBucket', ['s3:ListBucket']),
      allow('jobsTable', ['dynamodb:UpdateItem']),
      allow('chaptersTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
    ],
  },
} as const satisfies Record<string, WorkerEntry>;

export type WorkerName = keyof typeof workers;
