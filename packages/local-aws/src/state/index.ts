/** Files and processes of a cloud that survive a restart. */

export { identify, isAlive, killGroup, ProcessIdentity } from './process-identity.ts';
export { lockHolder, lockState, StateInUse } from './state-lock.ts';
export { storedJson } from './stored-json.ts';
