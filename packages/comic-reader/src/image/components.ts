import type { Box } from '../page/page.ts';
import { runsOf } from './pixel-runs.ts';
import type { Mask } from './raster.ts';

/** A connected piece of a mask: its box and its number of pixels. */
export interface Component extends Box {
  /** Its number in `labels`, from 1. */
  label: number;
  area: number;
  /** True if it reaches the edge of the mask. */
  touchesEdge: boolean;
}

export interface Labelling {
  components: Component[];
  /** Returns the number of each pixel's component; 0 where the mask is 0, and in components that are not wanted. */
  labels(isWanted?: (component: Component) => boolean): Int32Array;
  /** Sets the pixels of some components in a mask of the same size. */
  paint(mask: Mask, value: 0 | 1, isPainted: (component: Component) => boolean): void;
}

/**
 * Finds connected components by union-find over runs of pixels: the cost is linear, and there is no recursion that could
 * exhaust the stack on a page of 30,000 rows.
 * @param diagonal joins pixels that touch only at corners
 */
export function label(mask: Mask, diagonal = true): Labelling {
  const { width, height } = mask;
  const { ends } = runsOf(mask);
  const parent = joinedRuns(ends, mask, diagonal ? 1 : 0);
  const components: Component[] = [];
  const numbers = new Int32Array(parent.length);
  let y = 0;
  for (let i = 0; i < parent.length; i++) {
    const root = rootOf(parent, i);
    const from = ends[2 * i] as number;
    const to = ends[2 * i + 1] as number;
    while (from >= (y + 1) * width) y++;
    const x = from - y * width;
    // A root is the first of its runs.
    if (root === i)
      numbers[i] = components.push({
        label: components.length + 1,
        x,
        y,
        w: 0,
        h: 0,
        area: 0,
        touchesEdge: false,
      });
    const number = numbers[root] as number;
    numbers[i] = number;
    const c = components[number - 1] as Component;
    c.area += to - from;
    // Until the end, w and h hold the far corner.
    if (x < c.x) c.x = x;
    if (x + to - from > c.w) c.w = x + to - from;
    if (y + 1 > c.h) c.h = y + 1;
  }
  for (const c of components) {
    c.touchesEdge = c.x === 0 || c.y === 0 || c.w === width || c.h === height;
    c.w -= c.x;
    c.h -= c.y;
  }
  const labels: Labelling['labels'] = (isWanted = () => true) => {
    const wanted = components.map(isWanted);
    const all = new Int32Array(width * height);
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i] as number;
      if (wanted[number - 1]) all.fill(number, ends[2 * i] as number, ends[2 * i + 1] as number);
    }
    return all;
  };
  const paint: Labelling['paint'] = ({ data }, value, isPainted) => {
    const painted = components.map(isPainted);
    for (let i = 0; i < numbers.length; i++)
      if (painted[(numbers[i] as number) - 1])
        data.fill(value, ends[2 * i] as number, ends[2 * i + 1] as number);
  };
  return { components, labels, paint };
}

/** Returns for each run the index of an earlier run of the same component, or its own index. */
function joinedRuns(runs: Int32Array, { width, height }: Mask, reach: number): Int32Array {
  const parent = new Int32Array(runs.length / 2);
  for (let run = 0; run < parent.length; run++) parent[run] = run;
  let above = 0;
  let i = 0;
  for (let y = 0; y < height && i < parent.length; y++) {
    const first = i;
    for (; i < parent.length && (runs[2 * i] as number) < (y + 1) * width; i++) {
      const from = (runs[2 * i] as number) - width;
      const to = (runs[2 * i + 1] as number) - width;
      while (above < first && (runs[2 * above + 1] as number) + reach <= from) above++;
      for (let over = above; over < first && (runs[2 * over] as number) < to + reach; over++) {
        const [a, b] = [rootOf(parent, i), rootOf(parent, over)];
        parent[Math.max(a, b)] = Math.min(a, b);
      }
    }
    above = first;
  }
  return parent;
}

function rootOf(parent: Int32Array, of: number): number {
  let root = of;
  while (parent[root] !== root) root = parent[root] as number;
  let at = of;
  while (parent[at] !== root) {
    const next = parent[at] as number;
    parent[at] = root;
    at = next;
  }
  return root;
}
