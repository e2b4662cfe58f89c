import { STSClient } from '@aws-sdk/client-sts';

/** Reads the region at its first request, since a command sets it from its stage. */
export const sts = new STSClient({});
