/** Converts items of DynamoDB between their JSON format and plain values. */

export interface Attributes {
  [name: string]: Attribute;
}
interface Attribute {
  S?: string;
  N?: string;
  B?: string;
  BOOL?: boolean;
  NULL?: boolean;
  SS?: string[];
  NS?: string[];
  BS?: string[];
  L?: Attribute[];
  M?: Attributes;
}

export const plainItem = (item: Attributes): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]));

/** Bytes stay base64. */
function plainValue({ S, N, B, BOOL, SS, NS, BS, L, M }: Attribute): unknown {
  if (N !== undefined) return plainNumber(N);
  if (L) return L.map(plainValue);
  if (M) return plainItem(M);
  return S ?? B ?? BOOL ?? SS ?? NS?.map(plainNumber) ?? BS ?? null;
}

/** Returns a number; one with more digits than a number of JavaScript can have stays text. */
function plainNumber(text: string): number | string {
  const number = Number(text);
  return digitsOf(String(number)) === digitsOf(text) ? number : text;
}

const digitsOf = (text: string): string =>
  text
    .replace(/e.*/i, '')
    .replace(/[-+.]/g, '')
    .replace(/^0+|0+$/g, '');
