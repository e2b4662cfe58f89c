/** The address and account of a cloud, and calls to it without an SDK. */

export {
  type LocalAddress,
  localAccess,
  localAccountId,
  localCredentials,
  stateMachineArn,
} from './account.ts';
export { callJson, signature, WireError } from './wire.ts';
