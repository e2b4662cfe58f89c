import { LambdaLayerVersion } from '@cdktf/provider-aws/lib/lambda-layer-version/index.js';
import { Construct } from 'constructs';
import { type FunctionEntry, type FunctionName, functions, type LayerName } from '../config/functions.ts';
import { fillVariables, type ResourceName } from '../config/variables.ts';
import { bundleAsset } from './constructs/asset.ts';
import { PipelineFunction } from './constructs/pipeline-function.ts';
import type { Site } from './site.ts';
import type { Storage } from './storage.ts';
import type { Workers } from './workers.ts';

/** Every function of the manifest, each with its own role, log group and environment. */
export class Functions extends Construct {
  readonly all: Readonly<Record<FunctionName, PipelineFunction>>;

  constructor(scope: Construct, site: Site, storage: Storage, workers: Workers, topicArn: string) {
    super(scope, 'functions');
    const layers: Record<LayerName, string> = { sharp: this.#publishLayer(site, 'sharp').arn };
    const made = Object.entries(functions).map(([name, entry]: [string, FunctionEntry]) => [
      name,
      new PipelineFunction(this, name, site, {
        name: name as FunctionName,
        entry,
        environment: fillVariables(
          entry.environment,
          site.config,
          resourcesFor(entry, site, storage, workers, topicArn),
        ),
        layers: (entry.layers ?? []).map((layer) => layers[layer]),
        grounds: workers.grounds,
      }),
    ]);
    this.all = Object.fromEntries(made) as Record<FunctionName, PipelineFunction>;
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
    youtubeSecret: names.secret('youtube'),
    llmSecret: names.secret('llm'),
    voiceSecret: names.secret('voice'),
  };
}
