import { LambdaClient } from '@aws-sdk/client-lambda';

/** One client per process. Region, credentials and endpoint come from the SDK's default chain. */
export const lambda = new LambdaClient({});
