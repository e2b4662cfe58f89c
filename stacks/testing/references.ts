import type { Block, Synthesized } from './synthesized.ts';

export const account = '123456789012';
const region = 'us-east-1';

const ours = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;

/** The ARN of each resource type that policies refer to. */
const arns: Readonly<Record<string, (block: Block, id: string, stack: Synthesized) => string>> = {
  aws_s3_bucket: ({ bucket }) => `arn:aws:s3:::${bucket}`,
  aws_dynamodb_table: ({ name }) => ours('dynamodb', `table/${name}`),
  aws_cloudwatch_log_group: ({ name }) => ours('logs', `log-group:${name}`),
  aws_lambda_function: ({ function_name }) => ours('lambda', `function:${function_name}`),
  aws_lambda_alias: ({ function_name, name }, _, stack) =>
    ours('lambda', `function:${resolved(stack, String(function_name))}:${name}`),
  aws_sns_topic: ({ name }) => ours('sns', String(name)),
  aws_sqs_queue: ({ name }) => ours('sqs', String(name)),
  aws_security_group: (_, id) => ours('ec2', `security-group/sg-${id}`),
  aws_sfn_state_machine: ({ name }) => ours('states', `stateMachine:${name}`),
  aws_secretsmanager_secret: ({ name }) => ours('secretsmanager', `secret:${name}-AbCdEf`),
};

/** Returns a text of a synthesized stack with every reference replaced by the value that AWS would give. */
export function resolved(stack: Synthesized, text: string): string {
  return text.replace(/\$\{([^}]+)\}/g, (reference, path: string) => {
    const [type = '', id = '', attribute] = path.split('.');
    if (path.startsWith('data.aws_caller_identity')) return account;
    const block = stack.resource[type]?.[id];
    if (!block) throw new Error(`${reference} refers to a missing resource`);
    if (attribute === 'id') return id;
    const arn = arns[type];
    const given = block[attribute ?? ''];
    if (typeof given === 'string') return resolved(stack, given);
    if (attribute !== 'arn' || !arn) throw new Error(`${reference} has no known value`);
    return resolved(stack, arn(block, id, stack));
  });
}
