import type { Finding } from './access.ts';
import { code, listed } from './markdown.ts';
import type { ResourceChange, Values } from './plan.ts';

type Reader = (change: ResourceChange) => Finding[];

/** Returns access outside of policy documents: function permissions, attached policies, open ports, public buckets. */
const readers: Record<string, Reader> = {
  aws_lambda_permission: ({ kind, after, unknown }) =>
    kind === 'create' || kind === 'replace' ? [permission(after, unknown)] : [],
  aws_lambda_function_url: ({ after }) =>
    after.authorization_type === 'NONE'
      ? [grave(`anybody can call the function ${code(text(after.function_name))} by its URL`)]
      : [],
  aws_iam_role_policy_attachment: ({ kind, before, after }) =>
    kind !== 'delete' && before.policy_arn !== after.policy_arn ? [attachment(after)] : [],
  aws_iam_role: ({ kind, before, after }) => {
    const boundary = text(before.permissions_boundary);
    const isLess = kind === 'update' && boundary !== '' && boundary !== text(after.permissions_boundary);
    return isLess
      ? [grave(`role ${code(text(after.name))} leaves the permission boundary ${code(boundary)}`)]
      : [];
  },
  aws_s3_bucket_public_access_block: ({ kind, before, after }) => {
    const lifted = Object.keys(before).filter(
      (flag) => /^(block|ignore|restrict)_/.test(flag) && before[flag] === true && after[flag] !== true,
    );
    const isLess = kind === 'delete' || lifted.length > 0;
    return isLess
      ? [grave(`bucket ${code(text(before.bucket))} can be made public: ${listed(lifted.map(code))}`)]
      : [];
  },
  aws_security_group: ({ before, after, kind }) =>
    kind === 'delete'
      ? []
      : rulesOf(after.ingress)
          .filter((rule) => !rulesOf(before.ingress).includes(rule))
          .map((rule) => port(after, rule)),
  aws_security_group_rule: ({ kind, after }) =>
    after.type === 'ingress' && kind !== 'delete' ? rulesOf([after]).map((rule) => port(after, rule)) : [],
  aws_vpc_security_group_ingress_rule: ({ kind, after }) =>
    kind === 'delete'
      ? []
      : [
          port(
            after,
            `${text(after.ip_protocol)} ${text(after.from_port)} from ${text(after.cidr_ipv4 ?? after.cidr_ipv6 ?? 'a group')}`,
          ),
        ],
};

export const exposureFindings = (changes: readonly ResourceChange[]): Finding[] =>
  changes
    .filter(({ kind }) => kind !== 'none' && kind !== 'forget')
    .flatMap((change) => readers[change.type]?.(change) ?? []);

const text = (value: unknown) => (value === undefined || value === null ? '' : String(value));
const grave = (words: string): Finding => ({ gravity: 2, text: words });

function permission(after: Values, unknown: unknown): Finding {
  const who = text(after.principal);
  const from = text(after.source_arn) || text(after.source_account);
  const words = `${code(who)} can ${code(text(after.action))} on function ${code(text(after.function_name))}`;
  if (who === '*') return grave(`${words} — **anybody**`);
  if (from) return { gravity: 1, text: `${words}, from ${code(from)}` };
  const isKnownLater = (unknown as Values | null)?.source_arn === true;
  if (isKnownLater) return { gravity: 1, text: `${words}, from something that this plan creates` };
  return grave(`${words} — **from any account's resources: no source is named**`);
}

function attachment(after: Values): Finding {
  const arn = text(after.policy_arn);
  const words = `role ${code(text(after.role))} gets everything that ${arn ? code(arn) : 'a new policy'} allows`;
  return /(Administrator|FullAccess|PowerUser)/.test(arn) ? grave(words) : { gravity: 1, text: words };
}

function port(group: Values, rule: string): Finding {
  const isOpen = /0\.0\.0\.0\/0|::\/0/.test(rule);
  const name = text(group.name) || text(group.security_group_id);
  const words = `machines of ${name ? code(name) : 'a new security group'} can be reached on ${code(rule)}`;
  return isOpen ? grave(`${words} — **by the whole internet**`) : { gravity: 1, text: words };
}

/** `tcp 22-22 from 0.0.0.0/0`, one word for each rule. */
function rulesOf(rules: unknown): string[] {
  if (!Array.isArray(rules)) return [];
  return rules.map((rule: Values) => {
    const from = [
      rule.cidr_blocks,
      rule.ipv6_cidr_blocks,
      rule.security_groups,
      rule.source_security_group_id,
    ]
      .flat()
      .filter(Boolean);
    return `${text(rule.protocol)} ${text(rule.from_port)}-${text(rule.to_port)} from ${from.join(' ') || 'itself'}`;
  });
}
