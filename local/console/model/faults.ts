/** The faults that the cloud offers through its action `chaos`. */
import { z } from 'zod';
import type { ShownCloud } from '../../cloud-access.ts';
import { ControlError } from '../../control/control.ts';

const Offered = z.object({
  name: z.string(),
  ready: z.boolean(),
  what: z.string(),
  ends: z.string(),
  target: z.string().optional(),
  needs: z.string().optional(),
});
export type OfferedFault = z.infer<typeof Offered>;

const Faults = z.object({
  faults: z.array(Offered),
  armed: z.array(z.object({ fault: z.string(), left: z.number() })),
});
export type Faults = z.infer<typeof Faults>;

/** Returns no faults when the cloud does not have that action. */
export async function offeredFaults({ control }: ShownCloud): Promise<Faults> {
  try {
    return Faults.parse(await control.run('chaos', {}));
  } catch (error) {
    if (error instanceof ControlError) return { faults: [], armed: [] };
    throw error;
  }
}
