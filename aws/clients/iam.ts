import { IAMClient } from '@aws-sdk/client-iam';

/** One client per process. Region, credentials and endpoint come from the SDK's default chain. */
export const iam = new IAMClient({});
