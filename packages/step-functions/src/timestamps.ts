/** RFC 3339 timestamps, in the profile that the ASL asks for: upper-case T, and Z or an offset. */

/** Date.parse accepts 24:00:00 too. */
const rfc3339 = /^\d{4}-\d{2}-\d{2}T(?!24)\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Returns milliseconds since the epoch, or undefined for an invalid timestamp. Digits below 1 ms are cut off. */
export function parseTimestamp(text: string): number | undefined {
  if (!rfc3339.test(text)) return undefined;
  const [day] = text.split('T');
  const milliseconds = Date.parse(text.replace(/(\.\d{3})\d+/, '$1'));
  // Date.parse accepts 30 February as a day in March.
  if (Number.isNaN(milliseconds) || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day)
    return undefined;
  return milliseconds;
}

/** Returns nanoseconds since the epoch, which AWS compares, or undefined for an invalid timestamp. */
export function nanoseconds(text: string): bigint | undefined {
  const milliseconds = parseTimestamp(text);
  if (milliseconds === undefined) return undefined;
  const [, digits = ''] = /\.(\d+)/.exec(text) ?? [];
  return BigInt(milliseconds) * 1_000_000n + BigInt(digits.padEnd(9, '0').slice(3, 9));
}

/** Formats a time as in the context object, whose guide says that a fraction of zero is left out. */
export function formatTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}
