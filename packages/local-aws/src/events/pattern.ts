type Value = string | number | boolean | null;
type Values = readonly (Value | { readonly 'anything-but': readonly Value[] })[];

/** An EventBridge pattern: the accepted values of a field, for fields at any depth. */
export interface EventPattern {
  readonly [field: string]: Values | EventPattern;
}

/** Returns whether every field of the pattern has one of its values in the event. */
export function matches(pattern: EventPattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    const value = (event as Record<string, unknown> | null | undefined)?.[field];
    if (!isList(wanted)) return typeof value === 'object' && matches(wanted, value);
    const values = Array.isArray(value) ? value : [value];
    return values.some((one) => wanted.some((accepted) => accepts(accepted, one)));
  });
}

/** A field that the event does not have matches no value, and no exclusion either. */
const accepts = (accepted: Values[number], value: unknown): boolean =>
  typeof accepted === 'object' && accepted !== null
    ? value !== undefined && !accepted['anything-but'].includes(value as Value)
    : accepted === value;

const isList = (wanted: Values | EventPattern): wanted is Values => Array.isArray(wanted);
