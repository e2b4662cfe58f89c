import type { Box } from '../../domain/page.ts';
import type { Mask } from './raster.ts';

/** A connected piece of a mask: where it is and how many pixels it has. */
export interface Component extends Box {
  /** Its number in `labels`, from 1. */
  label: number;
  area: number;
  /** Whether it reaches the edge of the mask. */
  touchesEdge: boolean;
}

export interface Labelling {
  /** Per pixel the number of its component, 0 where the mask is 0. */
  labels: Int32Array;
  components: Component[];
}

/**
 * Connected components by one pass over runs with union-find, so that cost is linear and no recursion can
 * run out of stack on a page of 30,000 rows.
 * @param diagonal join pixels that touch only at corners
 */
export function label({ width, height, data }: Mask, diagonal = true): Labelling {
  const labels = new Int32Array(width * height);
  const parent: number[] = [0];
  const find = (of: number): number => {
    let root = of;
    while (parent[root] !== root) root = parent[root] as number;
    while (parent[of] !== root) {
      const next = parent[of] as number;
      parent[of] = root;
      of = next;
    }
    return root;
  };
  const reach = diagonal ? 1 : 0;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      if (!data[row + x]) continue;
      const start = x;
      while (x < width && data[row + x]) x++;
      let root = 0;
      if (y > 0) {
        const above = row - width;
        const end = Math.min(width, x + reach);
        for (let i = Math.max(0, start - reach); i < end; i++) {
          const seen = labels[above + i] as number;
          if (!seen) continue;
          const found = find(seen);
          if (!root) root = found;
          else if (found !== root) {
            parent[Math.max(root, found)] = Math.min(root, found);
            root = Math.min(root, found);
          }
        }
      }
      if (!root) {
        root = parent.length;
        parent.push(root);
      }
      labels.fill(root, row + start, row + x);
    }
  }
  return { labels, components: measure(labels, width, height, parent, find) };
}

/** Numbers the components densely and measures each. */
function measure(
  labels: Int32Array,
  width: number,
  height: number,
  parent: number[],
  find: (of: number) => number,
): Component[] {
  const dense = new Int32Array(parent.length);
  const components: Component[] = [];
  for (let i = 1; i < parent.length; i++) {
    const root = find(i);
    if (!dense[root]) {
      components.push({
        label: components.length + 1,
        x: width,
        y: height,
        w: 0,
        h: 0,
        area: 0,
        touchesEdge: false,
      });
      dense[root] = components.length;
    }
    dense[i] = dense[root] as number;
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const seen = labels[at] as number;
      if (!seen) continue;
      const number = dense[seen] as number;
      labels[at] = number;
      const c = components[number - 1] as Component;
      c.area++;
      // w and h hold the far corner until the end.
      if (x < c.x) c.x = x;
      if (y < c.y) c.y = y;
      if (x > c.w) c.w = x;
      if (y > c.h) c.h = y;
    }
  }
  for (const c of components) {
    c.touchesEdge = c.x === 0 || c.y === 0 || c.w === width - 1 || c.h === height - 1;
    c.w += 1 - c.x;
    c.h += 1 - c.y;
  }
  return components;
}
