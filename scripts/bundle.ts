/** `make bundle`: builds every function and worker for the architecture of STAGE, and prints a table of sizes. */
import { join } from 'node:path';
import { loadDeployment } from '../stacks/deployment.ts';
import { bundle } from './bundle/bundle.ts';
import { sizeTable } from './bundle/sizes.ts';

const root = join(import.meta.dirname, '..');
try {
  const { architecture, pageLanguages } = await loadDeployment(process.env.STAGE ?? 'prod', root);
  console.log(sizeTable(await bundle(root, architecture, pageLanguages)));
} catch (error) {
  console.error(`make bundle: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
