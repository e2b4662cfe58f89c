/** Returns the name in a function's name or ARN, both of which can end with a version or an alias. */
export const functionNameIn = (nameOrArn: string): string =>
  /^(?:arn:.*:function:)?([^:]*)/.exec(nameOrArn)?.[1] ?? '';
