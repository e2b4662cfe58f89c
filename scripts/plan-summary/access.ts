import { code, listed } from './markdown.ts';
import type { ResourceChange, Values } from './plan.ts';
import { type Widening, wideningOf } from './widening.ts';

/** Access that is allowed after the apply but not before, in words. */
export interface Finding {
  /** 2 needs attention, 1 needs a look, 0 comes with a new role. */
  gravity: 0 | 1 | 2;
  /** The principal, if several can be combined in one line: `role x`. */
  who?: string;
  text: string;
}

/** Types with policy documents, and how to name their owner. */
const owners: Record<string, (values: Values) => string> = {
  aws_iam_role_policy: ({ role }) => `role ${named(role)}`,
  aws_iam_policy: ({ name }) => `everyone with the policy ${named(name)}`,
  aws_iam_role: ({ name }) => `become role ${named(name)}`,
  aws_s3_bucket_policy: ({ bucket }) => `bucket ${named(bucket)}`,
  aws_sns_topic_policy: ({ arn }) => `topic ${named(arn)}`,
  aws_sqs_queue_policy: ({ queue_url }) => `queue ${named(queue_url)}`,
  aws_sqs_queue: ({ name }) => `queue ${named(name)}`,
  aws_sns_topic: ({ name }) => `topic ${named(name)}`,
  aws_kms_key: ({ description }) => `key ${named(description)}`,
  aws_secretsmanager_secret_policy: ({ secret_arn }) => `secret ${named(secret_arn)}`,
  aws_vpc_endpoint: ({ service_name }) => `endpoint ${named(service_name)}`,
};

/** The attribute with the document. */
const attributeOf = (type: string) => (type === 'aws_iam_role' ? 'assume_role_policy' : 'policy');

/** AWS gives these a default policy, so an unknown one is not a change. */
const hasDefaultPolicy = new Set(['aws_sqs_queue', 'aws_sns_topic', 'aws_kms_key', 'aws_vpc_endpoint']);

const named = (value: unknown) => (typeof value === 'string' && value ? code(value) : 'that is new');

/** Returns every widening of a policy document in the plan. */
export function policyFindings(changes: readonly ResourceChange[]): Finding[] {
  const roles = changes.filter(({ type, kind }) => type === 'aws_iam_role' && kind === 'create');
  const newRoles = new Set(roles.map(({ after }) => after.name));
  const isNew = ({ type, kind, after }: ResourceChange) =>
    kind === 'create' && (type === 'aws_iam_role' || newRoles.has(after.role));
  return changes.flatMap((change) => {
    const who = owners[change.type]?.({ ...change.before, ...change.after });
    return who === undefined ? [] : findingsIn(change, who, isNew(change));
  });
}

function findingsIn(change: ResourceChange, whose: string, isNew: boolean): Finding[] {
  const { type, kind, before, after, unknown } = change;
  const attribute = attributeOf(type);
  // Deleting a policy widens access only if it denied something; what it allowed is gone.
  if (kind === 'none' || kind === 'forget' || (kind === 'delete' && type.startsWith('aws_iam'))) return [];
  if ((unknown as Values | null)?.[attribute] === true && typeof after[attribute] !== 'string') {
    if (hasDefaultPolicy.has(type)) return [];
    return [
      {
        gravity: isNew ? 0 : 1,
        text: `${whose}: the policy names new resources, so it is known only after the apply`,
      },
    ];
  }
  const widenings = wideningOf(before[attribute], after[attribute]);
  if (!widenings)
    return [{ gravity: 2, text: `${whose}: a policy that can't be read here, ${code(change.address)}` }];
  return widenings.map((widening) => asFinding(type, whose, widening, isNew));
}

function asFinding(type: string, whose: string, widening: Widening, isNew: boolean): Finding {
  const { principals, actions, resources, condition, alarms } = widening;
  const alarming = alarms.length > 0;
  const codes = (values: readonly string[]) => listed(values.map(code), 40);
  const under = condition ? `, if ${code(condition)}` : '';
  const look = alarming ? ` — **${alarms.map(inWords).join('; ')}**` : '';
  const gravity = alarming ? 2 : isNew ? 0 : 1;
  const who = codes(principals.filter(Boolean));
  if (alarms.includes('no longer forbidden'))
    return {
      gravity,
      text: `${whose}: ${codes(actions)} by ${who || 'anybody'} is **no longer forbidden**${condition ? `, which it was if ${code(condition)}` : ''}`,
    };
  if (type === 'aws_iam_role') return { gravity, who, text: `can ${whose}${under}${look}` };
  if (who) return { gravity, text: `${who} can ${codes(actions)} on ${whose}${under}${look}` };
  return { gravity, who: whose, text: `can ${codes(actions)} on ${codes(resources)}${under}${look}` };
}

/** Escapes the condition inside an alarm like any other value. */
const inWords = (alarm: string) =>
  alarm.replace(
    /(condition(?: than)?) (.*)$/s,
    (_, words: string, value: string) => `${words} ${code(value)}`,
  );

/** Combines everyone who gets the same access into one line. */
export function grouped(findings: readonly Finding[]): string[] {
  const byText = Map.groupBy(findings, ({ text, who }) => (who ? text : `${text} `));
  return [...byText.values()].flatMap((same) => {
    const who = [...new Set(same.flatMap((one) => one.who ?? []))];
    const [first] = same;
    if (!first) return [];
    return who.length === 0 ? same.map(({ text }) => `- ${text}`) : [`- ${listed(who, 40)} ${first.text}`];
  });
}
