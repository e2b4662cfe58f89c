import * as z from 'zod';
import { ProcessIdentity } from '../state/process-identity.ts';

/** States of an instance and their codes in EC2. */
export const stateCodes = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
} as const;
export type InstanceState = keyof typeof stateCodes;

/** An instance as it is stored over restarts of the cloud. */
export const Instance = z.object({
  id: z.string(),
  reservationId: z.string(),
  spotRequestId: z.string().optional(),
  imageId: z.string(),
  type: z.string(),
  subnetId: z.string(),
  securityGroupIds: z.array(z.string()),
  profileArn: z.string().optional(),
  tags: z.record(z.string(), z.string()),
  /** True if the instance can read its tags. */
  tagsInMetadata: z.boolean(),
  userData: z.string(),
  shutdownBehavior: z.enum(['stop', 'terminate']),
  clientToken: z.string().optional(),
  /** Hash of the parameters of the call that used the client token. */
  requestHash: z.string(),
  launchedAt: z.string(),
  endedAt: z.string().optional(),
  state: z.enum(['pending', 'running', 'shutting-down', 'terminated', 'stopping', 'stopped']),
  stateReason: z.object({ code: z.string(), message: z.string() }).optional(),
  /** True if the event of its end has reached all targets. */
  endAnnounced: z.boolean(),
  process: ProcessIdentity.optional(),
});
export type Instance = z.infer<typeof Instance>;

/** Returns whether the machine has ended; a stopped one never starts again here. */
export const hasEnded = ({ state }: Instance) => state === 'terminated' || state === 'stopped';

export const zoneOf = (region: string) => `${region}a`;
