/** The reason why an instance changed its state, in EC2's words. */
export interface StateReason {
  code: string;
  message: string;
}
export const userInitiated = { code: 'Client.UserInitiatedShutdown', message: 'User initiated shutdown' };
export const instanceInitiated = {
  code: 'Client.InstanceInitiatedShutdown',
  message: 'Instance initiated shutdown',
};
export const spotInterruption = {
  code: 'Server.SpotInstanceTermination',
  message: 'Spot instance termination',
};
export const cloudStopped = { code: 'Server.InternalError', message: 'The local cloud was stopped' };
