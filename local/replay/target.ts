import { resolve } from 'node:path';
import { StateInUse } from 'local-aws/state';
import type { Config } from '../../config/settings/index.ts';
import { startLocalCloud } from '../cloud.ts';
import { enterLocalCloud } from '../control/client.ts';
import { createJournal } from '../journal.ts';
import { flowArn } from '../pipeline.ts';
import { linesOf } from '../terminal/lines.ts';

export interface ReplayTarget {
  endpoint: string;
  region: string;
  stateMachineArn: string;
  close(): Promise<void>;
}

/** Opens the local cloud of `make dev`: the running one, or one on its state while this program runs. */
export async function openTarget(config: Config, verbose: boolean): Promise<ReplayTarget> {
  const stateDirectory = resolve('.local', 'dev');
  const journal = createJournal();
  journal.subscribe((entry) => {
    if (verbose && entry.type === 'log') console.log(linesOf(entry).join('\n'));
  });
  try {
    return await startLocalCloud({ stateDirectory, port: 0, config, journal });
  } catch (error) {
    const cloud = error instanceof StateInUse ? enterLocalCloud() : undefined;
    if (!cloud) throw error;
    const { endpoint, region } = cloud;
    return { endpoint, region, stateMachineArn: flowArn(region), close: async () => {} };
  }
}
