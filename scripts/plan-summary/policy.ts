import * as z from 'zod';
import { canonical } from './attributes.ts';

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const Principal = z.union([z.literal('*'), z.record(z.string(), oneOrMore)]);
const Statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore.optional(),
  NotAction: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
  Principal: Principal.optional(),
  NotPrincipal: Principal.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
const Document = z.object({
  Statement: z.union([Statement, z.array(Statement)]).transform((value) => [value].flat()),
});

/** A statement with everything as lists; a missing part is the list of one empty word. */
export interface PolicyStatement {
  effect: 'Allow' | 'Deny';
  principals: string[];
  actions: string[];
  resources: string[];
  /** Canonical JSON; empty if absent. */
  condition: string;
  /** NotAction, NotResource or NotPrincipal: everything except what it names. */
  inverted: boolean;
}

/** Returns the statements of an IAM policy document; undefined for anything else. */
export function statementsOf(document: unknown): PolicyStatement[] | undefined {
  if (document === undefined || document === null || document === '') return [];
  let parsed: unknown;
  try {
    parsed = typeof document === 'string' ? JSON.parse(document) : document;
  } catch {
    return undefined;
  }
  const read = Document.safeParse(parsed);
  return read.success ? read.data.Statement.map(asStatement) : undefined;
}

function asStatement(raw: z.infer<typeof Statement>): PolicyStatement {
  const not = (names: string[] | undefined) => names?.map((name) => `all but ${name}`);
  return {
    effect: raw.Effect,
    principals: principalsOf(raw.Principal) ?? not(principalsOf(raw.NotPrincipal)) ?? [''],
    actions: raw.Action ?? not(raw.NotAction) ?? [''],
    resources: raw.Resource ?? not(raw.NotResource) ?? [''],
    condition: raw.Condition ? JSON.stringify(canonical(raw.Condition)) : '',
    inverted: Boolean(raw.NotAction ?? raw.NotResource ?? raw.NotPrincipal),
  };
}

/** Normalises accounts to their ARN, so that the short and the long spelling are equal. */
function principalsOf(principal: z.infer<typeof Principal> | undefined): string[] | undefined {
  if (principal === undefined) return undefined;
  if (principal === '*') return ['*'];
  return Object.values(principal)
    .flat()
    .map((who) => (/^\d{12}$/.test(who) ? `arn:aws:iam::${who}:root` : who));
}

/** One action of one principal on one resource. */
export interface Grant {
  principal: string;
  action: string;
  resource: string;
  condition: string;
}

export const grantsOf = (statement: PolicyStatement): Grant[] =>
  statement.principals.flatMap((principal) =>
    statement.actions.flatMap((action) =>
      statement.resources.map((resource) => ({
        principal,
        action,
        resource,
        condition: statement.condition,
      })),
    ),
  );

/** Returns whether an IAM pattern covers everything that another pattern does. */
export function covers(pattern: string, other: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '[^*]');
  return new RegExp(`^${expression}$`, 'is').test(other);
}

/** Returns whether one grant covers another, apart from its condition. */
export const takesIn = (wide: Grant, narrow: Grant): boolean =>
  covers(wide.action, narrow.action) &&
  covers(wide.resource, narrow.resource) &&
  covers(wide.principal, narrow.principal);
