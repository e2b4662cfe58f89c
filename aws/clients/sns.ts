import { SNSClient } from '@aws-sdk/client-sns';

/** One client a process. Region, credentials and endpoint come from where the SDK always looks. */
export const sns = new SNSClient({});
