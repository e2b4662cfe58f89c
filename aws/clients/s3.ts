import { S3Client } from '@aws-sdk/client-s3';

/**
 * One client per process. Region, credentials and endpoint come from the SDK's default chain. S3 gives a prefix 5,500 reads a second
 * (performance guidelines) and refuses more with SlowDown: hundreds of shards that begin together wait with six attempts.
 */
export const s3 = new S3Client({ maxAttempts: 6 });
