import { musicPrefix, seriesSettingsPrefix } from '../domain/artifacts.ts';
import type { Config } from './settings/index.ts';
import type { ResourceName } from './variables.ts';

/** Resources that an IAM action can be allowed on. The stacks know the ARNs and conditions of each one. */
export type Target =
  | ResourceName
  /** Only for actions without resource-level permissions. */
  | 'any'
  /** Everything that a launch of this worker's machine involves, and no other kind of machine. */
  | 'rendererLaunch'
  | 'uploaderLaunch'
  /** Machines that run with this worker's instance profile. */
  | 'rendererInstances'
  | 'uploaderInstances'
  /** The role in that profile, passed to EC2 only. */
  | 'rendererRole'
  | 'uploaderRole'
  /** Executions of the pipeline's state machine. */
  | 'executions'
  /** The configured model, and nothing else of Bedrock. */
  | 'bedrockModel';

/** A list of IAM actions on one resource of the deployment, or on any if they have no resource-level permissions. */
export interface Permission {
  actions: readonly string[];
  on: Target;
  /** A pattern like `jobs/*`, which limits access to the bucket to such keys. */
  keys?: string;
  /** Why `any` can't be narrowed. */
  reason?: string;
  /** Condition on the configuration; without one the permission is always granted. */
  when?: (
    config: Pick<
      Config,
      | 'narrator'
      | 'llmService'
      | 'lanes'
      | 'renderShards'
      | 'renderShardsOn'
      | 'workerIdleMinutes'
      | 'channels'
      | 'contentCredentials'
    >,
  ) => boolean;
}

export const allow = (
  on: Permission['on'],
  actions: readonly string[],
  more: Partial<Permission> = {},
): Permission => ({
  on,
  actions,
  ...more,
});

/** Reads and writes artifacts of jobs. Without ListBucket, S3 returns 403 instead of 404 for a missing object. */
export const useJobArtifacts: readonly Permission[] = [
  allow('artifactsBucket', ['s3:ListBucket']),
  allow('artifactsBucket', ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], { keys: 'jobs/*' }),
];

/** Uses the items of machines that stay. */
export const useMachines = (...actions: readonly string[]): Permission =>
  allow(
    'machinesTable',
    actions.map((action) => `dynamodb:${action}`),
    { when: ({ workerIdleMinutes }) => workerIdleMinutes > 0 },
  );

/** Reads what the operator sets for a series; needs ListBucket too, since a series can have no settings. */
export const readSeriesSettings = allow('artifactsBucket', ['s3:GetObject'], {
  keys: `${seriesSettingsPrefix}*`,
});

/** Makes a video, or a part of it. */
export const makeVideo: readonly Permission[] = [
  ...useJobArtifacts,
  allow('artifactsBucket', ['s3:GetObject'], { keys: `${musicPrefix}*` }),
  readSeriesSettings,
  allow('jobsTable', ['dynamodb:UpdateItem']),
  allow('signingSecret', ['secretsmanager:GetSecretValue'], {
    when: ({ contentCredentials }) => contentCredentials === 'signed',
  }),
];
