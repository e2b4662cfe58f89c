/** A call as IAM evaluates it. */
export interface Call {
  action: string;
  resource: string;
  /** Condition keys of the call. */
  context?: Readonly<Record<string, string>>;
}

export interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: readonly string[];
  Resource: readonly string[];
  Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Matches `*` and `?` as IAM does; actions case-insensitively, resources exactly (IAM user guide, policy elements). */
function matches(pattern: string, value: string, flags = ''): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, `${flags}s`).test(value);
}

type Operator = (wanted: string, given: string) => boolean;
const exactly: Operator = (wanted, given) => wanted === given;
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: exactly,
  StringLike: (wanted, given) => matches(wanted, given),
  ArnEquals: (wanted, given) => matches(wanted, given),
  ArnLike: (wanted, given) => matches(wanted, given),
  Bool: (wanted, given) => wanted.toLowerCase() === given.toLowerCase(),
};

/** Requires every operator and key; any value of a key is enough. A key that the call lacks does not match. */
function meets({ context = {} }: Call, conditions: Statement['Condition'] = {}): boolean {
  return Object.entries(conditions).every(([name, keys]) => {
    const operator = operators[name];
    // An unsupported condition must not count as met.
    if (!operator) throw new Error(`unsupported condition ${name}`);
    return Object.entries(keys).every(([key, wanted]) => {
      const given = context[key];
      return given !== undefined && [wanted].flat().some((one) => operator(one, given));
    });
  });
}

/** Returns whether an identity policy allows a call: an explicit deny takes precedence, and the default is deny. */
export function isAllowed(statements: readonly Statement[], call: Call): boolean {
  const applying = statements.filter(
    (statement) =>
      statement.Action.some((action) => matches(action, call.action, 'i')) &&
      statement.Resource.some((resource) => matches(resource, call.resource)) &&
      meets(call, statement.Condition),
  );
  return applying.length > 0 && applying.every(({ Effect }) => Effect === 'Allow');
}
