/** Runs in its own thread, so that manifests and settings can be reloaded like any other code. */
import type { Config } from '../../config/settings/index.ts';
import { flowPlaceholders, type PipelineSources, pipelineFunctions, pipelineRules } from '../pipeline.ts';
import { localConfig } from '../settings.ts';

/** The settings of a local run: variables in capitals, and the values that the command fixes. */
export interface ReloadSettings {
  environment: Record<string, string | undefined>;
  fixed?: Partial<Config>;
}

interface Event {
  settings: ReloadSettings;
  sources: PipelineSources;
}

/** Returns the deployment with its current settings. */
export const handler = async ({ settings, sources }: Event) => {
  const config = localConfig(settings.environment, settings.fixed);
  return {
    functions: pipelineFunctions(config, sources),
    placeholders: flowPlaceholders(config),
    rules: pipelineRules,
  };
};
export type Deployment = Awaited<ReturnType<typeof handler>>;
