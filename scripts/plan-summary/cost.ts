import { type AttributeChange, changedAttributes } from './attributes.ts';
import { code, listed } from './markdown.ts';
import type { ResourceChange } from './plan.ts';

/** Attributes that change the monthly bill, by type. */
const drivers: Record<string, RegExp> = {
  aws_lambda_function:
    /^(memory_size|timeout|architectures|ephemeral_storage\.0\.size|environment\.0\.variables\.(\w*INSTANCE_TYPE|DAILY_QUOTA|NARRATOR|VOICE))$/,
  aws_lambda_provisioned_concurrency_config: /^provisioned_concurrent_executions$/,
  aws_cloudwatch_log_group: /^(retention_in_days|log_group_class)$/,
  aws_dynamodb_table:
    /^(billing_mode|read_capacity|write_capacity|table_class|point_in_time_recovery\.0\.enabled)$/,
  aws_s3_bucket_lifecycle_configuration: /^rule\./,
  aws_s3_bucket_versioning: /status$/,
  aws_sfn_state_machine: /^(type|logging_configuration\.0\.level|tracing_configuration\.0\.enabled)$/,
  aws_scheduler_schedule: /^(schedule_expression|schedule_expression_timezone|state)$/,
  aws_instance: /^instance_type$/,
  aws_launch_template: /^(instance_type|block_device_mappings\.)/,
};

/** Resources with a fixed price: about, per month, at the list price of us-east-1. */
const standing: Record<string, string> = {
  aws_nat_gateway: '$33 a month each, and $0.045 for each GB',
  aws_vpc_endpoint: '$7 a month each in each zone',
  aws_eip: '$3.60 a month each',
  aws_kms_key: '$1 a month each',
  aws_secretsmanager_secret: '$0.40 a month each',
  aws_cloudwatch_dashboard: '$3 a month each, beyond the first three',
  aws_cloudwatch_metric_alarm: '$0.10 a month each',
  aws_instance: 'its hours',
  aws_lb: '$16 a month each',
};
/** Endpoints of S3 and DynamoDB cost nothing. */
const isFree = ({ type, before, after }: ResourceChange) =>
  type === 'aws_vpc_endpoint' &&
  (after.vpc_endpoint_type ?? before.vpc_endpoint_type ?? 'Gateway') === 'Gateway';

/** Returns what changes the monthly bill, one line each. */
export function describeCosts(changes: readonly ResourceChange[]): string[] {
  const changed = changes
    .filter(({ kind }) => kind === 'update' || kind === 'replace')
    .flatMap((change) => {
      const found = changedAttributes(change).filter(
        ({ path, computed }) => !computed && drivers[change.type]?.test(path),
      );
      return found.length > 0 ? [`- ${code(change.address)}: ${listed(found.map(describeDriver))}`] : [];
    });
  const counted = Object.entries(standing).flatMap(([type, price]) => {
    const count = (kind: string) =>
      changes.filter((change) => change.type === type && change.kind === kind && !isFree(change)).length;
    const [more, fewer] = [count('create'), count('delete')];
    if (more === fewer) return [];
    const difference = more > fewer ? `${more - fewer} more` : `${fewer - more} fewer`;
    return [`- ${difference} ${code(type)}: about ${price}`];
  });
  return [...changed, ...counted];
}

const describeDriver = ({ path, before, after }: AttributeChange) =>
  `${code(path.replace('environment.0.variables.', ''))} ${code(before)} → ${code(after)}${trend(before, after)}`;

function trend(before: string, after: string): string {
  const ratio = Number(after) / Number(before);
  return Number.isFinite(ratio) && ratio !== 1 && ratio > 0 ? ` (×${Number(ratio.toPrecision(2))})` : '';
}
