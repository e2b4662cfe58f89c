/** Calls the resource of a task on its service. */

import { type Resource, type Target, targetOf } from '../definition/resource.ts';
import type { Outcome } from '../interpreter/task.ts';
import { isObject, type Json, type JsonObject, parseJson } from '../json.ts';
import { emrAction } from './emr.ts';
import { type Endpoints, resolveEndpoint } from './endpoints.ts';
import type { ServiceClient } from './http.ts';
import { callHttpTask } from './http-tasks.ts';
import { callJsonService, type Origin } from './json-services.ts';
import { callFunction, callInvoke } from './lambda.ts';
import { modelProblems } from './model-fields.ts';
import { optimized } from './optimized.ts';
import { serviceName } from './sdk/names.ts';
import type { SdkThread } from './sdk/thread.ts';
import { connectionFailure, optimizedFailure, ordered, sdkError } from './sdk-response.ts';
import { callPublish } from './sns.ts';
import { isHttpTask, isJsonService } from './targets.ts';

export interface TaskCaller {
  /** True if the calls have results without services; tasks that start executions then call it too. */
  readonly mocked?: true;
  /** Never rejects: errors become the outcome. */
  call(resource: Resource, parameters: Json, origin: Origin): Promise<Outcome>;
  /** Returns why AWS does not start a task with these parameters, by the model of its service; never rejects. */
  problems(resource: Resource, parameters: Json): Promise<readonly string[]>;
  /** Calls another action of a resource's service; never rejects. */
  describe(resource: Resource, action: string, parameters: Json): Promise<Outcome>;
}

interface Services {
  readonly endpoints: Endpoints;
  readonly region: string;
  readonly client: ServiceClient;
  readonly sdk: SdkThread;
}

export function createTaskCaller(services: Services): TaskCaller {
  return {
    async call(resource, parameters, origin) {
      const target = targetOf(resource);
      try {
        const endpoint = resolveEndpoint(services.endpoints, target.client);
        const { client, region } = services;
        const service = { client, endpoint, region };
        if (resource.service === 'function') return await callFunction(service, resource.arn, parameters);
        if (resource.service === 'lambda') return await callInvoke(service, parameters);
        if (resource.service === 'sns' && target.integration)
          return await callPublish(service, target.integration, parameters);
        if (isJsonService(target)) return await callJsonService(service, target, parameters, origin);
        const given = { target, parameters, ...(origin.observe && { observe: origin.observe }) };
        return optimized(resource, parameters, await callOther(services, endpoint, given));
      } catch (error) {
        return connectionFailure(prefixOf(target), error);
      }
    },
    async problems(resource, value) {
      try {
        const given = { field: '', value, isTemplate: false };
        return (await modelProblems(resource, given, services.sdk)).map(({ text }) => text);
      } catch {
        // The thread ended, and starts again for the call.
        return [];
      }
    },
    async describe(resource, action, parameters) {
      const target = { ...targetOf(resource), action };
      try {
        const endpoint = resolveEndpoint(services.endpoints, target.client);
        return await callOther(services, endpoint, { target, parameters });
      } catch (error) {
        return connectionFailure(prefixOf(target), error);
      }
    },
  };
}

interface OtherCall extends Pick<Origin, 'observe'> {
  readonly target: Target;
  readonly parameters: Json;
}

/** Calls an action over HTTP or with the AWS SDK. */
function callOther(
  services: Services,
  endpoint: string,
  { target, parameters, observe }: OtherCall,
): Promise<Outcome> {
  const { client, region } = services;
  const { integration } = target;
  if (integration?.streams)
    throw new Error('Responses that are streams are not supported by the local engine');
  const own = Object.keys(integration?.ownFields ?? {}).find(
    (field) => isObject(parameters) && field in parameters,
  );
  if (own !== undefined)
    throw new Error(`The field ${own} of this task is not supported by the local engine`);
  if (isHttpTask(target))
    return callHttpTask({ client, endpoint, region }, target, parameters, observe ? { observe } : {});
  const call = (action: string, request: Json) =>
    callWithSdk(services, endpoint, { ...target, action }, request);
  const wrapped = emrAction(target);
  return wrapped ? wrapped(call, isObject(parameters) ? parameters : {}) : call(target.action, parameters);
}

function prefixOf({ client, integration }: Target): string {
  return integration?.prefix ?? serviceName(client);
}

async function callWithSdk(
  { sdk, region }: Services,
  endpoint: string,
  target: Target,
  parameters: Json,
): Promise<Outcome> {
  const { client, action, integration } = target;
  const naming = integration ? 'model' : 'java';
  const result = await sdk.call({ client, action, naming, parameters, endpoint, region });
  if (result.type === 'notSent') {
    const { message, serviceId = client } = result;
    return connectionFailure(integration?.prefix ?? serviceName(serviceId), new Error(message));
  }
  if (result.type === 'failure')
    return integration
      ? optimizedFailure(integration, result)
      : sdkError(serviceName(result.serviceId), result);
  if (!integration || !isObject(result.output)) return { succeeded: true, output: result.output };
  const metadata: JsonObject = {
    SdkHttpMetadata: { HttpStatusCode: result.status },
    SdkResponseMetadata: { RequestId: result.requestId ?? crypto.randomUUID() },
  };
  return { succeeded: true, output: ordered({ ...withModelBody(client, result.output), ...metadata }) };
}

/** Returns the output with the response of a model, which AWS gives as JSON, as JSON. */
function withModelBody(client: string, output: JsonObject): JsonObject {
  if (client !== 'bedrock-runtime' || typeof output.Body !== 'string') return output;
  try {
    return { ...output, Body: parseJson(output.Body) };
  } catch {
    return output;
  }
}
