/** Names of services and errors as AWS SDK for Java has them; Step Functions uses them for errors. */

/**
 * Returns a service's id in Pascal case: `DynamoDB` is `DynamoDb`, `CloudWatch Logs` is `CloudWatchLogs`. The words are split as
 * in the code generator of the SDK for Java.
 */
export function serviceName(serviceId: string): string {
  const words = serviceId
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

/** Returns the name of an error, which always ends with `Exception`. */
export function exceptionName(code: string): string {
  return code.endsWith('Exception') ? code : `${code.replace(/Fault$/, '')}Exception`;
}
