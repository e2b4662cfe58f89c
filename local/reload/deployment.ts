/** Runs in a thread of its own, so that the manifests and the settings can be loaded anew like any other code. */
import { flowPlaceholders, type PipelineSources, pipelineFunctions, pipelineRules } from '../pipeline.ts';
import { localConfig } from '../settings.ts';

interface Event {
  /** Where settings are read from, by their names in capitals. */
  environment: Record<string, string | undefined>;
  sources: PipelineSources;
}

/** What the pipeline is made of, with its settings as they are now. */
export const handler = async ({ environment, sources }: Event) => {
  const config = localConfig(environment);
  return {
    functions: pipelineFunctions(config, sources),
    placeholders: flowPlaceholders(config),
    rules: pipelineRules,
  };
};
export type Deployment = Awaited<ReturnType<typeof handler>>;
