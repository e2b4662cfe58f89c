/** A function's name with the version or alias that a caller asks for. */
export interface QualifiedName {
  name: string;
  /** A number, `$LATEST`, or the name of an alias. */
  qualifier?: string;
}

/**
 * Parses every form of a function's name: `cleanup`, `cleanup:live`, `123456789012:function:cleanup` and
 * `arn:aws:lambda:…:function:cleanup:live`.
 */
export function parseName(given: string): QualifiedName {
  const [, ofArn] = /^(?:.*:)?function:(.+)$/.exec(given) ?? [];
  const [name = '', qualifier] = (ofArn ?? given).split(':');
  return { name, ...(qualifier && { qualifier }) };
}
