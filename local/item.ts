/** Converts items of DynamoDB between their JSON format and plain values. */

export interface Attributes {
  [name: string]: Attribute;
}
interface Attribute {
  S?: string;
  N?: string;
  BOOL?: boolean;
  NULL?: boolean;
  SS?: string[];
  NS?: string[];
  L?: Attribute[];
  M?: Attributes;
}

export const marshalKey = (key: Record<string, string>): Attributes =>
  Object.fromEntries(Object.entries(key).map(([name, value]) => [name, { S: value }]));

export const plainItem = (item: Attributes): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]));

function plainValue({ S, N, BOOL, SS, NS, L, M }: Attribute): unknown {
  if (N !== undefined) return Number(N);
  if (L) return L.map(plainValue);
  if (M) return plainItem(M);
  return S ?? BOOL ?? SS ?? NS?.map(Number) ?? null;
}
