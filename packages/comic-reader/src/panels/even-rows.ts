/** Evenness of a row of a strip, and its colour. */
export interface RowKind {
  /** Range of its values, without a few outliers, in the channel where it is largest; 0 to 255. */
  spread: number;
  /** Middle of the range, by channel. */
  colour: readonly [number, number, number];
}

/** A run of rows of one colour; `to` is exclusive. */
export interface Band {
  from: number;
  to: number;
  neutral: boolean;
}

/** Largest spread of an even row; JPEG compression causes as much. */
const even = 26;
const paper = 235;
const night = 20;

/**
 * Measures each row of RGB pixels.
 * @param outliers share of a row's pixels that is ignored at both ends of its range
 */
export function rowKinds(data: Uint8Array, width: number, outliers: number): RowKind[] {
  return Array.from({ length: data.length / (width * 3) }, (_, y) => {
    const row = data.subarray(y * width * 3, (y + 1) * width * 3);
    const channels = [0, 1, 2].map((channel) => rangeOf(row, channel, outliers)) as [Range, Range, Range];
    return {
      spread: Math.max(...channels.map(({ low, high }) => high - low)),
      colour: channels.map(({ low, high }) => (low + high) / 2) as unknown as RowKind['colour'],
    };
  });
}

interface Range {
  low: number;
  high: number;
}

const counts = new Uint32Array(256);

/** Returns the lowest and the highest value of a channel, without outliers at both ends. */
function rangeOf(row: Uint8Array, channel: number, outliers: number): Range {
  counts.fill(0);
  for (let at = channel; at < row.length; at += 3)
    counts[row[at] as number] = (counts[row[at] as number] as number) + 1;
  const drop = Math.floor((row.length / 3) * outliers);
  const edge = (from: number, step: 1 | -1) => {
    let [at, seen] = [from, counts[from] as number];
    while (seen <= drop) {
      at += step;
      seen += counts[at] as number;
    }
    return at;
  };
  return { low: edge(0, 1), high: edge(255, -1) };
}

/** Returns the runs of at least `least` even rows of one colour. */
export function bandsOf(rows: readonly RowKind[], least: number): Band[] {
  const bands: Band[] = [];
  let from = 0;
  const close = (to: number) => {
    const first = rows[from];
    if (first && to - from >= least) bands.push({ from, to, neutral: isNeutral(first.colour) });
  };
  for (const [y, row] of rows.entries()) {
    const first = rows[from] as RowKind;
    const goesOn = isEven(row) && (y === from || isSame(first.colour, row.colour));
    if (goesOn) continue;
    close(y);
    from = isEven(row) ? y : y + 1;
  }
  close(rows.length);
  return bands;
}

/** Returns whether a colour is white or black, the usual ground of scenes; another colour can be a sky. */
export const isNeutral = (colour: RowKind['colour']) =>
  colour.every((value) => value >= paper) || colour.every((value) => value <= night);
export const isEven = ({ spread }: RowKind) => spread <= even;

export const isSame = (a: RowKind['colour'], b: RowKind['colour']) =>
  a.every((value, channel) => Math.abs(value - (b[channel] as number)) <= even / 2);
