import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isAlive, ProcessIdentity } from './process-identity.ts';

/** Two clouds on one state directory would corrupt it. */
export class StateInUse extends Error {
  override readonly name = 'StateInUse';
}

/**
 * Locks a state directory for this process; a lock of a process that has ended does not count. Returns a function that
 * unlocks it.
 */
export function lockState(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'lock.json');
  const holder = holderOf(file);
  if (holder)
    throw new StateInUse(
      `${directory} is in use by a running local cloud (process ${holder.pid}); stop it first`,
    );
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify(identify(process.pid)), { flag: 'wx' });
  return () => rmSync(file, { force: true });
}

/** Returns the pid of the running process that has locked a state directory. */
export const lockHolder = (directory: string): number | undefined =>
  holderOf(join(directory, 'lock.json'))?.pid;

function holderOf(file: string): ProcessIdentity | undefined {
  try {
    const holder = ProcessIdentity.parse(JSON.parse(readFileSync(file, 'utf8')));
    return isAlive(holder) ? holder : undefined;
  } catch {
    // No lock, or a partially written one.
    return undefined;
  }
}
