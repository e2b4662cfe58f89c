import { EC2Client } from '@aws-sdk/client-ec2';

/** One client per process. Region, credentials and endpoint come from the SDK's default chain. */
export const ec2 = new EC2Client({});
