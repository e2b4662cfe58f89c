import * as z from 'zod';

/** Kind of change to a resource. */
export type Kind = 'create' | 'update' | 'replace' | 'delete' | 'forget' | 'none';

/** JSON values of a resource by attribute; what is known only after the apply is missing. */
export type Values = Record<string, unknown>;

export interface ResourceChange {
  address: string;
  type: string;
  kind: Kind;
  /** Terraform's name for the reason, like replace_because_cannot_update. */
  reason: string | undefined;
  movedFrom: string | undefined;
  imported: boolean;
  /** Attributes that force the replacement, like `name` or `network.0.subnet`. */
  forcedBy: string[];
  before: Values;
  after: Values;
  /** Same shape as the values: true where a value is not yet known, or must not be shown. */
  unknown: unknown;
  sensitiveBefore: unknown;
  sensitiveAfter: unknown;
}

export interface Plan {
  changes: ResourceChange[];
  /** Changes outside of Terraform since the last apply. */
  drift: ResourceChange[];
  outputs: { name: string; kind: Kind }[];
  /** Results of data sources, by address. */
  data: ReadonlyMap<string, Values>;
  /** Terraform stopped early, so the plan is incomplete. */
  incomplete: boolean;
}

const object = z.record(z.string(), z.unknown()).nullish();
const Change = z.object({
  actions: z.array(z.string()),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).nullish(),
  importing: z.unknown().optional(),
});
const Resource = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.string(),
  type: z.string(),
  change: Change.extend({ before: object, after: object }),
  action_reason: z.string().optional(),
});

const Known = z.object({ address: z.string(), mode: z.string(), values: object });

/** The part of Terraform's JSON output format that is read here; the names are stable for all of version 1. */
const Shown = z.object({
  format_version: z.string().regex(/^1\./, 'has an unsupported format; version 1 is supported'),
  errored: z.boolean().optional(),
  complete: z.boolean().optional(),
  resource_changes: z.array(Resource).optional(),
  resource_drift: z.array(Resource).optional(),
  output_changes: z.record(z.string(), Change).optional(),
  prior_state: z
    .object({
      values: z.object({ root_module: z.object({ resources: z.array(Known).optional() }) }).optional(),
    })
    .optional(),
});

/** Reads what `terraform show -json` prints of a plan. */
export function parsePlan(json: string): Plan {
  const shown = Shown.safeParse(JSON.parse(json));
  if (!shown.success) {
    const [issue] = shown.error.issues;
    throw new Error(
      `this is not the output of terraform show -json: ${issue?.path.join('.')} ${issue?.message}`,
    );
  }
  const {
    resource_changes = [],
    resource_drift = [],
    output_changes = {},
    prior_state,
    errored,
    complete,
  } = shown.data;
  return {
    changes: resource_changes.filter(isManaged).map(asChange),
    drift: resource_drift.filter(isManaged).map(asChange),
    outputs: Object.entries(output_changes)
      .map(([name, { actions }]) => ({ name, kind: kindOf(actions) }))
      .filter(({ kind }) => kind !== 'none'),
    data: new Map(
      (prior_state?.values?.root_module.resources ?? [])
        .filter(({ mode }) => mode === 'data')
        .map(({ address, values }) => [address, values ?? {}]),
    ),
    incomplete: errored === true || complete === false,
  };
}

const isManaged = ({ mode }: z.infer<typeof Resource>) => mode === 'managed';

function asChange({ change, ...resource }: z.infer<typeof Resource>): ResourceChange {
  return {
    address: resource.address,
    type: resource.type,
    kind: kindOf(change.actions),
    reason: resource.action_reason,
    movedFrom: resource.previous_address,
    imported: Boolean(change.importing),
    forcedBy: (change.replace_paths ?? []).map((path) => path.join('.')),
    before: change.before ?? {},
    after: change.after ?? {},
    unknown: change.after_unknown,
    sensitiveBefore: change.before_sensitive,
    sensitiveAfter: change.after_sensitive,
  };
}

function kindOf(actions: readonly string[]): Kind {
  const does = (action: string) => actions.includes(action);
  if (does('create') && (does('delete') || does('forget'))) return 'replace';
  if (does('create')) return 'create';
  if (does('update')) return 'update';
  if (does('delete')) return 'delete';
  return does('forget') ? 'forget' : 'none';
}
