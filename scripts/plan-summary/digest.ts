import { createHash } from 'node:crypto';
import { canonical } from './attributes.ts';
import type { Plan } from './plan.ts';

/**
 * What a plan would do, as a hash: the same for two plans that would do the same, whenever and wherever they were made.
 * Drift and what stays are left out, since applying touches neither.
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
