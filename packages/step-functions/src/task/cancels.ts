/**
 * Cancels the job that a task waits for when the task is aborted or times out, with the actions that the developer guide's
 * policies of each service allow for it. AWS leaves clusters of Elastic MapReduce and EKS alone.
 */

import { type Resource, targetOf } from '../definition/resource.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';

interface Cancel {
  readonly action: string;
  /** Returns the parameters, given the result of the start, the parameters of the task, and the reason. */
  parameters(started: JsonObject, given: JsonObject, reason: string): JsonObject;
}

function first(list: Json | undefined): JsonObject {
  const [one] = Array.isArray(list) ? list : [];
  return isObject(one) ? one : {};
}

function inside(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** Returns the reason that AWS gives for ending what a task waits for, measured by others with ECS and nested executions. */
export function reasonOf(executionArn: string): string {
  return `The Task state in AWS Step Functions execution [${executionArn}] which was managing this resource was aborted`;
}

const cancels: ReadonlyMap<string, Cancel> = new Map<string, Cancel>([
  [
    'ecs:runTask',
    {
      action: 'stopTask',
      parameters: ({ Tasks }, _, reason) => {
        const { ClusterArn = null, TaskArn = null } = first(Tasks);
        return { Cluster: ClusterArn, Task: TaskArn, Reason: reason };
      },
    },
  ],
  [
    'batch:submitJob',
    { action: 'terminateJob', parameters: ({ JobId = null }, _, reason) => ({ JobId, Reason: reason }) },
  ],
  [
    'glue:startJobRun',
    {
      action: 'batchStopJobRun',
      parameters: ({ JobRunId = null }, { JobName = null }) => ({ JobName, JobRunIds: [JobRunId] }),
    },
  ],
  [
    'databrew:startJobRun',
    { action: 'stopJobRun', parameters: ({ RunId = null }, { Name = null }) => ({ Name, RunId }) },
  ],
  [
    'athena:startQueryExecution',
    {
      action: 'stopQueryExecution',
      parameters: ({ QueryExecutionId = null }) => ({ QueryExecutionId }),
    },
  ],
  [
    'codebuild:startBuild',
    { action: 'stopBuild', parameters: ({ Build }) => ({ Id: inside(Build).Id ?? null }) },
  ],
  ...['startBuildBatch', 'retryBuildBatch'].map((action): [string, Cancel] => [
    `codebuild:${action}`,
    { action: 'stopBuildBatch', parameters: ({ BuildBatch }) => ({ Id: inside(BuildBatch).Id ?? null }) },
  ]),
  ...['Training', 'Transform', 'Processing', 'HyperParameterTuning', 'Labeling'].map(
    (kind): [string, Cancel] => [
      `sagemaker:create${kind}Job`,
      {
        action: `stop${kind}Job`,
        parameters: (_, given) => ({ [`${kind}JobName`]: given[`${kind}JobName`] ?? null }),
      },
    ],
  ),
  [
    'bedrock:createModelCustomizationJob',
    {
      action: 'stopModelCustomizationJob',
      parameters: ({ JobArn = null }) => ({ JobIdentifier: JobArn }),
    },
  ],
  [
    'mediaconvert:createJob',
    { action: 'cancelJob', parameters: ({ Job }) => ({ Id: inside(Job).Id ?? null }) },
  ],
  [
    'emr-serverless:startJobRun',
    {
      action: 'cancelJobRun',
      parameters: ({ ApplicationId = null, JobRunId = null }) => ({ ApplicationId, JobRunId }),
    },
  ],
  [
    'emr-containers:startJobRun',
    {
      action: 'cancelJobRun',
      parameters: ({ Id = null, VirtualClusterId = null }) => ({ Id, VirtualClusterId }),
    },
  ],
  [
    'elasticmapreduce:addStep',
    {
      action: 'cancelStep',
      parameters: ({ StepId = null }, { ClusterId = null }) => ({ ClusterId, StepId }),
    },
  ],
]);

/** Returns the call that cancels the job of a task; undefined for a job that AWS does not cancel. */
export function cancellation(
  resource: Resource,
  started: Json,
  given: Json,
  executionArn: string,
): { action: string; parameters: JsonObject } | undefined {
  const cancel = cancels.get(`${resource.service}:${targetOf(resource).action}`);
  if (!cancel) return undefined;
  const parameters = cancel.parameters(inside(started), inside(given), reasonOf(executionArn));
  return { action: cancel.action, parameters };
}
