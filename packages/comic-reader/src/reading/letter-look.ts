import { type Component, label } from '../image/components.ts';
import { emptyMask, type Raster } from '../image/raster.ts';
import { slopeOf } from '../image/slope.ts';
import type { RecognizedWord } from './hocr.ts';
import { type LetterPieces, piecesOfLetters } from './letter-pieces.ts';
import type { Ink, LetterLook } from './looks.ts';
import { uprightOf } from './upright-letters.ts';

/** Adds to each word the look of its letters in the picture that it was read from. */
export function withLooks(picture: Raster, readings: readonly RecognizedWord[][][]): RecognizedWord[][][] {
  const { labels, components } = label(darkOf(picture));
  const ink = { labels: labels(), width: picture.width };
  return readings.map((lines) =>
    lines.map((line) =>
      line.map((word) => {
        const letters = word.choices?.map(([first]) => first?.letter ?? '') ?? [...word.text];
        const looks = piecesOfLetters(word.box, letters, components).map((pieces, i) => {
          const read = letters[i] as string;
          return pieces && /\p{L}/u.test(read) ? lookOf(pieces, read, ink) : null;
        });
        return asSeen({ ...word, looks });
      }),
    ),
  );
}

/** Confidence of what was seen, and of what was read instead. */
const seenConfidence = 90;
const doubted = 40;

/** Puts M first for a letter that was read as H and drawn as M. */
function asSeen(word: RecognizedWord): RecognizedWord {
  const { choices = [], looks = [] } = word;
  if (!looks.some((look) => look?.upright === 'M')) return word;
  const seen = choices.map((own, i) =>
    looks[i]?.upright === 'M'
      ? [
          { letter: 'M', confidence: seenConfidence },
          ...own
            .filter(({ letter }) => letter !== 'M')
            .map(({ letter, confidence }) => ({ letter, confidence: Math.min(doubted, confidence) })),
        ]
      : own,
  );
  return { ...word, text: seen.map(([first]) => first?.letter).join(''), choices: seen };
}

function lookOf({ body, above, below, grown, drop }: LetterPieces, read: string, ink: Ink): LetterLook {
  const marks = above.map((mark) => ({
    w: mark.w / body.h,
    h: mark.h / body.h,
    slope: slopeOfPiece(mark, ink),
  }));
  return {
    above: grown && marks.length === 0 ? null : marks,
    below: below.length,
    drop,
    upright: read === 'H' ? uprightOf(body, ink) : null,
  };
}

const slopeOfPiece = (piece: Component, { labels, width }: Ink) =>
  slopeOf(piece, width, (at) => labels[at] === piece.label);

function darkOf({ width, height, data }: Raster) {
  const dark = emptyMask(width, height);
  for (let i = 0; i < data.length; i++) dark.data[i] = (data[i] as number) < 128 ? 1 : 0;
  return dark;
}
