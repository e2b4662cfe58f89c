import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  CreateAliasCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, SFNClient, UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import { strToU8, zipSync } from 'fflate';
import { localAccess } from 'local-aws/client';
import sharp from 'sharp';
import { fillPlaceholders } from '../../asl/definition.ts';
import { canaryAlias, type FunctionName, functionsOf, liveAlias } from '../../config/functions.ts';
import type { Config } from '../../config/settings/index.ts';
import { flowPlaceholders } from '../pipeline.ts';
import { startLightEnvironment } from './light-pipeline.ts';
import { configIn } from './pipeline-under-test.ts';

const root = join(import.meta.dirname, '..', '..');

/**
 * Starts the light pipeline with operations that deploy to it as Terraform does: zips, published versions, an alias of each
 * function, and the definition that calls these. Each function and machine prints of which deployment it is.
 */
export async function startDeployedPipeline(settings: Partial<Config> = {}) {
  const pipeline = await startLightEnvironment(['scriptgen', 'ttsgen'], [], { settings });
  const { cloud, pathOf, write } = pipeline;
  const page = await sharp({ create: { width: 400, height: 600, channels: 3, background: '#ddd' } })
    .jpeg()
    .toBuffer();
  const [lambda, s3, sfn] = [
    new LambdaClient(cloud.clientOptions),
    new S3Client({ ...cloud.clientOptions, forcePathStyle: true }),
    new SFNClient(cloud.clientOptions),
  ];
  for (const client of [lambda, s3, sfn]) pipeline.started.defer(() => client.destroy());
  const Bucket = cloud.resources.artifactsBucket;
  write(
    'workers/renderer/main.ts',
    `console.log(process.env.WORKER_BUNDLE);\nawait import('./light.ts');\nexport {};\n`,
  );

  /** A function that prints its deployment and then does its work, unless its deployment is named `broken`. */
  const zipOf = (name: FunctionName, deployment: string) => {
    const fails = deployment === 'broken' && name === 'scriptgen';
    const code = `import { handler as work } from '${pathOf(`functions/${name}/handler.ts`)}';
      export const handler = async (...call) => {
        console.log('code of ${deployment}');
        ${fails ? "throw new Error('broken')" : 'return work(...call)'};
      };`;
    return zipSync({ 'index.mjs': strToU8(code) });
  };

  async function deployFunction(
    name: FunctionName,
    deployment: string,
    { bundle, Name }: { bundle: string; Name: string },
  ): Promise<void> {
    const FunctionName = `manga-pipeline-${name}`;
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf(name, deployment) }));
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const Variables = {
      ...Environment?.Variables,
      ...(name === 'start-renderer' && { WORKER_BUNDLE: bundle }),
    };
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName }));
    const alias = { FunctionName, Name, FunctionVersion: Version };
    await lambda.send(new UpdateAliasCommand(alias)).catch((error: Error) => {
      if (error.name !== 'ResourceNotFoundException') throw error;
      return lambda.send(new CreateAliasCommand(alias));
    });
  }

  function definitionOf(deployment: string, alias: string): string {
    const flow = readFileSync(join(root, 'asl', 'pipeline.asl.json'), 'utf8');
    const definition = JSON.parse(fillPlaceholders(flow, flowPlaceholders(configIn(pipeline))));
    return JSON.stringify({ ...definition, Comment: `of ${deployment}` }).replaceAll(
      `:${liveAlias}"`,
      `:${alias}"`,
    );
  }

  async function deployTo(Name: string, stateMachineArn: string, deployment: string): Promise<void> {
    const Key = `workers/renderer/${deployment}.tgz`;
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: deployment }));
    for (const name of functionsOf(configIn(pipeline)))
      await deployFunction(name, deployment, { bundle: `s3://${Bucket}/${Key}`, Name });
    const definition = definitionOf(deployment, Name);
    await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition })).catch((error: Error) => {
      if (error.name !== 'StateMachineDoesNotExist') throw error;
      const [name, roleArn] = [stateMachineArn.split(':').at(-1), 'arn:aws:iam::123456789012:role/states'];
      return sfn.send(new CreateStateMachineCommand({ name, roleArn, definition }));
    });
  }

  /** Runs a command of `./manga` in this cloud. */
  async function manga(...args: string[]): Promise<{ code: number; output: string }> {
    const env = { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', ...localAccess(cloud) };
    try {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, ['scripts/manga.ts', ...args], {
        cwd: root,
        env,
      });
      return { code: 0, output: stderr + stdout };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, output: stderr + stdout };
    }
  }

  const apply = (deployment: string) => deployTo(liveAlias, cloud.stateMachineArn, deployment);
  const applyForTrial = (deployment: string) =>
    deployTo(canaryAlias, `${cloud.stateMachineArn}-canary-run`, deployment);

  /** Lets time pass while something is awaited and nothing works. */
  async function whileJumping<T>(awaited: Promise<T>): Promise<T> {
    let isOver = false;
    const marked = awaited.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await wait(200);
      if (pipeline.invocations() === 0 && pipeline.up().length === 0) await pipeline.jump('1s');
    }
    return marked;
  }

  return {
    ...pipeline,
    manga,
    /** Deploys without a record, as Terraform does: for everything, or for a trial in a stage with `canary`. */
    apply,
    applyForTrial,
    whileJumping,
    async deploy(deployment: string): Promise<void> {
      await apply(deployment);
      const { code, output } = await manga('deploy', 'record');
      if (code !== 0) throw new Error(`the deployment was not recorded: ${output}`);
    },
    /** Deploys as in a stage with `canary`, and tries it with one job on a chapter. */
    async tryOut(deployment: string, chapter: string) {
      await applyForTrial(deployment);
      write(`chapters/${chapter}/001.jpg`, page);
      return whileJumping(manga('deploy', 'canary'));
    },
    /** Adds a chapter and starts a run. */
    begin: (chapter: string) => pipeline.begin(chapter, page),
    /** Returns the deployments that printed since the last `forget`, each once: of functions and of machines. */
    printed() {
      const texts = pipeline.entries.flatMap((entry) => (entry.type === 'log' ? [entry.data.text] : []));
      const of = (pattern: RegExp) => [...new Set(texts.flatMap((text) => pattern.exec(text)?.[1] ?? []))];
      return { functions: of(/^code of (\w+)$/), machines: of(/workers\/renderer\/(\w+)\.tgz$/) };
    },
  };
}
