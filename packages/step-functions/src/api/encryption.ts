/** Encryption with keys of KMS, which this service does not have. */

import * as z from 'zod';
import { ApiError, validationError } from './errors.ts';

export const encryption = z.object({
  type: z.string(),
  kmsKeyId: z.string().optional(),
  kmsDataKeyReusePeriodSeconds: z.int().optional(),
});

const invalid = (reason: string) =>
  new ApiError('InvalidEncryptionConfiguration', `Invalid Encryption Configuration: ${reason}`);

/** Refuses a configuration that AWS refuses, and any with a key. */
export function refuseKey(configuration: z.infer<typeof encryption> | undefined): void {
  if (!configuration || configuration.type === 'AWS_OWNED_KEY') return;
  const { kmsKeyId, kmsDataKeyReusePeriodSeconds: seconds = 300 } = configuration;
  if (kmsKeyId === undefined) throw invalid('A customer managed key needs its kmsKeyId');
  if (seconds < 60 || seconds > 900) throw invalid('kmsDataKeyReusePeriodSeconds must be between 60 and 900');
  throw validationError('Customer managed keys are not supported by this service');
}
