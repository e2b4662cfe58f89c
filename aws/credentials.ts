import { s3 } from './clients/s3.ts';

/** Returns the credentials of these clients, current at each call, for signers outside of the SDK. */
export const awsCredentials = () => s3.config.credentials();
