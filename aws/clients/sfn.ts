import { SFNClient } from '@aws-sdk/client-sfn';

/** One client per process. Region, credentials and endpoint come from the SDK's default chain. */
export const sfn = new SFNClient({});
