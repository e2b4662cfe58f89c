import { LambdaLayerVersion } from '@cdktf/provider-aws/lib/lambda-layer-version/index.js';
import { Construct } from 'constructs';
import {
  type FunctionEntry,
  type FunctionName,
  functions,
  functionsOf,
  type LayerName,
  type StandingFunction,
  shardsOnFunctions,
} from '../config/functions.ts';
import { fillVariables, type ResourceName } from '../config/variables.ts';
import { bundleAsset } from './constructs/asset.ts';
import { PipelineFunction } from './constructs/pipeline-function.ts';
import type { Site } from './site.ts';
import type { Storage } from './storage.ts';
import type { Workers } from './workers.ts';

/** The functions of a stage by name; some stages lack some. */
export type StageFunctions = Readonly<
  Record<StandingFunction, PipelineFunction> & Partial<Record<FunctionName, PipelineFunction>>
>;

/** The functions of the manifest that the stage has, each with its own role, log group and environment. */
export class Functions extends Construct {
  readonly all: StageFunctions;

  constructor(scope: Construct, site: Site, storage: Storage, workers: Workers, topicArn: string) {
    super(scope, 'functions');
    const layerNames: LayerName[] = [
      'sharp',
      ...(shardsOnFunctions(site.config) ? (['ffmpeg'] as const) : []),
    ];
    const layers = new Map(layerNames.map((name) => [name, this.#publishLayer(site, name).arn]));
    const made = functionsOf(site.config).map((name) => {
      const entry: FunctionEntry = functions[name];
      const created = new PipelineFunction(this, name, site, {
        ...{ name, entry },
        environment: fillVariables(
          entry.environment,
          site.config,
          resourcesFor(entry, site, storage, workers, topicArn),
        ),
        layers: (entry.layers ?? []).flatMap((layer) => layers.get(layer) ?? []),
        grounds: workers.grounds,
      });
      return [name, created] as const;
    });
    this.all = Object.fromEntries(made) as StageFunctions;
  }

  #publishLayer(site: Site, name: LayerName): LambdaLayerVersion {
    const { architecture } = site.config;
    const { path, sha256 } = bundleAsset(this, `${name}-bundle`, site, `layers/${name}-${architecture}.zip`);
    return new LambdaLayerVersion(this, name, {
      layerName: site.names.named(name),
      filename: path,
      sourceCodeHash: sha256.toString('base64'),
      compatibleArchitectures: [architecture],
      // The functions switch to the new version before the old one is deleted.
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

/** Values for the variables of a function. */
function resourcesFor(
  { launches }: FunctionEntry,
  { config, names }: Site,
  storage: Storage,
  workers: Workers,
  topicArn: string,
): Record<ResourceName, string> {
  const bundle = launches && workers.bundles[launches];
  return {
    artifactsBucket: storage.bucket.name,
    jobsTable: storage.tables.jobsTable.name,
    countersTable: storage.tables.countersTable.name,
    chaptersTable: storage.tables.chaptersTable.name,
    machinesTable: storage.machinesTable?.name ?? '',
    errorTopic: topicArn,
    workerSubnets: workers.subnetIds.join(','),
    rendererImage: config.workerAmi,
    rendererSecurityGroup: workers.securityGroupId,
    rendererInstanceProfile: workers.machines.renderer.profileArn,
    uploaderImage: config.workerAmi,
    uploaderSecurityGroup: workers.securityGroupId,
    uploaderInstanceProfile: workers.machines.uploader.profileArn,
    workerBundle: bundle?.url ?? '',
    workerBundleHash: bundle?.sha256 ?? '',
    workerLogs: names.workerLogs,
    ffmpegBundle: workers.ffmpeg?.url ?? '',
    ffmpegBundleHash: workers.ffmpeg?.sha256 ?? '',
    youtubeSecret: names.secret('youtube'),
    llmSecret: names.secret('llm'),
    voiceSecret: names.secret('voice'),
    signingSecret: names.secret('signing'),
  };
}
