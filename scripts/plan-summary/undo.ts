import { liveAlias, storedDataOf } from '../../config/functions.ts';
import { code, listed } from './markdown.ts';
import type { ResourceChange, Values } from './plan.ts';
import { wideningOf } from './widening.ts';

/** Resources that the earlier versions name in their environment. */
const named = new Set([
  'aws_dynamodb_table',
  'aws_s3_bucket',
  'aws_sns_topic',
  'aws_secretsmanager_secret',
  'aws_iam_instance_profile',
  'aws_security_group',
  'aws_subnet',
]);

/** Returns whether `make rollback` can undo the apply, and if not, why; none when it chooses nothing that changes. */
export function describeUndo(changes: readonly ResourceChange[]): string[] {
  const chosen = changes.filter(({ type }) =>
    ['aws_lambda_function', 'aws_lambda_alias', 'aws_sfn_state_machine'].includes(type),
  );
  if (chosen.length === 0) return [];
  const reasons = chosen.every(({ kind }) => kind === 'create')
    ? ['nothing was deployed before that could be returned to']
    : changes.flatMap(reasonFor);
  return [...forward(chosen), ...verdict(reasons, changes.flatMap(unknownRole))];
}

function verdict(reasons: readonly string[], unknown: readonly string[]): string[] {
  if (reasons.length > 0)
    return [
      '- **No**, `make rollback` will refuse to return to the earlier versions:',
      ...reasons.map((reason) => `- ${reason}`),
    ];
  if (unknown.length > 0)
    return [
      `- **Perhaps**: \`make rollback\` refuses if a role loses a permission, and the policies of ${listed(unknown, 20)} are known only after the apply.`,
    ];
  return ['- **Yes**: `make rollback` returns to the earlier versions, if they made a video.'];
}

const policyOf = ({ type, kind, before, after, address, unknown }: ResourceChange) => ({
  isChanged: type === 'aws_iam_role_policy' && kind !== 'create' && kind !== 'none',
  role: code(String(before.role ?? address)),
  isUnknown: (unknown as Values | null)?.policy === true && typeof after.policy !== 'string',
});

function unknownRole(change: ResourceChange): string[] {
  const { isChanged, isUnknown, role } = policyOf(change);
  return isChanged && isUnknown ? [role] : [];
}

function reasonFor(change: ResourceChange): string[] {
  const { type, kind, before, after, address } = change;
  const ends = kind === 'delete' || kind === 'replace';
  if (type === 'aws_lambda_function' && ends)
    return [`${code(address)}: its versions are deleted with the function`];
  if (named.has(type) && ends) return [`${code(address)}: the earlier versions use it`];
  if (type === 'aws_lambda_alias' && kind === 'update') {
    const [was, is] = [storedDataOf(before.description), storedDataOf(after.description)];
    if (was !== is)
      return [
        `${code(address)}: the version of the stored data changes from ${was ?? 'none'} to ${is ?? 'none'}`,
      ];
  }
  const { isChanged, isUnknown, role } = policyOf(change);
  if (!isChanged || isUnknown) return [];
  if (kind === 'delete') return [`role ${role} loses its policy`];
  return (wideningOf(after.policy, before.policy) ?? []).map(
    ({ actions, resources }) =>
      `role ${role} can no longer ${listed(actions.map(code), 40)} on ${listed(resources.map(code), 40)}, which the earlier versions could need`,
  );
}

/** A version that is known before the apply was published earlier: this is the end of a rollback. */
function forward(chosen: readonly ResourceChange[]): string[] {
  const moved = chosen.filter(
    ({ type, kind, before, after }) =>
      type === 'aws_lambda_alias' &&
      kind === 'update' &&
      after.name === liveAlias &&
      typeof after.function_version === 'string' &&
      after.function_version !== before.function_version,
  );
  if (moved.length === 0) return [];
  const words = moved.map(
    ({ before, after }) =>
      `${code(String(before.function_name ?? ''))} ${code(String(before.function_version))} → ${code(String(after.function_version))}`,
  );
  return [`- **This ends a rollback**: versions that were undone are live again: ${listed(words, 12)}`];
}
