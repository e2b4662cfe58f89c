import { resolve } from 'node:path';
import type { LocalAddress } from 'local-aws/client';
import { callJson } from 'local-aws/client';
import { StateInUse } from 'local-aws/state';
import type { Config } from '../../config/settings/index.ts';
import { startLocalCloud } from '../cloud.ts';
import { enterLocalCloud } from '../control/client.ts';
import { createJournal } from '../journal.ts';
import { linesOf } from '../terminal/lines.ts';

export interface ReplayTarget {
  endpoint: string;
  region: string;
  stateMachineArn: string;
  close(): Promise<void>;
}

const machineName = 'manga-pipeline';

/** Opens the local cloud of `make dev`: the running one, or one on its state while this program runs. */
export async function openTarget(config: Config, verbose: boolean): Promise<ReplayTarget> {
  const stateDirectory = resolve('.local', 'dev');
  const journal = createJournal();
  journal.subscribe((entry) => {
    if (verbose && entry.type === 'log') console.log(linesOf(entry).join('\n'));
  });
  try {
    return await startLocalCloud({
      stateDirectory,
      port: 0,
      config,
      journal,
    });
  } catch (error) {
    const cloud = error instanceof StateInUse ? enterLocalCloud() : undefined;
    if (cloud) return running(cloud);
    throw error;
  }
}

async function running({ endpoint, region }: LocalAddress): Promise<ReplayTarget> {
  return { endpoint, region, stateMachineArn: await machineAt(endpoint, region), close: async () => {} };
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
