/** What a rule asks of an event: values listed for a field, for fields at any depth, as EventBridge writes it. */
export interface EventPattern {
  readonly [field: string]: readonly (string | number | boolean | null)[] | EventPattern;
}

/** Whether an event has, in every field that the pattern names, one of the values that it lists. */
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
