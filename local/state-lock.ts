import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isAlive, ProcessIdentity } from './services/process-identity.ts';

/** Two clouds on one state directory would ruin it. */
export class StateInUse extends Error {
  override readonly name = 'StateInUse';
}

/** Takes a state directory for this process; a lock whose process is gone counts for nothing. Returns the release. */
export function lockState(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'lock.json');
  const holder = holderOf(file);
  if (holder)
    throw new StateInUse(
      `${directory} is in use by a local cloud that runs already (process ${holder.pid}); stop that one first`,
    );
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify(identify(process.pid)), { flag: 'wx' });
  return () => rmSync(file, { force: true });
}

function holderOf(file: string): ProcessIdentity | undefined {
  try {
    const holder = ProcessIdentity.parse(JSON.parse(readFileSync(file, 'utf8')));
    return isAlive(holder) ? holder : undefined;
  } catch {
    // No lock, or one that was only half written.
    return undefined;
  }
}
