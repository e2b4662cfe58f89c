/** One statement of an IAM policy; all of ours allow, except where `effect` says otherwise. */
export interface Statement {
  actions: readonly string[];
  resources: readonly string[];
  conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  effect?: 'Allow' | 'Deny';
  /** In policies of resources: whom it is about. */
  principal?: '*' | Readonly<Record<string, string>>;
}

/** The JSON of a policy. Written out instead of asked from a data source, so that a plan shows it. */
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

/** Who may take a role. */
export const trust = (service: string, account?: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sts:AssumeRole',
        // Against a deputy that is confused by somebody else's account; Lambda and EC2 know no such condition.
        ...(account && { Condition: { StringEquals: { 'aws:SourceAccount': account } } }),
      },
    ],
  });
