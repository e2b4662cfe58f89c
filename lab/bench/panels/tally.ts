import { iou } from 'comic-reader/steps';
import { isSaid, type PageAnalysis, saidIn } from '../../../domain/page.ts';
import { median } from '../../figures/median.ts';
import { countOrder, indexOf } from './bubble-order.ts';
import type { Found } from './found-panels.ts';
import { countBreaks } from './line-breaks.ts';
import { PanelScore } from './score.ts';
import type { TruePage } from './truth.ts';
import { hits, wordsOf } from './words.ts';

/** A found panel counts as the bubble's panel from this overlap with the true one. */
const samePanel = 0.5;

/** Wanted limit of the milliseconds of CPU for the panels of a page. */
const mostPanelMs = 250;

const zero = () => ({
  ...{ clear: 0, clearRight: 0, rightHeld: 0, silent: 0, ordered: 0, orderedRight: 0 },
  ...{ pairs: 0, read: 0, right: 0 },
  ...{ homes: 0, atHome: 0 },
  ...{ meant: 0, hit: 0, hitSaid: 0, said: 0, invented: 0, sounds: 0, soundsSaid: 0, muted: 0 },
  ...{ breaks: 0, kept: 0, wraps: 0, broken: 0 },
  textMs: 0,
});

/** Totals over pages: panels, order, words and time. */
export class Tally {
  readonly panels = new PanelScore();
  readonly #sum = zero();
  /** Milliseconds for the panels of each page. */
  readonly #panelMs: number[] = [];

  /** Adds a page; returns whether the sequence is right. */
  addPanels(found: Found, { panels, ambiguous }: TruePage): boolean {
    const right = this.panels.add(found.panels, panels);
    if (!ambiguous) {
      this.#sum.clear++;
      if (right) this.#sum.clearRight++;
      if (right && found.held) this.#sum.rightHeld++;
      if (!right && !found.held) this.#sum.silent++;
    }
    this.#panelMs.push(found.milliseconds);
    return right;
  }

  /** Counts whether the true panels of a page come out in order: the score of order alone. */
  addOrder({ panels, ambiguous }: TruePage, order: readonly number[]): void {
    if (ambiguous || panels.length < 2) return;
    this.#sum.ordered++;
    if (order.every((at, i) => at === i)) this.#sum.orderedRight++;
  }

  addText({ panels }: PageAnalysis, { bubbles, lettered, panels: truePanels }: TruePage, ms: number): void {
    const sum = this.#sum;
    const read = panels.flatMap((panel) => panel.bubbles);
    const said = saidIn({ bubbles: read }).flatMap(({ text }) => wordsOf(text));
    const meant = bubbles ? bubbles.filter(({ spoken }) => spoken).map(({ text }) => text) : lettered;
    sum.meant += meant.flatMap(wordsOf).length;
    const all = read.flatMap(({ text }) => wordsOf(text));
    sum.hit += hits(all, meant.flatMap(wordsOf));
    sum.hitSaid += hits(said, meant.flatMap(wordsOf));
    sum.said += said.length;
    sum.invented += said.length - hits(said, lettered.flatMap(wordsOf));
    sum.textMs += ms;
    if (!bubbles) return;
    const { pairs, read: readPairs, right } = countOrder(read, bubbles);
    sum.pairs += pairs;
    sum.read += readPairs;
    sum.right += right;
    const panelOf = panels.flatMap((panel) => panel.bubbles.map(() => panel));
    for (const bubble of bubbles) {
      const at = indexOf(bubble, read);
      if (!bubble.spoken) {
        sum.sounds++;
        const own = read[at];
        if (own && isSaid(own)) sum.soundsSaid++;
        continue;
      }
      const own = read[at];
      if (!own) continue;
      if (!isSaid(own)) sum.muted++;
      else {
        const breaks = countBreaks(own.text, bubble);
        for (const key of ['breaks', 'kept', 'wraps', 'broken'] as const) sum[key] += breaks[key];
      }
      if (bubble.panel !== null && !bubble.panelArguable) {
        sum.homes++;
        const [home, meantHome] = [panelOf[at], truePanels[bubble.panel]];
        if (home && meantHome && iou(home, meantHome) >= samePanel) sum.atHome++;
      }
    }
  }

  add(other: Tally): void {
    this.panels.merge(other.panels);
    this.#panelMs.push(...other.#panelMs);
    for (const key of Object.keys(this.#sum) as (keyof ReturnType<typeof zero>)[])
      this.#sum[key] += other.#sum[key];
  }

  /** Returns the figures in words, for a line of output. */
  figures(): string[] {
    const s = this.#sum;
    const pages = Math.max(1, this.panels.pages);
    const figures = [
      `F1 ${this.panels.f1.toFixed(3)}`,
      s.clear === this.panels.pages
        ? `sequences ${s.clearRight}/${s.clear}`
        : `sequences ${this.panels.exact}/${this.panels.pages}, unambiguous ${s.clearRight}/${s.clear}`,
    ];
    if (s.silent > 0) figures.push(`wrong without a doubt ${s.silent}`);
    if (s.rightHeld > 0) figures.push(`right but held ${s.rightHeld}`);
    if (s.ordered > 0) figures.push(`order of true panels ${s.orderedRight}/${s.ordered}`);
    if (s.pairs > 0)
      figures.push(
        `pairs in order ${share(s.right, s.read)} of ${s.read} read, ${share(s.right, s.pairs)} of all ${s.pairs}`,
        `in their panel ${s.atHome}/${s.homes}`,
      );
    if (s.meant > 0)
      figures.push(
        `words read ${share(s.hit, s.meant)}, said ${share(s.hitSaid, s.meant)} of ${s.meant}`,
        `false ${share(s.invented, s.said)} (${s.invented} of ${s.said} said)`,
      );
    if (s.sounds > 0) figures.push(`sounds and signs said ${s.soundsSaid}/${s.sounds}`);
    if (s.pairs > 0) figures.push(`speech and captions taken for signs ${s.muted}`);
    if (s.breaks > 0) figures.push(`line breaks kept ${s.kept}/${s.breaks}`);
    if (s.wraps > 0 || s.broken > 0)
      figures.push(`false ones ${s.broken}${s.wraps > 0 ? `/${s.wraps}` : ''}`);
    const text = s.textMs > 0 ? `, text ${(s.textMs / pages).toFixed(0)}` : '';
    const times = this.#panelMs;
    const slow = times.filter((time) => time > mostPanelMs).length;
    return [
      ...figures,
      `ms/page panels median ${median(times).toFixed(0)}, at most ${Math.max(0, ...times).toFixed(0)}, ${slow} of ${times.length} over ${mostPanelMs}${text}`,
    ];
  }
}

const share = (part: number, of: number) => (of === 0 ? '–' : (part / of).toFixed(3));
