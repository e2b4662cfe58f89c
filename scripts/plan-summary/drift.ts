import { describeChanges } from './details.ts';
import { fitInto, folded, onlyMore } from './fit.ts';
import { code } from './markdown.ts';
import type { Plan, ResourceChange } from './plan.ts';

/** GitHub's limit is 65,536 characters for an issue. */
const maxIssue = 65_536;

/** Returns what was changed or deleted outside of Terraform. */
export const driftOf = ({ drift }: Plan): ResourceChange[] =>
  drift.filter(({ kind }) => kind === 'update' || kind === 'delete');

export const driftRow = ({ address, kind }: ResourceChange) =>
  `- ${code(address)} was ${kind === 'delete' ? 'deleted' : 'changed'}`;

/**
 * Renders how an account differs from the state of a stage as an issue. Only what the next deployment would undo makes it a
 * difference; values that AWS fills in later are listed below it. Throws an error for an incomplete plan.
 */
export function renderDrift(
  plan: Plan,
  { stage, limit = maxIssue }: { stage: string; limit?: number },
): string {
  if (plan.incomplete)
    throw new Error('Terraform could not finish this plan: what it did not read is unknown');
  const planned = new Set(plan.changes.filter(({ kind }) => kind !== 'none').map(({ address }) => address));
  const drift = driftOf(plan);
  const undone = drift.filter(({ address }) => planned.has(address));
  const harmless = drift.filter(({ address }) => !planned.has(address));
  const mark = `<!-- drift: ${stage} --><!-- differences: ${undone.length} -->`;
  if (undone.length === 0) return `${mark}\nThe account matches the state of ${code(stage)}.\n`;
  const head = [
    mark,
    `${code(stage)} was changed outside of Terraform. The next deployment undoes this: put what should stay into the code, and deploy to restore the rest. This issue closes when both are equal.`,
    '',
  ];
  const sections = [
    { head, items: undone.map(driftRow), more: onlyMore },
    ...folded('What changed', describeChanges(undone)),
    ...folded('Changed as well, without an effect on a deployment', harmless.map(driftRow)),
  ];
  return `${fitInto(sections, limit - 1)}\n`;
}
