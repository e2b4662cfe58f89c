/** Calls the resource of a task on its service. */

import type { Resource } from '../definition/resource.ts';
import type { Outcome } from '../interpreter/task.ts';
import type { Json } from '../json.ts';
import { callUpdateItem } from './dynamodb.ts';
import type { ServiceClient } from './http.ts';
import { callFunction, callInvoke } from './lambda.ts';
import { connectionFailure } from './sdk-response.ts';
import { callSendMessage } from './sqs.ts';

/** Base URL of a service, or a function that returns it at each call; undefined without a service. */
export type Endpoint = string | (() => string) | undefined;

export interface Endpoints {
  readonly lambda?: Endpoint;
  readonly sqs?: Endpoint;
  readonly dynamodb?: Endpoint;
  /** S3, where distributed Maps read items and write results. */
  readonly s3?: Endpoint;
}

/** Endpoint of each resource, and the prefix of its errors. */
const services = {
  function: ['lambda', 'Lambda'],
  lambda: ['lambda', 'Lambda'],
  sqs: ['sqs', 'SQS'],
  'aws-sdk:dynamodb': ['dynamodb', 'DynamoDb'],
} as const satisfies Record<CalledService, readonly [keyof Endpoints, string]>;

/** Services over HTTP; executions are started within the engine. */
type CalledService = Exclude<Resource['service'], 'states' | 'aws-sdk:sfn'>;

export interface TaskCaller {
  /** Never rejects: errors become the outcome. */
  call(resource: Resource, parameters: Json): Promise<Outcome>;
}

export function createTaskCaller(endpoints: Endpoints, region: string, client: ServiceClient): TaskCaller {
  return {
    async call(resource, parameters) {
      const [service, prefix] = services[resource.service as CalledService];
      try {
        const endpoint = resolveEndpoint(endpoints[service], service);
        const target = { client, endpoint, region };
        if (resource.service === 'sqs') return await callSendMessage(target, parameters);
        if (resource.service === 'aws-sdk:dynamodb') return await callUpdateItem(target, parameters);
        if (resource.service === 'lambda') return await callInvoke(target, parameters);
        return await callFunction(target, resource.arn, parameters);
      } catch (error) {
        return connectionFailure(prefix, error);
      }
    },
  };
}

export function resolveEndpoint(endpoint: Endpoint, service: string): string {
  const url = typeof endpoint === 'function' ? endpoint() : endpoint;
  if (!url)
    throw new Error(`no ${service} endpoint is set: AWS_ENDPOINT_URL_${service.toUpperCase()} names it`);
  return url;
}
