import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { charactersOf, part, partOf, wordsOf } from './dawg.ts';

test('reads pairs of words from the trained data that npm installs', () => {
  const file = import.meta.resolve('@tesseract.js-data/vie/4.0.0/vie.traineddata.gz');
  const trained = gunzipSync(readFileSync(new URL(file)));
  const pairs = new Set(
    wordsOf(partOf(trained, part.bigrams), charactersOf(partOf(trained, part.unicharset))),
  );
  expect(pairs.size).toBe(263_665);
  expect(['cảm ơn', 'hy vọng', 'chủ nhiệm'].every((pair) => pairs.has(pair))).toBe(true);
});
