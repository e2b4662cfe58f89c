/** An EventBridge pattern: the accepted values of a field, for fields at any depth. */
export interface EventPattern {
  readonly [field: string]: readonly (string | number | boolean | null)[] | EventPattern;
}

/** Returns whether every field of the pattern has one of its values in the event. */
export function matches(pattern: EventPattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    const value = (event as Record<string, unknown> | null | undefined)?.[field];
    if (!isList(wanted)) return typeof value === 'object' && matches(wanted, value);
    const values = Array.isArray(value) ? value : [value];
    return values.some((one) => wanted.includes(one));
  });
}

type Values = readonly (string | number | boolean | null)[];
const isList = (wanted: Values | EventPattern): wanted is Values => Array.isArray(wanted);
