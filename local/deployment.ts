/** Runs in a thread of the local cloud, so that manifests and settings can be reloaded like any other code. */
import type { Config } from '../config/settings/index.ts';
import { type PipelineSources, pipelineDeployment } from './pipeline.ts';
import { localConfig } from './settings.ts';

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
export const handler = async ({ settings, sources }: Event) =>
  pipelineDeployment(localConfig(settings.environment, settings.fixed), sources);
