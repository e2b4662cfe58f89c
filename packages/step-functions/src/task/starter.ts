/**
 * Marks jobs that `.sync` starts as started by Step Functions, as observed on AWS in results of ECS, Batch and SageMaker. Jobs of
 * MediaConvert get the tag that the guide names, also without `.sync`.
 */

import { type Resource, targetOf } from '../definition/resource.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';

const starter = 'STARTED_BY_STEP_FUNCTIONS';

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** Returns the parameters with what Step Functions adds to them. */
export function withStarter(resource: Resource, parameters: Json, executionArn: string): Json {
  const { service, sync } = resource;
  if (!isObject(parameters)) return parameters;
  if (service === 'mediaconvert') {
    const tags = isObject(parameters.Tags) ? parameters.Tags : {};
    return { ...parameters, Tags: { ...tags, ManagedByService: 'AWSStepFunctions' } };
  }
  if (!sync) return parameters;
  if (service === 'ecs') return { ...parameters, StartedBy: 'AWS Step Functions' };
  if (service === 'batch') {
    const overrides = isObject(parameters.ContainerOverrides) ? parameters.ContainerOverrides : {};
    const Environment = [...listOf(overrides.Environment), { Name: 'MANAGED_BY_AWS', Value: starter }];
    return { ...parameters, ContainerOverrides: { ...overrides, Environment } };
  }
  if (service !== 'sagemaker' || !targetOf(resource).action.endsWith('Job')) return parameters;
  const own = [
    { Key: 'AWS_STEP_FUNCTIONS_EXECUTION_ARN', Value: executionArn },
    { Key: 'MANAGED_BY_AWS', Value: starter },
  ];
  return { ...parameters, Tags: [...listOf(parameters.Tags), ...own] };
}

/** Adds the tags of a job of SageMaker to its result, by their keys. */
export function withTags(result: JsonObject, { Tags }: JsonObject): JsonObject {
  const pairs = listOf(Tags)
    .filter(isObject)
    .map(({ Key = null, Value = null }): [string, Json] => [String(Key), Value]);
  return { ...result, Tags: Object.fromEntries(pairs) };
}
