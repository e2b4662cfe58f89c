import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

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
      // The process ended in the meantime.
    }
  }
  return children;
}

/** Returns the private and the file-backed memory of a process in bytes; undefined when it has ended. */
function memoryOf(pid: number): { program: string; own: number; files: number } | undefined {
  try {
    const program = readlinkSync(`/proc/${pid}/exe`);
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const bytes = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) * kilobyte;
    return { program, own: bytes('Pss_Anon'), files: bytes('Rss') - bytes('Anonymous') };
  } catch {
    return undefined;
  }
}

/** Returns a process and all its descendants, parents first. Linux only. */
function processTree(root: number): number[] {
  const children = childrenByParent();
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/**
 * Returns the memory of a process and all its descendants in bytes, as if nothing else ran: files of a program count
 * once for all its processes, and in full even when other processes map them. Linux only.
 */
export function treeMemory(root: number): number {
  const files = new Map<string, number>();
  let total = 0;
  for (const pid of processTree(root)) {
    const memory = memoryOf(pid);
    if (!memory) continue;
    total += memory.own;
    files.set(memory.program, Math.max(files.get(memory.program) ?? 0, memory.files));
  }
  return [...files.values()].reduce((sum, bytes) => sum + bytes, total);
}

/** Stops a process and all its descendants with SIGSTOP during `work`. */
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

/** Signals the root first: while it is stopped, it cannot start other processes. */
function signalTree(root: number, signal: 'SIGSTOP' | 'SIGCONT'): void {
  send(root, signal);
  for (const pid of processTree(root).slice(1)) send(pid, signal);
}

function send(pid: number, signal: 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // The process has ended.
  }
}
