const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Orders names as a person would: `page 2` before `page 10`. Equal names keep a fixed order. */
export const byNaturalOrder = (a: string, b: string): number =>
  collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
