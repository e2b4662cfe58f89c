import { type Band, bandsOf, isEven, type RowKind, rowKinds } from 'comic-reader/strips';

/** Rows of RGB pixels of a strip, and their position in it. */
export interface StripPart {
  from: number;
  height: number;
  data: Uint8Array;
  /** Whether it is cut off where the art has no even row, so maybe through a figure or a balloon. */
  endsInArt: boolean;
}

/**
 * Heights in widths of the strip. Each page has at least `least`, so that the reader still recognises a strip, and less than
 * `most`, which bounds memory. `early` and `most` rows have to be available before a cut is chosen, so that the rest can be a
 * page too.
 */
const least = 3;
const rest = 2.5;
const early = 8;
const most = 12;
/** Minimum height of the ground between scenes, as in the search for panels. */
const gap = 0.05;
/** Share of specks allowed on a row that is cut. */
const outliers = 0.005;

/**
 * Cuts a strip into pages where its ground is even, between scenes. Rows arrive in parts of any height, which do not affect
 * the pages.
 */
export class StripCutter {
  readonly width: number;
  #rows: Uint8Array = new Uint8Array(0);
  #kinds: RowKind[] = [];
  #from = 0;

  constructor(width: number) {
    this.width = width;
  }

  /** Adds rows and returns the pages that are complete now. */
  add(rows: Uint8Array): StripPart[] {
    this.#rows = Buffer.concat([this.#rows, rows]);
    this.#kinds = this.#kinds.concat(rowKinds(rows, this.width, outliers));
    const pages: StripPart[] = [];
    for (let at = this.#cut(); at !== undefined; at = this.#cut()) pages.push(this.#take(at));
    return pages;
  }

  /** Returns the rest when the strip has ended. */
  end(): StripPart[] {
    return this.#kinds.length > 0 ? [this.#take(this.#kinds.length)] : [];
  }

  #take(height: number): StripPart {
    const bytes = height * this.width * 3;
    const next = this.#kinds[height];
    const endsInArt = next !== undefined && !isEven(next);
    const part = { from: this.#from, height, data: this.#rows.subarray(0, bytes), endsInArt };
    this.#rows = this.#rows.subarray(bytes);
    this.#kinds = this.#kinds.slice(height);
    this.#from += height;
    return part;
  }

  /** Returns the row before which the next page ends; undefined until there are enough rows to choose. */
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

  /** Returns the row with the least detail: without even ground, a cut goes through a picture. */
  #calmest(from: number, to: number): number {
    let best = from;
    for (let y = from; y < to; y++) {
      if ((this.#kinds[y] as RowKind).spread < (this.#kinds[best] as RowKind).spread) best = y;
    }
    return best;
  }
}

/** Returns the middle of the highest band whose middle is in a stretch; the first of equal ones. */
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
