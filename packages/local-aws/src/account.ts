/** The account and region of the local cloud; account 123456789012 is AWS's own example. */
export interface Account {
  id: string;
  region: string;
}

export const localAccountId = '123456789012';

/** Keys that sign requests to the local cloud, which only reads their scope. Child processes never get real keys. */
export const localCredentials = {
  AWS_ACCESS_KEY_ID: 'LOCALCLOUD',
  AWS_SECRET_ACCESS_KEY: 'local-cloud',
} as const;

/** The endpoint and region of a local cloud. */
export interface LocalAddress {
  endpoint: string;
  region: string;
}

/** Returns the variables that make AWS SDKs and the command line use a local cloud. */
export const localAccess = ({ endpoint, region }: LocalAddress) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: region,
  // Version 1 of the AWS CLI only reads this variable.
  AWS_DEFAULT_REGION: region,
  ...localCredentials,
});

export const stateMachineArn = (name: string, { id, region }: Account): string =>
  `arn:aws:states:${region}:${id}:stateMachine:${name}`;

/**
 * Returns the name with which SDKs send their requests. The ending keeps Powertools from adding its own, which would exceed the
 * 50 characters that SDKs accept without a warning.
 */
export const callerName = (name: string): string => `${name.slice(0, 42)}/PTEnv/`;
