/** `make doctor`: checks this machine, the settings of a stage and the account, and says how to fix problems. */
import { join } from 'node:path';
import { accountCheck } from '../aws/account-check.ts';
import { deployedFunction } from '../aws/deployed-functions.ts';
import { secretStore } from '../aws/secret-store.ts';
import type { OptionsOf } from '../config/commands/command.ts';
import type { doctor } from '../config/commands/operate.ts';
import { loadDeployment } from '../stacks/deployment.ts';
import { namesOf } from '../stacks/names.ts';
import { chooseCloud, enterCloud } from './cloud.ts';
import { accountChecks } from './doctor/account.ts';
import { type Check, type Finding, lookAt, report } from './doctor/check.ts';
import { machineChecks, toolChecks } from './doctor/machine.ts';
import { settingsChecks } from './doctor/stage.ts';
import { secretNeeds } from './secrets/needs.ts';

const root = join(import.meta.dirname, '..');
const found: Finding[] = [];

async function section(title: string, checks: readonly Check[]): Promise<void> {
  const findings = await Promise.all(checks.map(lookAt));
  found.push(...findings.map(({ finding }) => finding));
  console.log(`${report(title, findings)}\n`);
}

export async function run({ audit, ffmpegPath, ffprobePath }: OptionsOf<typeof doctor>): Promise<number> {
  if (audit) return (await import('./supply-chain.ts')).audit();
  const cloud = chooseCloud();
  const { stage, local } = cloud;
  await section('This machine', machineChecks(root, ffmpegPath, ffprobePath));
  await section('Tools for deploying', toolChecks());
  const deployment = await loadDeployment(stage, root);
  await section(`Settings of stage ${stage}`, settingsChecks(deployment));
  const entered = await enterCloud(cloud, console.log).catch((error: Error) => error);
  if (entered instanceof Error) {
    console.log(`The account was not checked: ${entered.message}.`);
    return summary();
  }
  const names = namesOf(stage);
  const needs = () => secretNeeds({ ...deployment }, (name) => secretStore.stateOf(names.secret(name)));
  const ports = { ...accountCheck, deployedFunction, secretNeeds: needs };
  // The local cloud has no images, subscriptions or limits.
  const checks = accountChecks(deployment, names, ports).slice(0, local ? 3 : undefined);
  await section(local ? 'Local cloud' : `Account, stage ${stage}`, checks);
  return summary();
}

function summary(): number {
  const failed = found.filter(({ state }) => state === 'fail').length;
  if (failed > 0) console.log(`${failed} to fix`);
  return failed > 0 ? 1 : 0;
}
