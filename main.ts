/** Synthesizes the stack of STAGE into `cdktf.out/`: settings in, Terraform out. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { App } from 'cdktf';
import { ConfigurationError } from './domain/errors.ts';
import { loadDeployment, missingFor } from './stacks/deployment.ts';
import { MangaPipelineStack } from './stacks/manga-pipeline-stack.ts';
import { checkFlow } from './stacks/pipeline.ts';
import { lockFile, readLock } from './stacks/provider-lock.ts';

const root = import.meta.dirname;
const stage = process.env.STAGE ?? 'prod';

try {
  const config = await loadDeployment(stage, root);
  const flow = await readFile(join(root, 'asl', 'pipeline.asl.json'), 'utf8');
  checkFlow(flow, config);
  const lock = await readLock(root);
  const app = new App();
  const stack = new MangaPipelineStack(app, config, join(root, 'dist'), flow);
  app.synth();
  if (lock) await writeFile(join(app.outdir, 'stacks', stack.node.id, lockFile), lock);
  for (const reason of missingFor(config))
    console.warn(`Not ready to run, so the schedule is off: ${reason} (manga-pipeline.${stage}.json)`);
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
