import { createHash } from 'node:crypto';
import { canonical } from './attributes.ts';
import type { Plan } from './plan.ts';

/**
 * Hashes the changes of a plan: two plans with the same changes have the same hash, independent of time and place. Drift
 * and unchanged resources are left out, since applying touches neither.
 */
export function digestOf(plan: Plan): string {
  const changes = plan.changes
    .filter(({ kind, movedFrom, imported }) => kind !== 'none' || movedFrom || imported)
    .sort((a, b) => (a.address < b.address ? -1 : 1));
  const done = { changes, outputs: plan.outputs, incomplete: plan.incomplete };
  return createHash('sha256')
    .update(JSON.stringify(canonical(done)))
    .digest('hex');
}
