import { iou } from 'comic-reader/steps';
import type { Box } from '../../../domain/page.ts';

/** Overlap above which a found box is the true panel. */
const same = 0.7;

/** Pairs boxes greedily by their overlap: index of the found one → index of the true one. */
export function pairs(found: readonly Box[], meant: readonly Box[]): Map<number, number> {
  const all = found.flatMap((f, i) => meant.map((m, j) => ({ i, j, agreement: iou(f, m) })));
  const taken = new Map<number, number>();
  const used = new Set<number>();
  for (const { i, j, agreement } of all.sort((a, b) => b.agreement - a.agreement)) {
    if (agreement < same || taken.has(i) || used.has(j)) continue;
    taken.set(i, j);
    used.add(j);
  }
  return taken;
}

/** Counts right panels and whole sequences, over pages. */
export class PanelScore {
  #matched = 0;
  #found = 0;
  #meant = 0;
  pages = 0;
  exact = 0;

  /** Adds a page; returns whether its sequence is right. */
  add(found: readonly Box[], meant: readonly Box[]): boolean {
    const taken = pairs(found, meant);
    const right = found.length === meant.length && meant.every((_, k) => taken.get(k) === k);
    this.#matched += taken.size;
    this.#found += found.length;
    this.#meant += meant.length;
    this.pages++;
    if (right) this.exact++;
    return right;
  }

  merge(other: PanelScore): void {
    this.#matched += other.#matched;
    this.#found += other.#found;
    this.#meant += other.#meant;
    this.pages += other.pages;
    this.exact += other.exact;
  }

  get f1(): number {
    return (2 * this.#matched) / Math.max(1, this.#found + this.#meant);
  }
}
