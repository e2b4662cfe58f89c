import { s3 } from './clients/s3.ts';

/** The credentials that the clients here sign with, fresh at each call, for signers that are not AWS's own. */
export const awsCredentials = () => s3.config.credentials();
