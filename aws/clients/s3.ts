import { S3Client } from '@aws-sdk/client-s3';

/** One client a process. Region, credentials and endpoint come from where the SDK always looks. */
export const s3 = new S3Client({});
