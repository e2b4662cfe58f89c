import { EC2Client } from '@aws-sdk/client-ec2';

/** One client a process. Region, credentials and endpoint come from where the SDK always looks. */
export const ec2 = new EC2Client({});
