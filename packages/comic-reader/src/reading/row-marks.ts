import type { Box } from '../page/page.ts';

/** A piece of ink with its number of pixels. */
export interface Piece extends Box {
  area: number;
}

/** A piece with its length in its widths, at any angle. */
export interface Mark extends Piece {
  elongation: number;
}

/** Largest height of marks (accents, dots, points), in heights of a letter. */
export const highestMark = 0.62;
/** Height above the baseline at which a point or a comma begins, in heights of a letter. */
const onLineHeight = 0.05;
/** Largest distance of a tone mark above a circumflex, in heights of a letter. */
const onMark = 0.15;
/**
 * A dot fills its box so far, and is hardly longer than wide at any angle: of dots in five hands, clear and spoilt, 99 of 100, of acutes
 * and graves 4 to 9.
 */
const dot = { fill: 0.6, elongation: 1.4 };
/** Largest distance of a mark from its letter's sides, in heights of a letter. */
const mostAside = 0.2;
/** Largest distance of a dot from the middle of the letter that it is under, in the letter's width. */
const underMiddle = 0.2;

/**
 * Returns the row of each piece of ink. The only mark below a letter in Vietnamese is the dot, so everything else between two
 * rows is a mark of the lower one, however close the rows are; a dot belongs to the nearest letter.
 * @param rows from the top
 * @param letter usual height of a letter
 */
export function rowsOfPieces(pieces: readonly Mark[], rows: readonly Box[], letter: number): number[] {
  const isLetter = (piece: Piece) => piece.h >= highestMark * letter;
  const owners = pieces.map((piece) => nearestRow(piece, rows));
  const lines = rows.map((row, r) => {
    const feet = pieces.filter((piece, i) => owners[i] === r && isLetter(piece)).map(({ y, h }) => y + h);
    return feet.length > 0 ? middle(feet) : row.y + row.h;
  });
  const above = (piece: Piece) => rows.findLastIndex((row) => row.y + row.h / 2 < piece.y + piece.h / 2);
  const letters = pieces.flatMap((piece, i) =>
    isLetter(piece) ? [{ piece, row: owners[i] as number }] : [],
  );
  const tops = rows.map((row, r) => {
    const heads = letters.filter((l) => l.row === r).map((l) => l.piece.y);
    return heads.length > 0 ? middle(heads) : row.y;
  });
  const of = (row: number) => letters.filter((l) => l.row === row).map((l) => l.piece);
  const gapTo = (boxes: readonly Box[], piece: Piece) =>
    Math.min(...boxes.map((box) => columnGap(piece, box, mostAside * letter)), letter);
  /** A dot belongs to the nearer letter; one under the middle of a letter does even if an accent below it is nearer. */
  const isDotOf = (row: number, piece: Piece) => {
    const [upper, lower] = [gapTo(of(row), piece), of(row + 1)];
    if (upper < gapTo(lower, piece)) return true;
    const bodies = lower.map((box) => withoutMark(box, tops[row + 1] as number));
    return (
      upper < gapTo(bodies, piece) &&
      upper ===
        gapTo(
          of(row).filter((box) => isUnderMiddle(piece, box)),
          piece,
        )
    );
  };
  // From the bottom up, since a mark on top of another belongs to the same row.
  const marks = [...pieces.keys()].filter((i) => !isLetter(pieces[i] as Piece));
  const below: Piece[] = [];
  for (const i of marks.sort((a, b) => bottomOf(pieces[b]) - bottomOf(pieces[a]))) {
    const piece = pieces[i] as Mark;
    const upper = above(piece);
    const lower = upper + 1;
    if (upper < 0 || lower >= rows.length) continue;
    const stands = !isDot(piece) && below.some((other) => columnGap(piece, other, 0) < onMark * letter);
    const onLine = piece.y < (lines[upper] as number) - onLineHeight * letter;
    const isUpper = !stands && (onLine || (isDot(piece) && isDotOf(upper, piece)));
    owners[i] = isUpper ? upper : lower;
    if (!isUpper) below.push(piece);
  }
  return owners;
}

const isUnderMiddle = (piece: Box, { x, w }: Box) =>
  Math.abs(piece.x + piece.w / 2 - x - w / 2) <= underMiddle * w;

/** Returns the box of a letter without an accent that is joined with it: the distance of another mark is that from the letter. */
const withoutMark = ({ x, y, w, h }: Box, top: number): Box => {
  const from = Math.min(Math.max(y, top), y + h);
  return { x, y: from, w, h: y + h - from };
};

const bottomOf = (piece?: Piece) => (piece ? piece.y + piece.h : 0);

const isDot = ({ w, h, area, elongation }: Mark) => area >= dot.fill * w * h && elongation <= dot.elongation;

function nearestRow(piece: Box, rows: readonly Box[]): number {
  const at = piece.y + piece.h / 2;
  const distances = rows.map(({ y, h }) => Math.max(y - at, at - y - h, 0));
  return distances.indexOf(Math.min(...distances));
}

/** Returns the vertical gap between two pieces above each other; infinite for others. */
function columnGap(a: Box, b: Box, aside: number): number {
  const across = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  if (across < -aside) return Number.POSITIVE_INFINITY;
  return Math.max(0, Math.max(a.y, b.y) - Math.min(a.y + a.h, b.y + b.h));
}

const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] as number;
