import type { ChaosAnswer } from '../../actions/chaos.ts';
import type { ShownCloud } from '../../cloud-access.ts';
import { ControlError } from '../../control/control.ts';

export type Faults = Pick<ChaosAnswer, 'faults' | 'armed'>;

/** Returns the faults that the cloud offers through its action `chaos`; none when it does not have that action. */
export async function offeredFaults({ control }: ShownCloud): Promise<Faults> {
  try {
    const { faults, armed } = (await control.run('chaos')) as ChaosAnswer;
    return { faults, armed };
  } catch (error) {
    if (error instanceof ControlError) return { faults: [], armed: [] };
    throw error;
  }
}
