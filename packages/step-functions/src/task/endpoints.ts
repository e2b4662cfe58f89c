/** Base URLs of the services that tasks call. */

/** A base URL, or a function that returns it at each call. */
type Endpoint = string | (() => string) | undefined;

/**
 * By the name of the service's client in the AWS SDK for JavaScript, such as `dynamodb`, `eventbridge` and `cloudwatch-logs`; `*`
 * is the endpoint of all others. Distributed Maps read and write objects at `s3`.
 */
export type Endpoints = Readonly<Record<string, Endpoint>>;

/** Returns the variable that the AWS SDKs and the command line read a service's endpoint from. */
function endpointVariable(client: string): string {
  return `AWS_ENDPOINT_URL_${client.toUpperCase().replaceAll('-', '_')}`;
}

/** Returns the endpoints that variables name, as the AWS SDKs read them. */
export function endpointsOf(environment: NodeJS.ProcessEnv): Endpoints {
  const prefix = endpointVariable('');
  const named = Object.entries(environment).filter(([name, url]) => name.startsWith(prefix) && url);
  return {
    '*': environment.AWS_ENDPOINT_URL,
    ...Object.fromEntries(
      named.map(([name, url]) => [name.slice(prefix.length).toLowerCase().replaceAll('_', '-'), url]),
    ),
  };
}

export function hasEndpoint(endpoints: Endpoints, client: string): boolean {
  return Boolean(endpoints[client] ?? endpoints['*']);
}

/** Returns the sentence that says which variable is missing. */
export function missingEndpoint(client: string): string {
  return `No endpoint is set for ${client}: ${endpointVariable(client)} or AWS_ENDPOINT_URL gives it`;
}

export function resolveEndpoint(endpoints: Endpoints, client: string): string {
  const endpoint = endpoints[client] ?? endpoints['*'];
  const url = typeof endpoint === 'function' ? endpoint() : endpoint;
  if (!url) throw new Error(missingEndpoint(client));
  return url;
}
