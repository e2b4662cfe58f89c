import { type Band, bandsOf, type RowKind, rowKinds } from 'comic-reader/strips';

/** Rows of RGB pixels out of a strip, and where in it they begin. */
export interface StripPart {
  from: number;
  height: number;
  data: Uint8Array;
}

/**
 * Heights in widths of the strip. Each page has at least `least`, so that the reader still knows it as a strip, and
 * less than `most`, which bounds memory. `early` and `most` rows are waited for before a cut is chosen; what is left
 * after it can be a page too.
 */
const least = 3;
const rest = 2.5;
const early = 8;
const most = 12;
/** Ground between scenes is at least this high, as the search for panels has it. */
const gap = 0.05;
/** Specks on a row that is cut at. */
const outliers = 0.005;

/**
 * Cuts a strip into pages where its ground is even, between scenes. Rows come in parts of any height, which have no
 * influence on the pages.
 */
export class StripCutter {
  readonly width: number;
  #rows: Uint8Array = new Uint8Array(0);
  #kinds: RowKind[] = [];
  #from = 0;

  constructor(width: number) {
    this.width = width;
  }

  /** Adds rows and returns the pages that are whole by now. */
  add(rows: Uint8Array): StripPart[] {
    this.#rows = Buffer.concat([this.#rows, rows]);
    this.#kinds = this.#kinds.concat(rowKinds(rows, this.width, outliers));
    const pages: StripPart[] = [];
    for (let at = this.#cut(); at !== undefined; at = this.#cut()) pages.push(this.#take(at));
    return pages;
  }

  /** Returns what is left, once the strip has ended. */
  end(): StripPart[] {
    return this.#kinds.length > 0 ? [this.#take(this.#kinds.length)] : [];
  }

  #take(height: number): StripPart {
    const bytes = height * this.width * 3;
    const part = { from: this.#from, height, data: this.#rows.subarray(0, bytes) };
    this.#rows = this.#rows.subarray(bytes);
    this.#kinds = this.#kinds.slice(height);
    this.#from += height;
    return part;
  }

  /** The row before which the next page ends; undefined until enough rows are there to choose. */
  #cut(): number | undefined {
    const tall = (widths: number) => Math.round(widths * this.width);
    if (this.#kinds.length < tall(early)) return undefined;
    const found = (window: number, neutral: boolean) =>
      widest(bandsOf(this.#kinds.slice(0, tall(window)), Math.max(8, tall(gap))), {
        ...{ from: tall(least), to: tall(window - rest) },
        neutral,
      });
    const between = found(early, true);
    if (between !== undefined || this.#kinds.length < tall(most)) return between;
    return found(most, true) ?? found(most, false) ?? this.#calmest(tall(early - rest), tall(most - rest));
  }

  /** The row with the least detail: where nothing is even, a cut goes through a picture. */
  #calmest(from: number, to: number): number {
    let best = from;
    for (let y = from; y < to; y++) {
      if ((this.#kinds[y] as RowKind).spread < (this.#kinds[best] as RowKind).spread) best = y;
    }
    return best;
  }
}

/** The middle of the highest band whose middle lies in a stretch; of equal ones the first. */
function widest(
  bands: readonly Band[],
  { from, to, neutral }: { from: number; to: number; neutral: boolean },
): number | undefined {
  const middle = (band: Band) => (band.from + band.to) >> 1;
  const fit = bands.filter(
    (band) => middle(band) >= from && middle(band) <= to && (band.neutral || !neutral),
  );
  if (fit.length === 0) return undefined;
  return middle(fit.reduce((a, b) => (b.to - b.from > a.to - a.from ? b : a)));
}
