import { LambdaClient } from '@aws-sdk/client-lambda';

/** One client a process. Region, credentials and endpoint come from where the SDK always looks. */
export const lambda = new LambdaClient({});
