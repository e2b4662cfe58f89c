import { anyMark, shown } from './masking.ts';
import type { ResourceChange } from './plan.ts';

/** One changed attribute of a plan, ready to be shown. */
export interface AttributeChange {
  /** Like `environment.0.variables.DAILY_QUOTA`. */
  path: string;
  before: string;
  after: string;
  /** The provider computes it during the apply; it is not in the code. */
  computed: boolean;
}

const notKnown = '(known after apply)';

/** The same position in the values and in Terraform's marks on them. */
type Position = Pick<ResourceChange, 'unknown' | 'sensitiveBefore' | 'sensitiveAfter'> & {
  before: unknown;
  after: unknown;
};

/** Returns every attribute that differs between before and after, by path. */
export function changedAttributes(change: ResourceChange): AttributeChange[] {
  const found: AttributeChange[] = [];
  const visit = (path: string[], at: Position): void => {
    const isUnknown = at.unknown === true && at.after === undefined;
    if (!isUnknown && same(at.before, at.after) && !anyMark(at.unknown)) return;
    if (isUnknown && at.before === undefined && change.kind !== 'create') return;
    const isHidden = at.sensitiveBefore === true || at.sensitiveAfter === true;
    if (!isUnknown && !isHidden && (isTree(at.before) || isTree(at.after))) {
      for (const key of keysOf(at.before, at.after, at.unknown)) visit([...path, key], step(at, key));
      return;
    }
    const before = shown(change.type, path, at.before, at.sensitiveBefore);
    const isLater = isUnknown || (anyMark(at.unknown) && typeof at.after !== 'string');
    const after = isLater ? notKnown : shown(change.type, path, at.after, at.sensitiveAfter);
    found.push({ path: path.join('.'), before, after, computed: isUnknown });
  };
  visit([], { ...change });
  return found;
}

const child = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null
    ? ((value as Record<string, unknown>)[key] ?? undefined)
    : undefined;
const mark = (marks: unknown, key: string): unknown => (marks === true ? true : child(marks, key));

const step = (at: Position, key: string): Position => ({
  before: child(at.before, key),
  after: child(at.after, key),
  unknown: mark(at.unknown, key),
  sensitiveBefore: mark(at.sensitiveBefore, key),
  sensitiveAfter: mark(at.sensitiveAfter, key),
});

/** Objects and lists of objects are traversed; a list of words is one value. */
function isTree(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((one) => typeof one === 'object' && one !== null);
  return typeof value === 'object' && value !== null;
}
const keysOf = (...values: unknown[]) => [
  ...new Set(
    values.flatMap((value) => (typeof value === 'object' && value !== null ? Object.keys(value) : [])),
  ),
];

/** Terraform writes an absent value as null, as an empty list, or not at all. */
const same = (a: unknown, b: unknown) => JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));

/** Returns the value with the keys of every object in order, and null and empty as undefined. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(canonical);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}
