import { type Component, type Labelling, label } from './components.ts';
import type { RecognizedWord } from './hocr.ts';
import { emptyMask, type Raster } from './raster.ts';

/** Capitals of two upright strokes, which differ in what stands between these. */
type Upright = 'H' | 'M' | 'N';

/** A piece this high beside the highest one of its word is a letter, and no mark; small letters are lower. */
const LETTER = { capitals: 0.6, small: 0.42 };
/** The rows above an H's bar, in a letter's height. */
const UPPER = { from: 0.08, to: 0.38 };
/**
 * How far a slanting stroke comes in from a stem over these rows, in the letter's width. Measured on drawn hands: an H's
 * stems lean to one side, so that both together come in by 0.11 at most and the lesser of them by 0.04; an M's by 0.14 and
 * 0.06 at least.
 */
const SLANTED = 0.09;
const STRAIGHT = 0.06;
const BOTH = { lesser: 0.055, together: 0.13 };
/** How sure what was seen is, and what is left to what was read. */
const SEEN = 90;
const DOUBTED = 40;

/**
 * Checks each capital H by its shape: hands draw the M so narrow that recognisers, which learnt from
 * print, read an H with great confidence. Above its bar the room between
 * an H's stems stays as wide as it is, in an M it narrows from both sides, in an N from the left.
 */
export function checkUprights(picture: Raster, lines: RecognizedWord[][]): RecognizedWord[][] {
  let pieces: Labelling | undefined;
  return lines.map((line) =>
    line.map((word) => {
      if (!word.choices || !word.text.includes('H')) return word;
      pieces ??= label(darkOf(picture));
      return checked(word, pieces, picture.width);
    }),
  );
}

function checked(word: RecognizedWord, { labels, components }: Labelling, width: number): RecognizedWord {
  const { box } = word;
  const inside = components.filter((c) => {
    const [x, y] = [c.x + c.w / 2, c.y + c.h / 2];
    return x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
  });
  const high = Math.max(...inside.map(({ h }) => h));
  const least = /\p{Ll}/u.test(word.text) ? LETTER.small : LETTER.capitals;
  const letters = inside.filter(({ h }) => h >= least * high).sort((a, b) => a.x - b.x);
  const choices = word.choices ?? [];
  const places = choices.flatMap(([first], i) => (/[\p{L}\d!?]/u.test(first?.letter ?? '') ? [i] : []));
  if (places.length !== letters.length) return word;
  const seen = choices.map((own, i) => {
    const read = own[0]?.letter ?? '';
    const piece = letters[places.indexOf(i)];
    const shape = piece && read === 'H' ? shapeOf(piece, labels, width) : null;
    if (!shape || shape === read) return own;
    return [
      { letter: shape, confidence: SEEN },
      ...own
        .filter(({ letter }) => letter !== shape)
        .map((choice) => ({ ...choice, confidence: Math.min(DOUBTED, choice.confidence) })),
    ];
  });
  return { ...word, text: seen.map(([first]) => first?.letter).join(''), choices: seen };
}

function shapeOf(piece: Component, labels: Int32Array, width: number): Upright | null {
  const rooms: { left: number; right: number }[] = [];
  for (let y = Math.round(piece.y + UPPER.from * piece.h); y < piece.y + UPPER.to * piece.h; y++) {
    const room = roomIn(piece, y, labels, width);
    // The tip of a stem that is higher than the other comes before, an M's or H's middle after.
    if (room) rooms.push(room);
    else if (rooms.length > 0) break;
  }
  if (rooms.length < 4) return null;
  const mean = (some: typeof rooms, side: 'left' | 'right') =>
    some.reduce((sum, room) => sum + room[side], 0) / some.length / piece.w;
  const [first, last] = [rooms.slice(0, 2), rooms.slice(-2)];
  const left = mean(last, 'left') - mean(first, 'left');
  const right = mean(first, 'right') - mean(last, 'right');
  if (Math.min(left, right) >= BOTH.lesser && left + right >= BOTH.together) return 'M';
  if (Math.abs(left) < STRAIGHT && Math.abs(right) < STRAIGHT) return 'H';
  return left >= SLANTED && right < STRAIGHT ? 'N' : null;
}

/** The widest room between two strokes in a row of pixels, its ends from the piece's left. */
function roomIn(piece: Component, y: number, labels: Int32Array, width: number) {
  let widest: { left: number; right: number } | null = null;
  let open: number | null = null;
  for (let x = 0; x < piece.w; x++) {
    if (labels[y * width + piece.x + x] !== piece.label) continue;
    if (open !== null && x - open > 1 && x - open > (widest ? widest.right - widest.left : 0))
      widest = { left: open, right: x };
    open = x;
  }
  return widest && widest.right - widest.left > piece.w / 5 ? widest : null;
}

function darkOf({ width, height, data }: Raster) {
  const dark = emptyMask(width, height);
  for (let i = 0; i < data.length; i++) dark.data[i] = (data[i] as number) < 128 ? 1 : 0;
  return dark;
}
