import { changedAttributes } from './attributes.ts';
import { code, listed } from './markdown.ts';
import type { ResourceChange } from './plan.ts';

/** Data that is lost with a destroyed resource. */
const lost: Record<string, string> = {
  aws_dynamodb_table: '**all its items**',
  aws_s3_bucket: '**all its objects**',
  aws_s3_object: 'the object, until it is uploaded again',
  aws_secretsmanager_secret: '**its value**, after the recovery window',
  aws_cloudwatch_log_group: '**all its logs**',
  aws_kms_key: '**what it encrypted**, after its waiting time',
  aws_sqs_queue: 'messages in it',
  aws_sns_topic: 'its subscriptions, which have to be confirmed again',
  aws_sfn_state_machine: 'its running executions and their history',
  aws_scheduler_schedule: 'runs that were due in the meantime',
};

/** Terraform's action_reason in words. */
const reasons: Record<string, string> = {
  replace_because_tainted: 'its creation failed, so it is created again',
  replace_by_request: 'requested with -replace',
  replace_by_triggers: 'its trigger changes',
  replace_because_cannot_update: "it can't be changed in place",
  delete_because_no_resource_config: 'it is no longer in the code',
  delete_because_no_module: 'its module is no longer in the code',
  delete_because_count_index: 'its count is reduced',
  delete_because_each_key: 'its key is no longer in the code',
  delete_because_wrong_repetition: 'it changes between count and for_each',
  delete_because_no_move_target: 'its move has no target',
};

/** Returns one row for each lost resource, with the reason and the lost data; those with data first. */
export function lossRows(changes: readonly ResourceChange[]): string[] {
  return changes
    .filter(({ kind }) => kind === 'replace' || kind === 'delete')
    .sort((a, b) => rank(a) - rank(b))
    .map(
      (change) =>
        `| ${change.kind === 'replace' ? 'replaced' : '**destroyed**'} | ${code(change.address)} | ${why(change)} | ${lost[change.type] ?? ''} |`,
    );
}

const rank = ({ type, kind }: ResourceChange) =>
  (lost[type]?.includes('**') ? 0 : lost[type] ? 2 : 4) + (kind === 'delete' ? 0 : 1);

function why(change: ResourceChange): string {
  if (change.forcedBy.length === 0) return reasons[change.reason ?? ''] ?? '';
  const changed = changedAttributes(change);
  const forced = change.forcedBy.map((path) => {
    const values = changed.find((one) => one.path === path);
    return values ? `${code(path)} ${code(values.before)} → ${code(values.after)}` : code(path);
  });
  return `forced by ${listed(forced)}`;
}
