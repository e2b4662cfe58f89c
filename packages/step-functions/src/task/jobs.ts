/** Jobs that tasks with `.sync` start and wait for: how their state is described, and when they have ended. */

import { type Resource, targetOf } from '../definition/resource.ts';
import type { Outcome } from '../interpreter/task.ts';
import { isObject, type Json } from '../json.ts';
import { eksJobs } from './eks-jobs.ts';
import { at, type Describe, ended, type Job, objectAt } from './job.ts';
import { withTags } from './starter.ts';

/** An action on an application of EMR Serverless, which ends when the application has one of the states. */
function applicationJob(action: string, ...states: string[]): [string, Job] {
  return [
    `emr-serverless:${action}Application`,
    {
      describe: 'getApplication',
      parameters: (started, given) => ({
        ApplicationId: started.ApplicationId ?? given.ApplicationId ?? null,
      }),
      result: (description) => objectAt(description, 'Application'),
      succeeded: (result) => {
        const state = String(at(result, 'State'));
        return ended(state, states.find((one) => one === state) ?? '', ['TERMINATED']);
      },
    },
  ];
}

/** A batch of builds, described by the id in the result of the start. */
function batchJob(action: string): [string, Job] {
  return [
    `codebuild:${action}`,
    {
      describe: 'batchGetBuildBatches',
      parameters: (started) => ({ Ids: [at(started, 'BuildBatch', 'Id')] }),
      result: (description) => ({ BuildBatch: objectAt(description, 'BuildBatches', 0) }),
      succeeded: (result) =>
        ended(at(result, 'BuildBatch', 'BuildBatchStatus'), 'SUCCEEDED', [
          ...['FAILED', 'FAULT', 'STOPPED', 'TIMED_OUT'],
        ]),
    },
  ];
}

function sagemakerJob(kind: string): [string, Job] {
  const [name, status] = [`${kind}JobName`, `${kind}JobStatus`];
  return [
    `sagemaker:create${kind}Job`,
    {
      describe: `describe${kind}Job`,
      parameters: (_, given) => ({ [name]: given[name] ?? null }),
      result: (description) => description,
      succeeded: (result) => ended(at(result, status), 'Completed', ['Failed', 'Stopped']),
      completed: async (result, given) => withTags(result, given),
    },
  ];
}

/** From the page of each service in the developer guide, and the states in the service's API reference. */
const jobs: ReadonlyMap<string, Job> = new Map<string, Job>([
  [
    'ecs:runTask',
    {
      describe: 'describeTasks',
      parameters: (started) => ({
        Cluster: at(started, 'Tasks', 0, 'ClusterArn'),
        Tasks: [at(started, 'Tasks', 0, 'TaskArn')],
      }),
      result: (description) => objectAt(description, 'Tasks', 0),
      succeeded(result) {
        if (result.LastStatus !== 'STOPPED') return undefined;
        const containers = Array.isArray(result.Containers) ? result.Containers : [];
        return containers.every((container) => at(container, 'ExitCode') === 0);
      },
    },
  ],
  [
    'batch:submitJob',
    {
      describe: 'describeJobs',
      parameters: (started) => ({ Jobs: [at(started, 'JobId')] }),
      result: (description) => objectAt(description, 'Jobs', 0),
      succeeded: (result) => ended(at(result, 'Status'), 'SUCCEEDED', ['FAILED']),
    },
  ],
  [
    'glue:startJobRun',
    {
      describe: 'getJobRun',
      parameters: (started, given) => ({ JobName: given.JobName ?? null, RunId: at(started, 'JobRunId') }),
      result: (description) => objectAt(description, 'JobRun'),
      succeeded: (result) =>
        ended(at(result, 'JobRunState'), 'SUCCEEDED', ['FAILED', 'TIMEOUT', 'STOPPED', 'ERROR', 'EXPIRED']),
    },
  ],
  [
    'athena:startQueryExecution',
    {
      describe: 'getQueryExecution',
      parameters: (started) => ({ QueryExecutionId: at(started, 'QueryExecutionId') }),
      result: (description) => ({ QueryExecution: objectAt(description, 'QueryExecution') }),
      succeeded: (result) =>
        ended(at(result, 'QueryExecution', 'Status', 'State'), 'SUCCEEDED', ['FAILED', 'CANCELLED']),
    },
  ],
  [
    'codebuild:startBuild',
    {
      describe: 'batchGetBuilds',
      parameters: (started) => ({ Ids: [at(started, 'Build', 'Id')] }),
      result: (description) => ({ Build: objectAt(description, 'Builds', 0) }),
      succeeded: (result) =>
        ended(at(result, 'Build', 'BuildStatus'), 'SUCCEEDED', ['FAILED', 'FAULT', 'STOPPED', 'TIMED_OUT']),
    },
  ],
  [
    'databrew:startJobRun',
    {
      describe: 'describeJobRun',
      parameters: (started, given) => ({ Name: given.Name ?? null, RunId: at(started, 'RunId') }),
      result: (description) => description,
      succeeded: (result) => ended(at(result, 'State'), 'SUCCEEDED', ['FAILED', 'STOPPED', 'TIMEOUT']),
    },
  ],
  [
    'mediaconvert:createJob',
    {
      describe: 'getJob',
      parameters: (started) => ({ Id: at(started, 'Job', 'Id') }),
      result: (description) => ({ Job: objectAt(description, 'Job') }),
      succeeded: (result) => ended(at(result, 'Job', 'Status'), 'COMPLETE', ['ERROR', 'CANCELED']),
    },
  ],
  [
    'emr-serverless:startJobRun',
    {
      describe: 'getJobRun',
      parameters: (started) => ({
        ApplicationId: at(started, 'ApplicationId'),
        JobRunId: at(started, 'JobRunId'),
      }),
      result: (description) => objectAt(description, 'JobRun'),
      succeeded: (result) => ended(at(result, 'State'), 'SUCCESS', ['FAILED', 'CANCELLED']),
    },
  ],
  [
    'emr-containers:startJobRun',
    {
      describe: 'describeJobRun',
      parameters: (started) => ({
        Id: at(started, 'Id'),
        VirtualClusterId: at(started, 'VirtualClusterId'),
      }),
      result: (description) => objectAt(description, 'JobRun'),
      succeeded: (result) => ended(at(result, 'State'), 'COMPLETED', ['FAILED', 'CANCELLED']),
    },
  ],
  [
    'emr-serverless:cancelJobRun',
    {
      describe: 'getJobRun',
      parameters: (_, given) => ({
        ApplicationId: given.ApplicationId ?? null,
        JobRunId: given.JobRunId ?? null,
      }),
      result: (description) => objectAt(description, 'JobRun'),
      succeeded: (result) => ended(at(result, 'State'), 'CANCELLED', ['FAILED', 'SUCCESS']),
    },
  ],
  ...[
    // It can start for its first job before it is asked for.
    applicationJob('create', 'CREATED', 'STARTING', 'STARTED', 'STOPPING', 'STOPPED'),
    applicationJob('start', 'STARTED'),
    applicationJob('stop', 'STOPPED'),
    applicationJob('delete', 'TERMINATED'),
  ],
  [
    'emr-containers:deleteVirtualCluster',
    {
      describe: 'describeVirtualCluster',
      parameters: (_, given) => ({ Id: given.Id ?? null }),
      result: (description) => objectAt(description, 'VirtualCluster'),
      succeeded: (result) => ended(at(result, 'State'), 'TERMINATED', ['ARRESTED']),
    },
  ],
  [
    'bedrock:createModelCustomizationJob',
    {
      describe: 'getModelCustomizationJob',
      parameters: (started) => ({ JobIdentifier: at(started, 'JobArn') }),
      result: (description) => description,
      succeeded: (result) => ended(at(result, 'Status'), 'Completed', ['Failed', 'Stopped']),
    },
  ],
  [
    'elasticmapreduce:createCluster',
    {
      describe: 'describeCluster',
      parameters: (started) => ({ ClusterId: at(started, 'ClusterId') }),
      result: ({ Cluster = null }, { ClusterId = null }) => ({ ClusterId, Cluster }),
      succeeded: (result) =>
        ended(at(result, 'Cluster', 'Status', 'State'), 'WAITING', [
          ...['TERMINATING', 'TERMINATED', 'TERMINATED_WITH_ERRORS'],
        ]),
    },
  ],
  [
    'elasticmapreduce:terminateCluster',
    {
      describe: 'describeCluster',
      parameters: (_, given) => ({ ClusterId: given.ClusterId ?? null }),
      result: ({ Cluster = null }) => ({ Cluster }),
      succeeded: (result) =>
        ['TERMINATED', 'TERMINATED_WITH_ERRORS'].includes(String(at(result, 'Cluster', 'Status', 'State'))) ||
        undefined,
    },
  ],
  [
    'elasticmapreduce:addStep',
    {
      describe: 'describeStep',
      parameters: (started, given) => ({
        ClusterId: given.ClusterId ?? null,
        StepId: at(started, 'StepId'),
      }),
      result: ({ Step = null }, { StepId = null }) => ({ StepId, Step }),
      succeeded: (result) =>
        ended(at(result, 'Step', 'Status', 'State'), 'COMPLETED', ['CANCELLED', 'FAILED', 'INTERRUPTED']),
    },
  ],
  ...eksJobs,
  ...['startBuildBatch', 'retryBuildBatch'].map(batchJob),
  ...['Training', 'Transform', 'Processing', 'HyperParameterTuning', 'Labeling'].map(sagemakerJob),
]);

/**
 * Asks once for the state of the job that a task started. Returns the task's outcome when the job has ended, or when it cannot be
 * described; undefined while it runs.
 */
export async function jobOutcome(
  resource: Resource,
  started: Json,
  given: Json,
  describe: Describe,
): Promise<Outcome | undefined> {
  const job = jobs.get(`${resource.service}:${targetOf(resource).action}`);
  if (!job) throw new Error(`${resource.arn} does not start a job`);
  const [start, parameters] = [isObject(started) ? started : {}, isObject(given) ? given : {}];
  const described = await describe(job.describe, job.parameters(start, parameters));
  if (!described.succeeded)
    return job.deletes && described.error?.endsWith('.ResourceNotFoundException')
      ? { succeeded: true, output: started }
      : described;
  const { SdkHttpMetadata, SdkResponseMetadata, ...description } = objectAt(
    { value: described.output },
    'value',
  );
  const result = job.result(description, start);
  const succeeded = job.succeeded(result);
  if (succeeded === undefined) return undefined;
  const output = (await job.completed?.(result, parameters, describe)) ?? result;
  if (succeeded) return { succeeded: true, output };
  return { succeeded: false, error: 'States.TaskFailed', cause: JSON.stringify(output) };
}
