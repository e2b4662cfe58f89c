/** How a program addresses a cloud: its account, and calls without an SDK. */

export {
  type LocalAddress,
  localAccess,
  localAccountId,
  localCredentials,
  messagingAccountId,
  stateMachineArn,
} from './account.ts';
export { callJson, signature, WireError } from './wire.ts';
