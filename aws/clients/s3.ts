import { S3Client } from '@aws-sdk/client-s3';

/** One client per process. Region, credentials and endpoint come from the SDK's default chain. */
export const s3 = new S3Client({});
