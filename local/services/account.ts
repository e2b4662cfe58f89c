/** The account and region that the local cloud plays; account 123456789012 is AWS's own example. */
export interface Account {
  id: string;
  region: string;
}

export const localAccountId = '123456789012';

/** fauxqs plays this account and no other: ARNs of topics and queues carry it. */
export const messagingAccountId = '000000000000';

/** Keys that sign requests to the local cloud, which looks at their scope only; no real ones ever reach a child. */
export const localCredentials = {
  AWS_ACCESS_KEY_ID: 'LOCALCLOUD',
  AWS_SECRET_ACCESS_KEY: 'local-cloud',
} as const;
