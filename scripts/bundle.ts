/** `make bundle`: builds every function and worker for the architecture of STAGE, and prints a table of sizes. */
import { join } from 'node:path';
import type { OptionsOf } from '../config/commands/command.ts';
import type { bundle as declared } from '../config/commands/operate.ts';
import { shardsOnFunctions } from '../config/functions.ts';
import { loadDeployment } from '../stacks/deployment.ts';
import { bundle } from './bundle/bundle.ts';
import { sizeTable } from './bundle/sizes.ts';

const root = join(import.meta.dirname, '..');

export async function run({ stage = 'prod' }: OptionsOf<typeof declared>): Promise<void> {
  const deployment = await loadDeployment(stage, root);
  const { architecture, pageLanguages: languages } = deployment;
  const withFfmpeg = shardsOnFunctions(deployment);
  const signs = deployment.contentCredentials === 'signed';
  console.log(sizeTable(await bundle(root, { architecture, languages, withFfmpeg, signs })));
}
