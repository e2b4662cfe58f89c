import { integrations } from '../definition/integrations.ts';
import { parseResource, type Resource, targetOf } from '../definition/resource.ts';
import type { Json, JsonObject } from '../json.ts';
import { cancellation } from './cancels.ts';
import { emrAction } from './emr.ts';
import { jobOutcome } from './jobs.ts';
import { optimized } from './optimized.ts';
import { optimizedFailure } from './sdk-response.ts';
import { withStarter } from './starter.ts';

const glue = parseResource('arn:aws:states:::glue:startJobRun.sync') as Resource;

function outcomeOf(description: Json, asked: [action: string, parameters: Json][] = []) {
  return jobOutcome(glue, { JobRunId: 'jr_1' }, { JobName: 'words' }, async (action, parameters) => {
    asked.push([action, parameters]);
    return { succeeded: true, output: description };
  });
}

test('a job is described by its run until it has ended', async () => {
  const asked: [string, Json][] = [];
  expect(await outcomeOf({ JobRun: { JobRunState: 'RUNNING' } }, asked)).toBeUndefined();
  expect(asked).toEqual([['getJobRun', { JobName: 'words', RunId: 'jr_1' }]]);
  const done = { JobRunState: 'SUCCEEDED', Id: 'jr_1' };
  expect(await outcomeOf({ JobRun: done })).toEqual({ succeeded: true, output: done });
});

test('a job that failed fails the task with its description as the cause', async () => {
  expect(await outcomeOf({ JobRun: { JobRunState: 'TIMEOUT' } })).toEqual({
    succeeded: false,
    error: 'States.TaskFailed',
    cause: '{"JobRunState":"TIMEOUT"}',
  });
});

test('a task of ECS succeeds when each container ended with 0', async () => {
  const ecs = parseResource('arn:aws:states:::ecs:runTask.sync') as Resource;
  const started = { Tasks: [{ TaskArn: 't', ClusterArn: 'c' }] };
  const outcome = (codes: number[]) =>
    jobOutcome(ecs, started, {}, async () => ({
      succeeded: true,
      output: { Tasks: [{ LastStatus: 'STOPPED', Containers: codes.map((ExitCode) => ({ ExitCode })) }] },
    }));
  expect(await outcome([0, 0])).toMatchObject({ succeeded: true });
  expect(await outcome([0, 1])).toMatchObject({ succeeded: false });
});

test('a task of ECS fails by the failures of its start, unless it only starts the task', () => {
  const output = { Failures: [{ Reason: 'RESOURCE:MEMORY' }], Tasks: [] };
  const outcome = (way: string) =>
    optimized(
      parseResource(`arn:aws:states:::ecs:runTask${way}`) as Resource,
      {},
      { succeeded: true, output },
    );
  expect(outcome('')).toEqual({ succeeded: true, output });
  for (const way of ['.sync', '.waitForTaskToken'])
    expect(outcome(way)).toEqual({
      succeeded: false,
      error: 'AmazonECS.Unknown',
      cause: JSON.stringify(output),
    });
});

test('responses name the job or the application that a task is about', () => {
  const response = (action: string, given: JsonObject) =>
    optimized(parseResource(`arn:aws:states:::${action}`) as Resource, given, {
      succeeded: true,
      output: {},
    });
  expect(response('glue:startJobRun', { JobName: 'words' })).toMatchObject({ output: { JobName: 'words' } });
  expect(response('emr-serverless:stopApplication', { ApplicationId: 'a' })).toMatchObject({
    output: { ApplicationId: 'a' },
  });
});

const parent = 'arn:aws:states:us-east-1:123456789012:execution:m:e';

test('a job is cancelled by its id, with the reason that AWS gives; clusters are left alone', () => {
  expect(cancellation(glue, { JobRunId: 'jr_1' }, { JobName: 'words' }, parent)).toEqual({
    action: 'batchStopJobRun',
    parameters: { JobName: 'words', JobRunIds: ['jr_1'] },
  });
  const ecs = parseResource('arn:aws:states:::ecs:runTask.sync') as Resource;
  expect(cancellation(ecs, { Tasks: [{ TaskArn: 't', ClusterArn: 'c' }] }, {}, parent)).toMatchObject({
    action: 'stopTask',
    parameters: {
      Cluster: 'c',
      Task: 't',
      Reason: `The Task state in AWS Step Functions execution [${parent}] which was managing this resource was aborted`,
    },
  });
  const cluster = parseResource('arn:aws:states:::elasticmapreduce:createCluster.sync') as Resource;
  expect(cancellation(cluster, { ClusterId: 'c' }, {}, parent)).toBeUndefined();
});

test('a deletion has ended when the service no longer has what it deletes', async () => {
  const eks = parseResource('arn:aws:states:::eks:deleteCluster.sync') as Resource;
  const missing = { succeeded: false, error: 'EKS.ResourceNotFoundException' } as const;
  const started = { Cluster: { Name: 'c', Status: 'DELETING' } };
  expect(await jobOutcome(eks, started, { Name: 'c' }, async () => missing)).toEqual({
    succeeded: true,
    output: started,
  });
});

test('a job of Kubernetes is followed by its name and namespace', async () => {
  const eks = parseResource('arn:aws:states:::eks:runJob.sync') as Resource;
  const started = { ResponseBody: { metadata: { name: 'pi', namespace: 'batch' } } };
  const outcome = (type: string) =>
    jobOutcome(eks, started, { Endpoint: 'https://eks' }, async (action, parameters) => {
      expect([action, parameters]).toMatchObject([
        'call',
        { Path: '/apis/batch/v1/namespaces/batch/jobs/pi' },
      ]);
      const conditions = [{ type, status: 'True' }];
      return { succeeded: true, output: { ResponseBody: { status: { conditions } } } };
    });
  expect(await outcome('Suspended')).toBeUndefined();
  expect(await outcome('Complete')).toMatchObject({ succeeded: true, output: { status: {} } });
  expect(await outcome('Failed')).toMatchObject({ succeeded: false });
});

/** The guide's sample project reads the job's `$.status` and `$.logs..pi`. */
test('a job of Kubernetes has the logs that its task asks for', async () => {
  const eks = parseResource('arn:aws:states:::eks:runJob.sync') as Resource;
  const job = { metadata: { name: 'pi', namespace: 'default' } };
  const done = { ...job, status: { conditions: [{ type: 'Complete', status: 'True' }] } };
  const paths: Readonly<Record<string, Json>> = {
    '/apis/batch/v1/namespaces/default/jobs/pi': done,
    '/api/v1/namespaces/default/pods': {
      items: [
        { metadata: { name: 'pod1' }, spec: { containers: [{ name: 'c1' }, { name: 'c2' }] } },
        { metadata: { name: 'pod2' }, spec: { containers: [{ name: 'c1' }] } },
      ],
    },
    '/api/v1/namespaces/default/pods/pod1/log': '{ "pi": 3.14 }',
  };
  const queries: Json[] = [];
  const outcome = (LogOptions: JsonObject) =>
    jobOutcome(eks, { ResponseBody: job }, { Endpoint: 'https://eks', LogOptions }, async (_, given) => {
      const { Path, QueryParameters = null } = given as JsonObject;
      queries.push(QueryParameters);
      const body = paths[String(Path)];
      if (body === undefined) return { succeeded: false, error: 'EKS.404', cause: 'no log' };
      return { succeeded: true, output: { ResponseBody: body } };
    });
  const logged = await outcome({ RetrieveLogs: true, LogParameters: { tailLines: ['6'] } });
  const missing = { error: 'EKS.404', cause: 'no log' };
  const pods = {
    pod1: { containers: { c1: { log: { pi: 3.14 } }, c2: { log: { pi: 3.14 } } } },
    pod2: { containers: { c1: missing } },
  };
  expect(logged).toEqual({ succeeded: true, output: { ...done, logs: { pods } } });
  expect(queries[1]).toEqual({ labelSelector: ['job-name=pi'] });
  expect(queries[2]).toEqual({ container: ['c1'], tailLines: ['6'] });
  expect(await outcome({ RetrieveLogs: true, RawLogs: true })).toMatchObject({
    output: { logs: { pods: { pod1: { containers: { c1: { log: '{ "pi": 3.14 }' } } } } } },
  });
  expect(await outcome({})).toEqual({ succeeded: true, output: done });
});

test.each([
  ['ecs:runTask', { Cluster: 'c' }, { Cluster: 'c', StartedBy: 'AWS Step Functions' }],
  [
    'batch:submitJob',
    { ContainerOverrides: { Vcpus: 4, Environment: [{ Name: 'A', Value: 'b' }] } },
    {
      ContainerOverrides: {
        Vcpus: 4,
        Environment: [
          { Name: 'A', Value: 'b' },
          { Name: 'MANAGED_BY_AWS', Value: 'STARTED_BY_STEP_FUNCTIONS' },
        ],
      },
    },
  ],
  [
    'sagemaker:createProcessingJob',
    { Tags: [{ Key: 'a', Value: 'b' }] },
    {
      Tags: [
        { Key: 'a', Value: 'b' },
        { Key: 'AWS_STEP_FUNCTIONS_EXECUTION_ARN', Value: parent },
        { Key: 'MANAGED_BY_AWS', Value: 'STARTED_BY_STEP_FUNCTIONS' },
      ],
    },
  ],
  ['glue:startJobRun', { JobName: 'j' }, { JobName: 'j' }],
])('%s.sync marks its job as started by Step Functions', (action, given, sent) => {
  const resource = (way: string) => parseResource(`arn:aws:states:::${action}${way}`) as Resource;
  expect(withStarter(resource('.sync'), given, parent)).toEqual(sent);
  expect(withStarter(resource(''), given, parent)).toEqual(given);
});

test.each(['', '.sync'])('mediaconvert:createJob%s gives its job the tag of the guide', (way) => {
  const create = parseResource(`arn:aws:states:::mediaconvert:createJob${way}`) as Resource;
  const tag = { ManagedByService: 'AWSStepFunctions' };
  expect(withStarter(create, { Role: 'r' }, parent)).toEqual({ Role: 'r', Tags: tag });
  expect(withStarter(create, { Tags: { a: 'b' } }, parent)).toEqual({ Tags: { a: 'b', ...tag } });
});

test('the result of a job of SageMaker has its tags by their keys', async () => {
  const processing = parseResource('arn:aws:states:::sagemaker:createProcessingJob.sync') as Resource;
  const given = { ProcessingJobName: 'p', Tags: [{ Key: 'a', Value: 'b' }] };
  const output = { ProcessingJobName: 'p', ProcessingJobStatus: 'Completed' };
  const outcome = await jobOutcome(processing, {}, given, async () => ({ succeeded: true, output }));
  expect(outcome).toEqual({ succeeded: true, output: { ...output, Tags: { a: 'b' } } });
});

/** Observed on AWS: aws-cdk issue 13735. */
test('errors of Elastic MapReduce are named EMR', () => {
  const { integration } = targetOf(parseResource('arn:aws:states:::elasticmapreduce:addStep') as Resource);
  const error = { code: 'ValidationException', modeled: false, message: 'no', status: 400, requestId: 'r' };
  expect(integration && optimizedFailure(integration, error)).toEqual({
    succeeded: false,
    error: 'EMR.AmazonElasticMapReduceException',
    cause:
      'no (Service: AmazonElasticMapReduce; Status Code: 400; Error Code: ValidationException; Request ID: r; Proxy: null)',
  });
});

test('actions of Elastic MapReduce are made of those of its API', async () => {
  const asked: [string, Json][] = [];
  const outcome = (action: string, parameters: JsonObject, output: JsonObject) => {
    const target = targetOf(parseResource(`arn:aws:states:::elasticmapreduce:${action}`) as Resource);
    return emrAction(target)?.(async (called, given) => {
      asked.push([called, given]);
      return { succeeded: true, output };
    }, parameters);
  };
  expect(await outcome('createCluster', { Name: 'n' }, { JobFlowId: 'j-1' })).toMatchObject({
    output: { ClusterId: 'j-1' },
  });
  const step = { Name: 's' };
  expect(await outcome('addStep', { ClusterId: 'j-1', Step: step }, { StepIds: ['s-1'] })).toMatchObject({
    output: { StepId: 's-1' },
  });
  const fleet = { InstanceFleetName: 'core', InstanceFleet: { TargetSpotCapacity: 2 } };
  const fleets = { InstanceFleets: [{ Id: 'if-1', Name: 'core' }] };
  await outcome('modifyInstanceFleetByName', { ClusterId: 'j-1', ...fleet }, fleets);
  const cancel = { ClusterId: 'j-1', StepId: 's-1', StepCancellationOption: 'SEND_INTERRUPT' };
  expect(await outcome('cancelStep', cancel, { CancelStepsInfoList: [{ StepId: 's-1' }] })).toMatchObject({
    output: { CancelStepsInfo: { StepId: 's-1' } },
  });
  expect(asked.pop()).toEqual([
    'cancelSteps',
    { ClusterId: 'j-1', StepIds: ['s-1'], StepCancellationOption: 'SEND_INTERRUPT' },
  ]);
  expect(asked).toEqual([
    ['runJobFlow', { Name: 'n' }],
    ['addJobFlowSteps', { JobFlowId: 'j-1', Steps: [step] }],
    ['listInstanceFleets', { ClusterId: 'j-1' }],
    [
      'modifyInstanceFleet',
      { ClusterId: 'j-1', InstanceFleet: { InstanceFleetId: 'if-1', TargetSpotCapacity: 2 } },
    ],
  ]);
});

test('describes the job of each integration', async () => {
  for (const [service, { actions }] of integrations) {
    for (const [action, ways] of Object.entries(actions)) {
      const resource = parseResource(`arn:aws:states:::${service}:${action}.sync`);
      if (!ways.includes('.sync') || typeof resource === 'string' || service === 'states') continue;
      const failure = { succeeded: false, error: 'asked' } as const;
      expect(await jobOutcome(resource, {}, {}, async () => failure)).toBe(failure);
    }
  }
});

test('an application of EMR Serverless is created also when it has started since', async () => {
  const create = parseResource('arn:aws:states:::emr-serverless:createApplication.sync') as Resource;
  const outcome = (State: string) =>
    jobOutcome(create, { ApplicationId: 'a' }, {}, async () => ({
      succeeded: true,
      output: { Application: { State } },
    }));
  expect(await outcome('CREATING')).toBeUndefined();
  expect(await outcome('STARTED')).toMatchObject({ succeeded: true });
  expect(await outcome('TERMINATED')).toMatchObject({ succeeded: false });
});
