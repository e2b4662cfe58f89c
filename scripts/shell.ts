/** `make live STAGE=dev CMD='…'`: runs a command, or a shell, with a stage's resource names in its environment. */
import { spawn } from 'node:child_process';
import { type DeployedFunction, deployedFunction } from '../aws/deployed-functions.ts';
import { checkVariables } from '../config/given-variables.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { type Names, namesOf } from '../stacks/names.ts';
import { type Cloud, enterCloud } from './cloud.ts';
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

/** Returns the exit status of the command. */
async function main(): Promise<number> {
  checkVariables(['STAGE', 'CMD'], process.env);
  const cloud = await enterCloud();
  const names = namesOf(cloud.stage);
  const environment = stageEnvironment(cloud.stage, names, await deployedFunctions(cloud, names));
  const shell = process.env.SHELL || '/bin/sh';
  const command = process.env.CMD;
  const child = spawn(shell, command ? ['-c', command] : ['-i'], {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  // The command handles Ctrl-C itself; this process waits for it.
  process.on('SIGINT', () => undefined);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: Error) => {
    console.error(`shell: ${error.message}`);
    process.exitCode = 1;
  },
);
