import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Deployment, exampleAmi, exampleRunbook } from '../config/deployment.ts';
import { type Config, parseSettings } from '../config/settings/index.ts';
import { dollars } from '../domain/cost.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { architectureOf, usualTypes } from '../domain/machine-types.ts';
import { priceOfVideo } from '../domain/video-price.ts';

const filePattern = /^manga-pipeline\.([^.]+)\.json$/;
const fileOf = (stage: string) => `manga-pipeline.${stage}.json`;

/** Reads the settings of a stage from its file; an unknown stage is rejected with the names of the known ones. */
export async function readStage(stage: string, folder: string): Promise<Record<string, unknown>> {
  const stages = (await readdir(folder)).flatMap((name) => filePattern.exec(name)?.[1] ?? []).sort();
  if (!stages.includes(stage))
    throw new ConfigurationError(
      `STAGE: ${stage} is not known; it must be ${stages.join(' or ')}, or have a file ${fileOf(stage)}`,
    );
  const text = await readFile(join(folder, fileOf(stage)), 'utf8');
  try {
    return { ...(JSON.parse(text) as Record<string, unknown>), stage };
  } catch (cause) {
    throw new ConfigurationError(`${fileOf(stage)} is not JSON: ${(cause as Error).message}`, { cause });
  }
}

/** Reads all settings of a stage, checked one by one and against each other. */
export async function loadDeployment(stage: string, folder: string): Promise<Deployment> {
  return parseDeployment(await readStage(stage, folder), fileOf(stage));
}

/** Checks settings like {@link loadDeployment}. `origin` names the file that can be corrected. */
export function parseDeployment(settings: unknown, origin: string): Deployment {
  const deployment = parseSettings(Deployment, withUsualMachines(settings), origin);
  const conflict = conflictIn(deployment);
  if (conflict) throw new ConfigurationError(`${origin} can't be used: ${conflict}`);
  return deployment;
}

/** The defaults of the settings are for x86_64; a stage of arm64 gets others. */
function withUsualMachines(settings: unknown): unknown {
  const { architecture } = Object(settings) as { architecture?: unknown };
  if (architecture !== 'arm64') return settings;
  const { renderer, uploader } = usualTypes.arm64;
  return { rendererInstanceType: [...renderer], uploaderInstanceType: [...uploader], ...Object(settings) };
}

/** Hours of a job with every retry of its machines; an older job is abandoned. */
const longestJobHours = 72;

function conflictIn(deployment: Deployment): string | undefined {
  const { architecture, vpcId, subnetIds, library, jobRetentionDays, reviewHours, tracing } = deployment;
  if (library !== 'bucket')
    return "library: must be bucket, the artifacts bucket's library/ prefix; functions have no folder";
  // What a trace says must not be readable on the way, and machines reach no other port.
  if (tracing !== 'off' && (URL.parse(tracing)?.protocol !== 'https:' || URL.parse(tracing)?.port))
    return `tracing: ${tracing} can't be reached by the machines; it has to be https at port 443`;
  if ((vpcId === undefined) !== (subnetIds === undefined))
    return `${vpcId ? 'subnetIds' : 'vpcId'}: is missing; set both vpcId and subnetIds, or neither`;
  if (deployment.review === 'manual' && jobRetentionDays * 24 < reviewHours + longestJobHours)
    return `jobRetentionDays: ${jobRetentionDays} is less than reviewHours and the ${longestJobHours} h of a job; the video would be deleted before its upload`;
  const video = priceOfVideo({
    ...{ minutes: 12, pages: 30, paidVoice: deployment.voice[0] === 'azure' },
    ...{ renderer: deployment.rendererInstanceType, uploader: deployment.uploaderInstanceType },
    renderShards: deployment.renderShards,
    renderShardsOn: deployment.renderShardsOn,
  }).usd;
  for (const setting of ['maxDailyCostUsd', 'monthlyBudgetUsd'] as const)
    if (deployment[setting] && deployment[setting] < video)
      return `${setting}: ${deployment[setting]} is less than one video costs, about ${dollars(video)} (make cost)`;
  for (const setting of ['rendererInstanceType', 'uploaderInstanceType'] as const) {
    const foreign = deployment[setting].find((type) => architectureOf(type) !== architecture);
    if (foreign) return `${setting}: ${foreign} does not run ${architecture}; change it or architecture`;
  }
  return undefined;
}

/** Providers that work on one machine only: espeak is GPL and in no bundle, and a folder is lost with its machine. */
const localOnly: Partial<Record<keyof Config, readonly string[]>> = {
  voice: ['espeak'],
  publisher: ['folder'],
};

/** Returns the reasons why a deployment can't make a video yet, one line each; with any, its schedule stays off. */
export function missingFor(deployment: Deployment): string[] {
  const reasons = Object.entries(localOnly).flatMap(([setting, names]) => {
    const chosen = String(deployment[setting as keyof Config]).split(',');
    return chosen
      .filter((name) => names.includes(name))
      .map((name) => `${setting}: ${name} works on one machine only`);
  });
  if (deployment.workerAmi === exampleAmi)
    reasons.push('workerAmi: is the example id; make ami builds an image and prints its own');
  if (deployment.runbookUrl === exampleRunbook)
    reasons.push('runbookUrl: is the example address; notifications link to it');
  return reasons;
}
