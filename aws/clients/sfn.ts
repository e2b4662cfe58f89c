import { SFNClient } from '@aws-sdk/client-sfn';

/** One client a process. Region, credentials and endpoint come from where the SDK always looks. */
export const sfn = new SFNClient({});
