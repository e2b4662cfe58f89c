/** One statement of an IAM policy; it allows, unless `effect` says otherwise. */
export interface Statement {
  actions: readonly string[];
  resources: readonly string[];
  conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  effect?: 'Allow' | 'Deny';
  /** Principal, in resource policies only. */
  principal?: '*' | Readonly<Record<string, string>>;
}

/** Returns the JSON of a policy. It is not a data source, so that a plan shows its text. */
export const policy = (statements: readonly Statement[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(({ actions, resources, conditions, effect = 'Allow', principal }) => ({
      Effect: effect,
      ...(principal && { Principal: principal }),
      Action: actions,
      Resource: resources,
      ...(conditions && { Condition: conditions }),
    })),
  });

/** Returns the policy that lets a service assume a role. */
export const trust = (service: string, account?: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sts:AssumeRole',
        // Prevents a confused deputy from another account; Lambda and EC2 do not support this condition.
        ...(account && { Condition: { StringEquals: { 'aws:SourceAccount': account } } }),
      },
    ],
  });
