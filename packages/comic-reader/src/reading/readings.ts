import type { Box } from '../page/page.ts';
import type { RecognizedWord } from './hocr.ts';

/** One recognizer's reading of one picture of a block. */
export interface Reading {
  /** Size of the picture, in pixels. */
  width: number;
  height: number;
  lines: readonly (readonly RecognizedWord[])[];
}

/** Words of each reading in one stretch of a line, in the order of the readings; a reading without words there is empty. */
export type Stretch = (readonly RecognizedWord[])[];

interface Placed {
  reading: number;
  word: RecognizedWord;
  /** In shares of the picture. */
  box: Box;
}

/** Share of the shorter word that two words in one place have in common. */
const sharedPart = 0.4;

/**
 * Aligns several readings of a block, line by line and place by place. A word that one reading has whole and another in two
 * parts is one stretch. The boxes of all words are those in the first picture.
 */
export function stretchesOf(readings: readonly Reading[], margin: number): Stretch[][] {
  const words = readings.flatMap(({ lines, width, height }, reading) =>
    lines.flat().map((word): Placed => {
      const { x, y, w, h } = word.box;
      const [across, down] = [Math.max(1, width - 2 * margin), Math.max(1, height - 2 * margin)];
      const box = { x: (x - margin) / across, y: (y - margin) / down, w: w / across, h: h / down };
      return { reading, word, box };
    }),
  );
  const { width, height } = readings[0] ?? { width: 0, height: 0 };
  const inFirst = ({ x, y, w, h }: Box): Box => {
    const [across, down] = [width - 2 * margin, height - 2 * margin];
    return { x: margin + x * across, y: margin + y * down, w: w * across, h: h * down };
  };
  const places: Placed[][] = [];
  for (const word of words) {
    const same = places.filter((place) => place.some((other) => inOnePlace(word, other)));
    for (const place of same) places.splice(places.indexOf(place), 1);
    places.push([...same.flat(), word]);
  }
  return inLines(places).map((line) =>
    line.map((place) =>
      readings.map((_, reading) =>
        place
          .filter((word) => word.reading === reading)
          .sort((a, b) => a.box.x - b.box.x)
          .map(({ word, box }) => ({ ...word, box: inFirst(box) })),
      ),
    ),
  );
}

function inOnePlace(a: Placed, b: Placed): boolean {
  const shared = (from: number, size: number, other: number, otherSize: number) =>
    (Math.min(from + size, other + otherSize) - Math.max(from, other)) / Math.min(size, otherSize);
  return (
    a.reading !== b.reading &&
    shared(a.box.x, a.box.w, b.box.x, b.box.w) > sharedPart &&
    shared(a.box.y, a.box.h, b.box.y, b.box.h) > sharedPart
  );
}

function inLines(places: Placed[][]): Placed[][][] {
  const middle = (place: Placed[]) => mean(place.map(({ box }) => box.y + box.h / 2));
  const left = (place: Placed[]) => mean(place.map(({ box }) => box.x));
  const lines: Placed[][][] = [];
  for (const place of [...places].sort((a, b) => middle(a) - middle(b))) {
    const line = lines.at(-1);
    const reach = 0.5 * mean(place.map(({ box }) => box.h));
    if (line && middle(place) - mean(line.map(middle)) < reach) line.push(place);
    else lines.push([place]);
  }
  return lines.map((line) => line.sort((a, b) => left(a) - left(b)));
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
