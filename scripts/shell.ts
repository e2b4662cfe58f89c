/** `make live STAGE=dev CMD='…'`: runs a command, or a shell, with a stage's resource names in its environment. */
import { type DeployedFunction, deployedFunction } from '../aws/deployed-functions.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { type Names, namesOf } from '../stacks/names.ts';
import { type Cloud, enterCloud } from './cloud.ts';
import { childStatus } from './manga/child.ts';
import { stageEnvironment } from './shell/stage-environment.ts';

async function deployedFunctions({ stage, local }: Cloud, names: Names): Promise<DeployedFunction[]> {
  const found = await Promise.all(Object.values(names.functions).map(deployedFunction));
  const deployed = found.filter((one) => one !== undefined);
  if (deployed.length > 0) return deployed;
  if (local) throw new ConfigurationError(`${local.endpoint} does not have the pipeline; make dev starts it`);
  throw new ConfigurationError(
    `stage ${stage} is not deployed in this account and region; make deploy STAGE=${stage}`,
  );
}

/** Runs a command with the names of the stage in its environment; returns its exit status. */
export async function runInStage(command: string): Promise<number> {
  const cloud = await enterCloud();
  const names = namesOf(cloud.stage);
  const environment = stageEnvironment(cloud.stage, names, await deployedFunctions(cloud, names));
  return childStatus(process.env.SHELL || '/bin/sh', ['-c', command], { ...process.env, ...environment });
}
