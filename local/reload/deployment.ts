/** Runs in a thread of its own, so that the manifests and the settings can be loaded anew like any other code. */
import type { Config } from '../../config/settings/index.ts';
import { flowPlaceholders, type PipelineSources, pipelineFunctions, pipelineRules } from '../pipeline.ts';
import { localConfig } from '../settings.ts';

/** Where the settings of a local run come from: variables by their names in capitals, and what the command decides. */
export interface ReloadSettings {
  environment: Record<string, string | undefined>;
  fixed?: Partial<Config>;
}

interface Event {
  settings: ReloadSettings;
  sources: PipelineSources;
}

/** What the pipeline is made of, with its settings as they are now. */
export const handler = async ({ settings, sources }: Event) => {
  const config = localConfig(settings.environment, settings.fixed);
  return {
    functions: pipelineFunctions(config, sources),
    placeholders: flowPlaceholders(config),
    rules: pipelineRules,
  };
};
export type Deployment = Awaited<ReturnType<typeof handler>>;
