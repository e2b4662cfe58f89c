import { changedAttributes } from './attributes.ts';
import { code, listed } from './markdown.ts';
import type { ResourceChange } from './plan.ts';

/** What goes with a resource that is destroyed and can't be made again. */
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
  aws_scheduler_schedule: 'runs that were due meanwhile',
};

/** Terraform's action_reason in words. */
const reasons: Record<string, string> = {
  replace_because_tainted: 'its creation failed half-way, so it is made anew',
  replace_by_request: 'asked for with -replace',
  replace_by_triggers: 'what it is triggered by changes',
  replace_because_cannot_update: "it can't be changed in place",
  delete_because_no_resource_config: 'it is no longer in the code',
  delete_because_no_module: 'its module is no longer in the code',
  delete_because_count_index: 'fewer of it are wanted',
  delete_because_each_key: 'its key is no longer wanted',
  delete_because_wrong_repetition: 'it is repeated in another way',
  delete_because_no_move_target: 'it was moved to where nothing is',
};

/** One row each: what goes, why, and what goes with it; those that hold data first. */
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
