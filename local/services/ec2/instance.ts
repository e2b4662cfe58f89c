import { z } from 'zod';
import { ProcessIdentity } from '../process-identity.ts';

/** States of an instance and the codes that EC2 gives them. */
export const stateCodes = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
} as const;
export type InstanceState = keyof typeof stateCodes;

/** An instance as it is kept over restarts of the cloud. */
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
  /** Whether the instance itself may read its tags. */
  tagsInMetadata: z.boolean(),
  userData: z.string(),
  shutdownBehavior: z.enum(['stop', 'terminate']),
  clientToken: z.string().optional(),
  /** Hash of the parameters that the client token stands for. */
  requestHash: z.string(),
  launchedAt: z.string(),
  endedAt: z.string().optional(),
  state: z.enum(['pending', 'running', 'shutting-down', 'terminated', 'stopping', 'stopped']),
  stateReason: z.object({ code: z.string(), message: z.string() }).optional(),
  /** Whether the event of its end reached everybody who waits for it. */
  endAnnounced: z.boolean(),
  process: ProcessIdentity.optional(),
});
export type Instance = z.infer<typeof Instance>;

/** Whether the machine is gone for good; a stopped one never starts again here. */
export const hasEnded = ({ state }: Instance) => state === 'terminated' || state === 'stopped';

export const zoneOf = (region: string) => `${region}a`;
