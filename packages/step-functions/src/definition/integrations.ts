/** AWS's optimized integrations, with the ways in which each action can be called. */

export type Way = '' | '.sync' | '.sync:2' | '.waitForTaskToken';

export interface Integration {
  /** The service's name in packages of the AWS SDK and in the variable of its endpoint. */
  readonly client: string;
  /** The part of error names before the period. */
  readonly prefix: string;
  /** The service's name in causes. */
  readonly sdkName: string;
  readonly actions: Readonly<Record<string, readonly Way[]>>;
  /** Clients of actions that another client than the service's has. */
  readonly otherClients?: Readonly<Record<string, string>>;
  /** Fields of the integration itself, which the service's actions lack, and their members. */
  readonly ownFields?: Readonly<Record<string, readonly string[]>>;
  /** Responses are streams of events, which this engine does not read: its tasks have results in TestState only. */
  readonly streams?: true;
}

const once: readonly Way[] = [''];
const token: readonly Way[] = ['', '.waitForTaskToken'];
const job: readonly Way[] = ['', '.sync'];
const all: readonly Way[] = ['', '.sync', '.waitForTaskToken'];

function integration(
  client: string,
  prefix: string,
  sdkName: string,
  actions: Integration['actions'],
): Integration {
  return { client, prefix, sdkName, actions };
}

/**
 * By the service's name in the resource's ARN; from the "Integrating optimized services" page of the developer guide and the
 * pages of its services.
 */
export const integrations: ReadonlyMap<string, Integration> = new Map([
  ['lambda', integration('lambda', 'Lambda', 'AWSLambda', { invoke: token })],
  ['sqs', integration('sqs', 'SQS', 'AmazonSQS', { sendMessage: token })],
  ['sns', integration('sns', 'SNS', 'AmazonSNS', { publish: token })],
  ['events', integration('eventbridge', 'EventBridge', 'AmazonEventBridge', { putEvents: token })],
  [
    'dynamodb',
    integration('dynamodb', 'DynamoDB', 'AmazonDynamoDBv2', {
      getItem: once,
      putItem: once,
      updateItem: once,
      deleteItem: once,
    }),
  ],
  [
    'states',
    integration('sfn', 'StepFunctions', 'AWSStepFunctions', {
      startExecution: ['', '.sync', '.sync:2', '.waitForTaskToken'],
    }),
  ],
  ['ecs', integration('ecs', 'ECS', 'AmazonECS', { runTask: all })],
  ['batch', integration('batch', 'Batch', 'AWSBatch', { submitJob: job })],
  ['glue', integration('glue', 'Glue', 'AWSGlue', { startJobRun: job })],
  ['databrew', integration('databrew', 'DataBrew', 'AWSGlueDataBrew', { startJobRun: job })],
  [
    'athena',
    integration('athena', 'Athena', 'AmazonAthena', {
      startQueryExecution: job,
      stopQueryExecution: once,
      getQueryExecution: once,
      getQueryResults: once,
    }),
  ],
  [
    'codebuild',
    integration('codebuild', 'CodeBuild', 'AWSCodeBuild', {
      startBuild: job,
      stopBuild: once,
      startBuildBatch: job,
      stopBuildBatch: once,
      retryBuildBatch: job,
      deleteBuildBatch: once,
      batchDeleteBuilds: once,
      batchGetReports: once,
    }),
  ],
  [
    'sagemaker',
    integration('sagemaker', 'SageMaker', 'AmazonSageMaker', {
      createTrainingJob: job,
      createTransformJob: job,
      createProcessingJob: job,
      createHyperParameterTuningJob: job,
      createLabelingJob: job,
      createModel: once,
      createEndpoint: once,
      createEndpointConfig: once,
      updateEndpoint: once,
    }),
  ],
  [
    'bedrock',
    {
      ...integration('bedrock-runtime', 'Bedrock', 'BedrockRuntime', {
        invokeModel: token,
        createModelCustomizationJob: job,
      }),
      otherClients: { createModelCustomizationJob: 'bedrock' },
      // The address in S3 of a large request or response of invokeModel.
      ownFields: { Input: ['S3Uri'], Output: ['S3Uri'] },
    },
  ],
  [
    'bedrockagentcore',
    {
      ...integration('bedrock-agentcore', 'BedrockAgentCore', 'BedrockAgentCore', { invokeHarness: once }),
      streams: true,
    },
  ],
  ['mediaconvert', integration('mediaconvert', 'MediaConvert', 'AWSMediaConvert', { createJob: job })],
  [
    'emr-serverless',
    integration('emr-serverless', 'EmrServerless', 'EMRServerless', {
      createApplication: job,
      startApplication: job,
      stopApplication: job,
      deleteApplication: job,
      startJobRun: job,
      cancelJobRun: job,
    }),
  ],
  [
    'emr-containers',
    integration('emr-containers', 'EmrContainers', 'AmazonEMRContainers', {
      createVirtualCluster: once,
      deleteVirtualCluster: job,
      startJobRun: job,
    }),
  ],
  [
    'elasticmapreduce',
    integration('emr', 'EMR', 'AmazonElasticMapReduce', {
      createCluster: job,
      terminateCluster: job,
      addStep: job,
      cancelStep: once,
      setClusterTerminationProtection: once,
      modifyInstanceFleetByName: once,
      modifyInstanceGroupByName: once,
    }),
  ],
  [
    'eks',
    integration('eks', 'EKS', 'AmazonEKS', {
      createCluster: job,
      deleteCluster: job,
      createNodegroup: job,
      deleteNodegroup: job,
      createFargateProfile: job,
      deleteFargateProfile: job,
      call: once,
      runJob: job,
    }),
  ],
  ['apigateway', integration('api-gateway', 'ApiGateway', 'AmazonApiGateway', { invoke: token })],
  ['http', integration('http', 'States.Http', 'Http', { invoke: once })],
]);
