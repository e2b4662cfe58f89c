/** `make plan`, `deploy`, `destroy` and `ami`: checks the account, builds, then runs the program that does it. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { accountCheck } from '../aws/account-check.ts';
import { accountRepair } from '../aws/account-repair.ts';
import type { OptionsOf } from '../config/commands/command.ts';
import type * as declared from '../config/commands/operate.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { loadDeployment } from '../stacks/deployment.ts';
import { run as bundle } from './bundle.ts';
import { type Cloud, chooseStage, enterAccount, enterCloud } from './cloud.ts';
import { refuseUnfit } from './deploy/fit.ts';
import { runCanary } from './deployments/canary.ts';
import { recordDeployment } from './deployments/record.ts';
import { inTurn } from './manga/child.ts';

type Options = OptionsOf<typeof declared.deploy>;
const summary = 'scripts/plan-summary-terraform.sh';
const planFile = 'dist/reviewed.tfplan';

export async function plan(options: Options): Promise<number> {
  await prepare(options, 'fit');
  return inTurn(['node', 'main.ts'], [summary, 'plan', planFile], [summary, 'summary', planFile]);
}

export async function deploy(options: Options): Promise<number> {
  const cloud = await prepare(options, 'fit');
  const status = await inTurn(['scripts/cdktf.sh', 'deploy']);
  if (status !== 0) return status;
  await recordDeployment(cloud, console.log);
  return runCanary(cloud, console.log);
}

export async function destroy(options: OptionsOf<typeof declared.destroy>): Promise<number> {
  await prepare(options);
  return inTurn(['scripts/cdktf.sh', 'destroy']);
}

export async function ami({ validate }: OptionsOf<typeof declared.ami>): Promise<number> {
  if (validate) return inTurn(['workers/image/validate.sh']);
  await enterAccount('the machine image', process.env.AWS_REGION || 'us-east-1');
  return inTurn(['workers/image/build.sh']);
}

/** Checks what a deployment needs before anything is built: with `fit`, also whether its machines can start. */
async function prepare(options: Options, fit?: 'fit'): Promise<Cloud> {
  const cloud = chooseStage(process.env);
  if (spawnSync('terraform', ['version']).error)
    throw new ConfigurationError('terraform is missing; install it (1.10 or newer)');
  const deployment = await loadDeployment(cloud.stage, join(import.meta.dirname, '..'));
  await enterCloud(cloud);
  if (fit) await refuseUnfit(deployment, { ...accountCheck, ...accountRepair }, console.error);
  await bundle(options);
  return cloud;
}
