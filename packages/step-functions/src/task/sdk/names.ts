/** Names of services, errors and members as the AWS SDKs for Java have them; Step Functions uses these. */

/** Returns a service's id in Pascal case, without a last word `Service`: `Config Service` is `Config`. */
export function serviceName(serviceId: string): string {
  return pascalCase(serviceId.replace(/\s*Service$/i, ''));
}

/** Returns the name of an error in the first SDK for Java, which optimized integrations use; it ends with `Exception`. */
export function exceptionName(code: string): string {
  return code.endsWith('Exception') ? code : `${code.replace(/Fault$/, '')}Exception`;
}

/** Returns the name of an error in the second SDK for Java, which SDK integrations use: in Pascal case. */
export function sdkExceptionName(code: string): string {
  return pascalCase(exceptionName(code));
}

/** Splits words as the code generator of the SDK for Java does: `DynamoDB` is `DynamoDb`. */
function pascalCase(text: string): string {
  const words = text
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .replace(/([^a-z]{2,})v([0-9]+)/g, '$1 v$2 ')
    .replace(/([^A-Z]{2,})V([0-9]+)/g, '$1 V$2 ')
    .replace(/(?<=[a-z])(?=[A-Z][a-zA-Z0-9])/g, ' ')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([0-9])([a-zA-Z])/g, '$1 $2')
    .trim()
    .split(/ +/);
  return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`).join('');
}

/** Optimized integrations name members as the service's model does, SDK integrations as the second SDK for Java does. */
export type Naming = 'model' | 'java';

/**
 * Returns the name of a member in a task: in Pascal case, with the exception that AWS documents. The SDK for Java writes an
 * acronym at the start as a word: `DBInstanceIdentifier` is `DbInstanceIdentifier`, and `ETag` stays.
 */
export function memberName(member: string, naming: Naming): string {
  const acronym = naming === 'java' ? (/^[A-Z]+(?![a-z])/.exec(member)?.[0] ?? '') : '';
  const name = `${member.charAt(0).toUpperCase()}${acronym.slice(1).toLowerCase()}${member.slice(acronym.length || 1)}`;
  return name === 'Equals' ? 'EqualsValue' : name;
}
