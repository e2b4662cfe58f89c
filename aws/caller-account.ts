import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { sts } from './clients/sts.ts';

/** Returns the id of the account whose credentials this process has; AWS checks them. */
export async function callerAccount(): Promise<string> {
  const { Account = '' } = await sts.send(new GetCallerIdentityCommand({}));
  return Account;
}
