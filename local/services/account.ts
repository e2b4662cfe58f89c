/** The account and region of the local cloud; account 123456789012 is AWS's own example. */
export interface Account {
  id: string;
  region: string;
}

export const localAccountId = '123456789012';

/** fauxqs only supports this account: ARNs of topics and queues contain it. */
export const messagingAccountId = '000000000000';

/** Keys that sign requests to the local cloud, which only reads their scope. Child processes never get real keys. */
export const localCredentials = {
  AWS_ACCESS_KEY_ID: 'LOCALCLOUD',
  AWS_SECRET_ACCESS_KEY: 'local-cloud',
} as const;
