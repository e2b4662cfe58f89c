import { type Grant, grantsOf, type PolicyStatement, statementsOf, takesIn } from './policy.ts';

/** Access that a policy grants after the change and did not grant before. */
export interface Widening {
  principals: string[];
  actions: string[];
  resources: string[];
  condition: string;
  /** Reasons for the reviewer to look closely, in words. */
  alarms: string[];
}

/** Compares two policy documents; undefined when one of them can't be read. */
export function wideningOf(before: unknown, after: unknown): Widening[] | undefined {
  const old = statementsOf(before);
  const now = statementsOf(after);
  if (!old || !now) return undefined;
  const allowed = old.filter(isAllow).flatMap(grantsOf);
  return [
    ...now.filter(isAllow).flatMap((statement) => newIn(statement, allowed)),
    ...liftedDenials(old, now),
  ];
}

const isAllow = ({ effect }: PolicyStatement) => effect === 'Allow';

/** Returns the part of a statement that the old policy did not cover, split into relaxed conditions and new access. */
function newIn(statement: PolicyStatement, allowed: readonly Grant[]): Widening[] {
  const fresh = grantsOf(statement).filter(
    (grant) => !allowed.some((old) => takesIn(old, grant) && isAsOpen(old, grant)),
  );
  const isFreed = (grant: Grant) => allowed.some((old) => takesIn(old, grant));
  const freed = fresh.filter(isFreed);
  const added = fresh.filter((grant) => !isFreed(grant));
  return [
    ...(freed.length > 0 ? [asWidening(freed, [conditionAlarm(freed, allowed)])] : []),
    ...(added.length > 0 ? [asWidening(added, alarmsOf(added, allowed, statement.inverted))] : []),
  ];
}

const distinct = (grants: readonly Grant[], part: keyof Grant) => [
  ...new Set(grants.map((grant) => grant[part])),
];

const asWidening = (grants: readonly Grant[], alarms: string[]): Widening => ({
  principals: distinct(grants, 'principal'),
  actions: distinct(grants, 'action'),
  resources: distinct(grants, 'resource'),
  condition: grants[0]?.condition ?? '',
  alarms,
});

function alarmsOf(grants: readonly Grant[], allowed: readonly Grant[], inverted: boolean): string[] {
  const fresh = (part: keyof Grant) =>
    distinct(grants, part).filter((value) => !allowed.some((old) => old[part] === value));
  const principals = fresh('principal');
  const alarms = [
    fresh('action').some((action) => action.includes('*')) && 'a new `*` in the action',
    fresh('resource').some(isAnything) && 'on every resource: a new `*`',
    principals.includes('*') && 'anybody',
    allowed.length > 0 && principals.some((who) => who !== '*') && 'a new principal',
    inverted && 'allows everything but what it names',
  ];
  return alarms.filter((alarm) => typeof alarm === 'string');
}

const isAnything = (resource: string) => /^\*$|^arn:aws:[a-z0-9*-]*:\*?:\*?:\*$/.test(resource);

const isAsOpen = (old: Grant, grant: Grant) => old.condition === '' || old.condition === grant.condition;

function conditionAlarm(fresh: readonly Grant[], allowed: readonly Grant[]): string {
  const [grant] = fresh;
  const old = allowed.find((one) => grant && takesIn(one, grant));
  return grant?.condition === ''
    ? `without the condition ${old?.condition ?? ''}`
    : `under another condition than ${old?.condition ?? ''}`;
}

/** Returns statements that denied something and are removed or narrower now. */
function liftedDenials(old: readonly PolicyStatement[], now: readonly PolicyStatement[]): Widening[] {
  const denied = now.filter((statement) => !isAllow(statement)).flatMap(grantsOf);
  return old
    .filter((statement) => !isAllow(statement))
    .filter(
      (statement) =>
        !grantsOf(statement).every((grant) =>
          denied.some((one) => takesIn(one, grant) && isAsOpen(one, grant)),
        ),
    )
    .map(({ principals, actions, resources, condition }) => ({
      principals,
      actions,
      resources,
      condition,
      alarms: ['no longer forbidden'],
    }));
}
