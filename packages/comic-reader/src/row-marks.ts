import type { Box } from './page.ts';

/** A piece of ink with its number of pixels. */
export interface Piece extends Box {
  area: number;
}

/** Pieces lower than this part of a letter are marks: accents, dots, points. */
const MARK = 0.62;
/** A point or a comma begins over the line that letters stand on by this part of their height. */
const ON_LINE = 0.05;
/** Over a circumflex a tone mark stands as close as this part of a letter's height. */
const ON_MARK = 0.15;
/** What fills its box so far, and is about as wide as high, is a dot. */
const DOT = { fill: 0.6, aspect: 1.7 };
/** A mark stands over or under its letter, give or take this part of a letter's height. */
const ASIDE = 0.2;

/**
 * Tells for each piece of ink which row it belongs to. Under a letter Vietnamese sets only a dot, everything else that
 * stands between two rows is a mark of the lower one, however close the rows stand; a dot belongs to the letter that it
 * stands closest to.
 * @param rows from the top
 * @param letter usual height of a letter
 */
export function rowsOfPieces(pieces: readonly Piece[], rows: readonly Box[], letter: number): number[] {
  const isLetter = (piece: Piece) => piece.h >= MARK * letter;
  const owners = pieces.map((piece) => nearestRow(piece, rows));
  const lines = rows.map((row, r) => {
    const feet = pieces.filter((piece, i) => owners[i] === r && isLetter(piece)).map(({ y, h }) => y + h);
    return feet.length > 0 ? middle(feet) : row.y + row.h;
  });
  const above = (piece: Piece) => rows.findLastIndex((row) => row.y + row.h / 2 < piece.y + piece.h / 2);
  const letters = pieces.flatMap((piece, i) =>
    isLetter(piece) ? [{ piece, row: owners[i] as number }] : [],
  );
  const gapTo = (row: number, piece: Piece) =>
    Math.min(
      ...letters.filter((l) => l.row === row).map((l) => columnGap(piece, l.piece, ASIDE * letter)),
      letter,
    );
  // From the foot up, since a mark that stands on another belongs where that one does.
  const marks = [...pieces.keys()].filter((i) => !isLetter(pieces[i] as Piece));
  const below: Piece[] = [];
  for (const i of marks.sort((a, b) => bottomOf(pieces[b]) - bottomOf(pieces[a]))) {
    const piece = pieces[i] as Piece;
    const upper = above(piece);
    const lower = upper + 1;
    if (upper < 0 || lower >= rows.length) continue;
    const stands = !isDot(piece) && below.some((other) => columnGap(piece, other, 0) < ON_MARK * letter);
    const onLine = piece.y < (lines[upper] as number) - ON_LINE * letter;
    const isUpper = !stands && (onLine || (isDot(piece) && gapTo(upper, piece) < gapTo(lower, piece)));
    owners[i] = isUpper ? upper : lower;
    if (!isUpper) below.push(piece);
  }
  return owners;
}

const bottomOf = (piece?: Piece) => (piece ? piece.y + piece.h : 0);

const isDot = ({ w, h, area }: Piece) =>
  area >= DOT.fill * w * h && Math.max(w, h) <= DOT.aspect * Math.min(w, h);

function nearestRow(piece: Box, rows: readonly Box[]): number {
  const at = piece.y + piece.h / 2;
  const distances = rows.map(({ y, h }) => Math.max(y - at, at - y - h, 0));
  return distances.indexOf(Math.min(...distances));
}

/** The height between two pieces that stand over each other; infinite for others. */
function columnGap(a: Box, b: Box, aside: number): number {
  const across = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  if (across < -aside) return Number.POSITIVE_INFINITY;
  return Math.max(0, Math.max(a.y, b.y) - Math.min(a.y + a.h, b.y + b.h));
}

const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] as number;
