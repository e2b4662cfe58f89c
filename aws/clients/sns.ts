import { SNSClient } from '@aws-sdk/client-sns';

/** One client per process. Region, credentials and endpoint come from the SDK's default chain. */
export const sns = new SNSClient({});
