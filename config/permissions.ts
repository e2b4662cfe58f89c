import type { Config } from './settings/index.ts';
import type { ResourceName } from './variables.ts';

/** What an IAM action may be allowed on. The stacks know the ARNs and conditions of each. */
export type Target =
  | ResourceName
  /** Only where AWS knows no narrower one. */
  | 'any'
  /** All that a launch of this worker's machine touches, and nothing that makes another kind of machine. */
  | 'rendererLaunch'
  | 'uploaderLaunch'
  /** Machines that run with this worker's instance profile. */
  | 'rendererInstances'
  | 'uploaderInstances'
  /** The role inside that profile, handed to EC2 and to nobody else. */
  | 'rendererRole'
  | 'uploaderRole'
  /** The model of the configuration, and nothing else that Bedrock serves. */
  | 'bedrockModel';

/** An IAM action list on one resource of the deployment, or on any where AWS knows no narrower one. */
export interface Permission {
  actions: readonly string[];
  on: Target;
  /** `jobs/*` and the like narrow the bucket to keys below a prefix. */
  keys?: string;
  /** Why `any` can't be narrowed. */
  reason?: string;
  /** Given only with such a configuration; always, where it says nothing. */
  when?: (config: Pick<Config, 'narrator' | 'llmService'>) => boolean;
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

/** Reads and writes artifacts of jobs. Without the list S3 answers 403 for a missing object, not 404. */
export const useJobArtifacts: readonly Permission[] = [
  allow('artifactsBucket', ['s3:ListBucket']),
  allow('artifactsBucket', ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], { keys: 'jobs/*' }),
];
