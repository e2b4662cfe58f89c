import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fillPlaceholders, flowSettings } from '../asl/definition.ts';
import { eventRules, type FunctionName, functions } from '../config/functions.ts';
import type { Config } from '../config/settings/index.ts';
import { fillVariables, type ResourceName } from '../config/variables.ts';
import { localAccountId, messagingAccountId } from './services/account.ts';
import type { EventRule } from './services/events/bus.ts';
import type { FunctionDefinition } from './services/lambda/definition.ts';
import { callJson, makeBucket, makeTopic, WireError, type WireTarget } from './wire.ts';

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

/** Returns all paths from which functions, workers and settings are loaded. */
export function sourcePaths({ functions, workers, flow }: PipelineSources): string[] {
  const shared = ['domain', 'providers', 'aws', 'functions', 'workers', 'config', 'packages'];
  return [...new Set([functions, workers, flow, ...shared.map((name) => join(root, name))])];
}

const named = (name: string) => `manga-pipeline-${name}`;
const functionNames = Object.keys(functions) as FunctionName[];

/** Returns the names, ids and ARNs of this deployment's resources. */
export function pipelineResources(region: string): Record<ResourceName, string> {
  const profile = (name: string) => `arn:aws:iam::${localAccountId}:instance-profile/${named(name)}`;
  return {
    artifactsBucket: named('artifacts'),
    jobsTable: named('jobs'),
    countersTable: named('counters'),
    chaptersTable: named('chapters'),
    errorTopic: `arn:aws:sns:${region}:${messagingAccountId}:${named('errors')}`,
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
    youtubeSecret: 'manga-pipeline/youtube',
    llmSecret: 'manga-pipeline/llm',
    voiceSecret: 'manga-pipeline/voice',
  };
}

/** Returns all functions of the manifest, as AWS gets them. */
export function pipelineFunctions(config: Config, sources: PipelineSources): FunctionDefinition[] {
  const resources = pipelineResources(config.region);
  return functionNames.map((name) => ({
    name: named(name),
    label: name,
    file: join(sources.functions, name, 'handler.ts'),
    environment: fillVariables(functions[name].environment, config, resources),
    memory: functions[name].memory,
    timeout: functions[name].timeout,
  }));
}

/** Returns the values of the flow's placeholders. */
export function flowPlaceholders(config: Config): Record<string, string> {
  const { region } = config;
  return { ...functionArns(region), ...flowSettings(config, pipelineResources(region).jobsTable) };
}

/** Returns the ARN of each function by name. */
export function functionArns(region: string): Record<string, string> {
  const arn = (name: string) => `arn:aws:lambda:${region}:${localAccountId}:function:${named(name)}`;
  return Object.fromEntries(functionNames.map((name) => [name, arn(name)]));
}

/** The rules of the manifest, with the local names of functions. */
export const pipelineRules: readonly EventRule[] = eventRules.map((rule) => ({
  name: named(rule.name),
  pattern: rule.pattern,
  functions: rule.functions.map(named),
}));

/** Creates the tables, the bucket and the topic; existing ones stay unchanged. */
export async function deployStorage(target: WireTarget): Promise<void> {
  const { jobsTable, countersTable, chaptersTable, artifactsBucket } = pipelineResources(target.region);
  await Promise.all([
    makeTable(target, jobsTable, 'job_id'),
    makeTable(target, countersTable, 'date'),
    makeTable(target, chaptersTable, 'chapter_id'),
    makeBucket(target, artifactsBucket),
    makeTopic(target, named('errors')),
  ]);
}

export const stateMachineArn = (region: string): string =>
  `arn:aws:states:${region}:${localAccountId}:stateMachine:manga-pipeline`;

/** Creates or updates the flow. */
export async function deployFlow(
  target: WireTarget,
  placeholders: Readonly<Record<string, string>>,
  sources: PipelineSources,
): Promise<void> {
  const machine = {
    definition: fillPlaceholders(await readFile(sources.flow, 'utf8'), placeholders),
    roleArn: `arn:aws:iam::${localAccountId}:role/${named('states')}`,
  };
  const isNew = await unless('StateMachineAlreadyExists', () =>
    callJson(target, 'states', 'CreateStateMachine', { name: 'manga-pipeline', ...machine }),
  );
  if (isNew) return;
  const update = { stateMachineArn: stateMachineArn(target.region), ...machine };
  await callJson(target, 'states', 'UpdateStateMachine', update);
}

async function makeTable(target: WireTarget, name: string, key: string): Promise<void> {
  const table = {
    TableName: name,
    KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  };
  await unless('ResourceInUseException', () => callJson(target, 'dynamodb', 'CreateTable', table));
}

/** Returns true when a call succeeded, false for the error that says that it was already done. */
async function unless(code: string, call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (error instanceof WireError && error.code === code) return false;
    throw error;
  }
}
