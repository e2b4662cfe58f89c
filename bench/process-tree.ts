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

/** Memory of a process and all its descendants in bytes, pages that they share counted once. Linux only. */
export function treeMemory(root: number): number {
  const children = childrenByParent();
  let total = 0;
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    total += proportionalSize(pid);
    open.push(...(children.get(pid) ?? []));
  }
  return total;
}
