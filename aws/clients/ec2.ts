import { EC2Client } from '@aws-sdk/client-ec2';

/**
 * One client per process. Region, credentials and endpoint come from the SDK's default chain. EC2 starts five machines at once and then
 * two a second for an account (request throttling of the EC2 API): of forty shards the last waits for 20 seconds, which six attempts outlast.
 */
export const ec2 = new EC2Client({ maxAttempts: 6 });
