import { readdirSync, readFileSync } from 'node:fs';

const kilobyte = 1024;

function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
    } catch {
      // It ended while we looked.
    }
  }
  return children;
}

function proportionalSize(pid: number): number {
  try {
    const [, kilobytes] = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+)/m) ?? [];
    return Number(kilobytes ?? 0) * kilobyte;
  } catch {
    return 0;
  }
}

/** A process and all its descendants, parents first. Linux only. */
function processTree(root: number): number[] {
  const children = childrenByParent();
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** Memory of a process and all its descendants in bytes, pages that they share counted once. Linux only. */
export function treeMemory(root: number): number {
  return processTree(root).reduce((total, pid) => total + proportionalSize(pid), 0);
}

/** Halts a process and all its descendants while `work` is done. */
export async function whileHalted(root: number, work: () => Promise<void>): Promise<void> {
  const proceed = () => signalTree(root, 'SIGCONT');
  process.once('exit', proceed);
  try {
    signalTree(root, 'SIGSTOP');
    await work();
  } finally {
    process.off('exit', proceed);
    proceed();
  }
}

/** The root comes first: halted, it starts no other meanwhile. */
function signalTree(root: number, signal: 'SIGSTOP' | 'SIGCONT'): void {
  send(root, signal);
  for (const pid of processTree(root).slice(1)) send(pid, signal);
}

function send(pid: number, signal: 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}
