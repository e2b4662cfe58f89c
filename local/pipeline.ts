import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type {
  Deployment,
  EventRule,
  FunctionDefinition,
  ProgramOf,
  Storage,
  TableDefinition,
} from 'local-aws';
import { localAccountId, stateMachineArn } from 'local-aws/client';
import { flowSettings } from '../asl/definition.ts';
import { eventRules, functionNames, functions, functionsOf, liveAlias } from '../config/functions.ts';
import type { Config } from '../config/settings/index.ts';
import { fillVariables, type ResourceName } from '../config/variables.ts';
import { machineLife, parseUserData, workerMemory } from '../domain/worker-task.ts';

/** The folders of the pipeline's code; tests use their own. */
export interface PipelineSources {
  functions: string;
  workers: string;
  flow: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));
export const projectSources: PipelineSources = {
  functions: join(root, 'functions'),
  workers: join(root, 'workers'),
  flow: join(root, 'asl', 'pipeline.asl.json'),
};

/** Returns all paths that functions, workers and settings are loaded from. */
export function sourcePaths({ functions, workers, flow }: PipelineSources): string[] {
  const shared = ['domain', 'providers', 'aws', 'functions', 'workers', 'config', 'packages'];
  return [...new Set([functions, workers, flow, ...shared.map((name) => join(root, name))])];
}

/** The name of the state machine, and the beginning of every other name. */
export const flowName = 'manga-pipeline';

/** Begins the names of what sample events use, so that they change nothing of the pipeline. */
export const sandboxName = `${flowName}-sandbox`;

const named = (name: string, prefix = flowName) => `${prefix}-${name}`;

/** Returns the names, ids and ARNs of this deployment's resources, or of its sandbox. */
export function pipelineResources(region: string, prefix = flowName): Record<ResourceName, string> {
  const profile = (name: string) => `arn:aws:iam::${localAccountId}:instance-profile/${named(name)}`;
  return {
    artifactsBucket: named('artifacts', prefix),
    jobsTable: named('jobs', prefix),
    countersTable: named('counters', prefix),
    chaptersTable: named('chapters', prefix),
    machinesTable: named('machines', prefix),
    errorTopic: `arn:aws:sns:${region}:${localAccountId}:${named('errors', prefix)}`,
    workerSubnets: 'subnet-local-a,subnet-local-b',
    rendererImage: 'ami-renderer',
    rendererSecurityGroup: 'sg-renderer',
    rendererInstanceProfile: profile('renderer'),
    uploaderImage: 'ami-uploader',
    uploaderSecurityGroup: 'sg-uploader',
    uploaderInstanceProfile: profile('uploader'),
    workerBundle: '',
    workerBundleHash: '',
    workerLogs: '',
    ffmpegBundle: '',
    ffmpegBundleHash: '',
    youtubeSecret: 'manga-pipeline/youtube',
    llmSecret: 'manga-pipeline/llm',
    voiceSecret: 'manga-pipeline/voice',
    signingSecret: 'manga-pipeline/signing',
  };
}

/** Returns the functions that a stage with these settings has, as AWS gets them. */
function pipelineFunctions(
  config: Config,
  sources: PipelineSources,
  prefix = flowName,
): FunctionDefinition[] {
  const made = pipelineResources(config.region, prefix);
  const resources = { ...made, machinesTable: config.workerIdleMinutes > 0 ? made.machinesTable : '' };
  return functionsOf(config).map((name) => ({
    name: named(name, prefix),
    label: name,
    file: join(sources.functions, name, 'handler.ts'),
    environment: fillVariables(functions[name].environment, config, resources),
    memory: functions[name].memory,
    timeout: functions[name].timeout,
    aliases: [liveAlias],
  }));
}

/** Returns the functions for sample events: the same code, with other tables, and a folder instead of a publisher. */
function sandboxFunctions(config: Config, sources: PipelineSources): FunctionDefinition[] {
  const own = { ...config, publisher: 'folder' as const, publisherFolder: resolve('.local', 'sandbox') };
  return pipelineFunctions(own, sources, sandboxName).map((one) => ({ ...one, hidden: true }));
}

/** Returns the values of the flow's placeholders. */
export function flowPlaceholders(config: Config): Record<string, string> {
  const { region } = config;
  const aliases = Object.entries(functionArns(region)).map(([name, arn]) => [name, `${arn}:${liveAlias}`]);
  return { ...Object.fromEntries(aliases), ...flowSettings(config, pipelineResources(region).jobsTable) };
}

/** Returns the ARN of each function by name. */
export function functionArns(region: string): Record<string, string> {
  const arn = (name: string) => `arn:aws:lambda:${region}:${localAccountId}:function:${named(name)}`;
  return Object.fromEntries(functionNames.map((name) => [name, arn(name)]));
}

/** Returns the rules of the manifest, with the local names of functions. */
const pipelineRules = (region: string): EventRule[] =>
  eventRules(
    ...[flowName, oneJobFlowName, replayFlowName, canaryFlowName].map((name) => flowArn(region, name)),
  ).map(({ name, pattern, functions: targets }) => ({
    name: named(name),
    pattern,
    functions: targets.map((target) => `${named(target)}:${liveAlias}`),
  }));

/** Values that change with the code of manifests and settings. */
export const pipelineDeployment = (config: Config, sources: PipelineSources): Deployment => ({
  functions: [...pipelineFunctions(config, sources), ...sandboxFunctions(config, sources)],
  placeholders: flowPlaceholders(config),
  rules: pipelineRules(config.region),
});

/** Returns the tables, the bucket and the topic. */
export function pipelineStorage(region: string, prefix = flowName): Required<Storage> {
  const { jobsTable, countersTable, chaptersTable, machinesTable, artifactsBucket } = pipelineResources(
    region,
    prefix,
  );
  return {
    tables: [
      tableOf(jobsTable, 'job_id'),
      tableOf(countersTable, 'date'),
      tableOf(chaptersTable, 'chapter_id'),
      tableOf(machinesTable, 'instance_id'),
    ],
    buckets: [artifactsBucket],
    topics: [named('errors', prefix)],
  };
}

const tableOf = (name: string, key: string): TableDefinition => ({
  TableName: name,
  KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
});

/** The names of the state machines that run one job again, or its copy, and then end; they are made on demand. */
export const oneJobFlowName = `${flowName}-one-job`;
export const replayFlowName = `${flowName}-replay`;
/** The name of the state machine that tries new code with one job; it exists where a deployment made it. */
const canaryFlowName = `${flowName}-canary-run`;

export const flowArn = (region: string, name = flowName): string =>
  stateMachineArn(name, { id: localAccountId, region });

/** Returns what a worker machine runs, from its user data, which the image would read. */
export const workerProgram =
  ({ workers }: PipelineSources): ProgramOf =>
  ({ userData }) => {
    const task = parseUserData(userData);
    const { WORKER: name = 'worker' } = task;
    return {
      name,
      main: join(workers, name, 'main.ts'),
      environment: { ...task, ...workerMemory, ...machineLife },
    };
  };
