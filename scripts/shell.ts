/** `make live STAGE=dev CMD='…'`: runs a command, or a shell, with a stage's resource names in its environment. */
import { spawn } from 'node:child_process';
import { type DeployedFunction, deployedFunction } from '../aws/deployed-functions.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { type Names, namesOf } from '../stacks/names.ts';
import { stageEnvironment } from './shell/stage-environment.ts';
import { enterStage, isLocalCloud, stageOf } from './stage.ts';

async function deployedFunctions(stage: string, names: Names): Promise<DeployedFunction[]> {
  const found = await Promise.all(Object.values(names.functions).map(deployedFunction));
  const deployed = found.filter((one) => one !== undefined);
  if (deployed.length > 0) return deployed;
  const fix = isLocalCloud() ? 'make dev starts the local cloud, STAGE=prod' : `make deploy STAGE=${stage}`;
  throw new ConfigurationError(`stage ${stage} is not deployed in this account and region; ${fix}`);
}

/** Returns the exit status of the command. */
async function main(): Promise<number> {
  const stage = stageOf(process.env);
  const names = namesOf(stage);
  await enterStage(stage);
  const environment = stageEnvironment(stage, names, await deployedFunctions(stage, names));
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
