import { enableCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import type { Config } from '../../config/settings/index.ts';
import { startLocalCloud } from '../cloud.ts';
import { logLines } from '../services/log.ts';
import { StateInUse } from '../state-lock.ts';
import { callJson } from '../wire.ts';
import { ReplayRefused } from './arguments.ts';

export interface ReplayTarget {
  endpoint: string;
  region: string;
  stateMachineArn: string;
  close(): Promise<void>;
}

const machineName = 'manga-pipeline';

/** Opens the local cloud of `make dev`: the running one, or one on its state while this program runs. */
export async function openTarget(config: Config, port: number, verbose: boolean): Promise<ReplayTarget> {
  const stateDirectory = resolve('.local', 'dev');
  enableCompileCache(join(stateDirectory, 'code-cache'));
  try {
    return await startLocalCloud({
      stateDirectory,
      port: 0,
      config,
      log: (entry) => {
        if (verbose) console.log(logLines(entry).join('\n'));
      },
    });
  } catch (error) {
    if (error instanceof StateInUse) return running(config, port);
    throw error;
  }
}

async function running({ region }: Config, port: number): Promise<ReplayTarget> {
  const endpoint = `http://127.0.0.1:${port}`;
  const stateMachineArn = await machineAt(endpoint, region).catch((error: Error) => {
    throw new ReplayRefused(
      `the running local cloud does not respond at ${endpoint} (${error.message}); set PORT to its port`,
    );
  });
  return { endpoint, region, stateMachineArn, close: async () => {} };
}

async function machineAt(endpoint: string, region: string): Promise<string> {
  const { stateMachines } = await callJson<{ stateMachines: { stateMachineArn: string; name: string }[] }>(
    { endpoint, region },
    'states',
    'ListStateMachines',
    {},
  );
  const machine = stateMachines.find(({ name }) => name === machineName) ?? stateMachines[0];
  if (!machine) throw new Error('the local cloud has no state machine');
  return machine.stateMachineArn;
}
