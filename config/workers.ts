import {
  audiencePrefix,
  audienceReviewKey,
  comparedThumbnailsPrefix,
  videosPrefix,
} from '../domain/artifacts.ts';
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

/**
 * The version of the machine image: its tag in AWS. It rises when boot scripts or units change. Workers need the second one, and the
 * third one to stay after a task.
 */
export const imageVersion = {
  tag: 'manga-pipeline:version',
  built: 3,
  needed: ({ workerIdleMinutes }: Pick<Config, 'workerIdleMinutes'>) => (workerIdleMinutes > 0 ? 3 : 2),
} as const;

/** Permissions that the boot scripts need in a worker's role. */
export const bootPermissions = (worker: string): readonly Permission[] => [
  allow('artifactsBucket', ['s3:GetObject', 's3:GetObjectVersion'], { keys: `workers/${worker}/*` }),
  // A deployment deletes the bundle before its own, while a machine of that one boots.
  allow('artifactsBucket', ['s3:ListBucketVersions']),
  allow('workerLogs', ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents']),
];

/** Everything that a worker needs: its start function passes the environment on, the stacks create its role from it. */
export const workers = {
  renderer: {
    purpose: 'Renders the video of a job with FFmpeg.',
    environment: environments.renderer,
    permissions: [answerTheTask, ...makeVideo, useMachines('GetItem', 'UpdateItem')],
  },
  uploader: {
    purpose: 'Publishes the video of a job.',
    environment: environments.uploader,
    permissions: [
      answerTheTask,
      ...useJobArtifacts,
      readSeriesSettings,
      allow('artifactsBucket', ['s3:PutObject'], { keys: `${videosPrefix}*` }),
      ...[`${audiencePrefix}*`, `${comparedThumbnailsPrefix}*`].map((keys) =>
        allow('artifactsBucket', ['s3:GetObject', 's3:PutObject'], { keys }),
      ),
      allow('artifactsBucket', ['s3:PutObject'], { keys: audienceReviewKey }),
      allow('jobsTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
      allow('countersTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
      allow('youtubeSecret', ['secretsmanager:GetSecretValue']),
      allow('chaptersTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
      useMachines('GetItem', 'UpdateItem'),
    ],
  },
} as const satisfies Record<string, WorkerEntry>;

export type WorkerName = keyof typeof workers;
