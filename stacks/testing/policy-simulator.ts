/** One call, as IAM sees it. */
export interface Call {
  action: string;
  resource: string;
  /** Condition keys that the call carries. */
  context?: Readonly<Record<string, string>>;
}

export interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: readonly string[];
  Resource: readonly string[];
  Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** `*` and `?` as IAM reads them; actions match in any case, resources exactly (IAM user guide, policy elements). */
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

/** Every operator and key must hold; of one key's values any may. A key that the call lacks is no match. */
function meets({ context = {} }: Call, conditions: Statement['Condition'] = {}): boolean {
  return Object.entries(conditions).every(([name, keys]) => {
    const operator = operators[name];
    // A condition that is not understood must not pass for one that holds.
    if (!operator) throw new Error(`The simulator does not know the condition ${name}`);
    return Object.entries(keys).every(([key, wanted]) => {
      const given = context[key];
      return given !== undefined && [wanted].flat().some((one) => operator(one, given));
    });
  });
}

/** Whether an identity policy lets a call through: an explicit deny wins, and what nothing allows is denied. */
export function isAllowed(statements: readonly Statement[], call: Call): boolean {
  const applying = statements.filter(
    (statement) =>
      statement.Action.some((action) => matches(action, call.action, 'i')) &&
      statement.Resource.some((resource) => matches(resource, call.resource)) &&
      meets(call, statement.Condition),
  );
  return applying.length > 0 && applying.every(({ Effect }) => Effect === 'Allow');
}
