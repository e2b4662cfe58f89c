import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { charactersOf, partOf } from '../tools/dawg.ts';
import { withCodes, withLetters } from './alphabet.ts';
import { chanceOf } from './chance.ts';
import { floatNetwork } from './float-network.ts';
import { linePicture } from './line-picture.ts';
import { lstmf } from './lstmf.ts';
import { clearScan } from './scan.ts';
import { lineBy } from './words.ts';

const part = { network: 17, unicharset: 21, recoder: 22 } as const;
const published = gunzipSync(
  readFileSync(new URL(import.meta.resolve('@tesseract.js-data/vie/4.0.0_best_int/vie.traineddata.gz'))),
);

test('a published network gets floating-point weights, once', () => {
  const integers = partOf(published, part.network);
  const floats = floatNetwork(integers);
  const weights = integers.readUInt32LE(integers.indexOf('Series') + 'Series'.length + 14);
  // Eight bytes for each of its million and a half weights, and no factors.
  expect(weights).toBe(1_542_061);
  expect(floats.length).toBeGreaterThan(8 * weights);
  expect(floats.length).toBeLessThan(8 * weights + 2000);
  expect(() => floatNetwork(floats)).toThrow('floating-point weights already');
  expect(() => floatNetwork(integers.subarray(0, 5000))).toThrow('incomplete');
});

test('letters that are missing are added at the end, each with its other case and its code', () => {
  const unicharset = partOf(published, part.unicharset);
  const longer = withLetters(unicharset.toString('utf8'), [{ small: 'ỵ', capital: 'Ỵ' }]);
  expect(charactersOf(Buffer.from(longer)).slice(-3)).toEqual(['ẵ', 'ỵ', 'Ỵ']);
  expect(longer.split('\n').slice(-3, -1)).toEqual([
    'ỵ 3 0,255,0,255,0,0,0,0,0,0 Latin 271 0 270 ỵ\t# ỵ [1ef5 ]a',
    'Ỵ 5 0,255,0,255,0,0,0,0,0,0 Latin 270 0 271 Ỵ\t# Ỵ [1ef4 ]A',
  ]);
  const codes = withCodes(partOf(published, part.recoder), 2);
  expect(codes.readUInt32LE()).toBe(272);
  expect([codes.readInt32LE(codes.length - 13), codes.readInt32LE(codes.length - 4)]).toEqual([269, 270]);
});

test('the trained data has these letters', () => {
  const data = gunzipSync(readFileSync(new URL('../src/data/vie_comic.traineddata.gz', import.meta.url)));
  expect(charactersOf(partOf(data, part.unicharset))).toEqual(expect.arrayContaining(['ỵ', 'Ỵ']));
});

test('lines are the same for the same seed, and black on white', async () => {
  const face = { id: 'patrick-hand', weight: 400, style: 'normal' } as const;
  const line = async () => {
    const chance = chanceOf(7);
    const text = lineBy(chance, { capitals: true });
    return { text, picture: await linePicture(chance, text, { face, scan: clearScan }) };
  };
  const { text, picture } = await line();
  expect(await line()).toEqual({ text, picture });
  expect(text).toBe(text.toUpperCase());
  const { width = 0, data = [] } = picture ?? {};
  expect(data[0]).toBe(255);
  expect(data.some((value) => value < 64)).toBe(true);
  expect(width).toBeGreaterThan(20);
});

test('training data has pictures and texts in the layout of tesseract', () => {
  const bytes = lstmf([{ name: 'a', picture: Buffer.from('png'), text: 'ơi' }]);
  expect(bytes.toString('hex')).toBe(
    ['01000000', '01', '01000000', '61', '00000000', '03000000', '706e67', '03000000', '766965']
      .concat(['03000000', 'c6a169', '00000000', '01000000', '03000000', 'c6a169', '00'])
      .join(''),
  );
});
