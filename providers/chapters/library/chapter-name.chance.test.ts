import fc from 'fast-check';
import { byNaturalOrder } from '../../../domain/natural-order.ts';
import { parseChapterName, plainNumber } from './chapter-name.ts';

const series = fc.constantFrom(
  'One Piece',
  'Ngõ Mây',
  'Mob Psycho 100',
  '20th Century Boys',
  'Kaiju No. 8',
  'x',
  'Zom 100',
  '進撃の巨人',
  'K-On!',
  'C',
);
const mark = fc.constantFrom(
  'Chapter ',
  'chapter-',
  'Ch.',
  'Ch. ',
  'ch_',
  'c',
  'Chương ',
  'chap ',
  'Ep ',
  '#',
  'Episode_',
);
const padded = fc.tuple(
  fc.nat(1500),
  fc.integer({ min: 1, max: 4 }),
  fc.option(fc.integer({ min: 1, max: 9 })),
);
const numberText = padded.map(([whole, width, decimal]) => ({
  written: `${String(whole).padStart(width, '0')}${decimal === null ? '' : `.${decimal}`}`,
  meant: `${whole}${decimal === null ? '' : `.${decimal}`}`,
}));
const volume = fc.option(
  fc.tuple(fc.constantFrom('v', 'Vol. ', 'Vol.', 'Volume ', 'Tập '), fc.integer({ min: 1, max: 120 })),
);
const tags = fc.constantFrom(
  '',
  ' (2003)',
  ' (Digital)',
  ' [Group]',
  ' (2019) (Digital) (danke-Empire)',
  ' {c2c}',
);
const lead = fc.constantFrom('', '[Group] ', '[a-b]_');

test('finds a number after a word for it, wherever series, volume and tags are', () => {
  fc.assert(
    fc.property(
      series,
      mark,
      numberText,
      volume,
      tags,
      lead,
      fc.boolean(),
      (name, word, number, vol, tag, group, inFolder) => {
        const volumeText = vol ? `${vol[0]}${vol[1]} ` : '';
        const written = `${group}${name} ${volumeText}${word}${number.written}${tag}`;
        const parsed = parseChapterName(written, inFolder && group === '' ? name : null);
        expect([written, parsed.number, parsed.volume]).toEqual([
          written,
          number.meant,
          vol ? String(vol[1]) : null,
        ]);
      },
    ),
    { numRuns: 3000 },
  );
});

test('in the folder of its series a bare number is the chapter’s number', () => {
  fc.assert(
    fc.property(series, numberText, tags, fc.constantFrom(' ', ' - ', '_'), (name, number, tag, joint) => {
      const written = `${name}${joint}${number.written}${tag}`;
      expect([written, parseChapterName(written, name).number]).toEqual([written, number.meant]);
    }),
    { numRuns: 2000 },
  );
});

test('numbers sort in their intended order', () => {
  fc.assert(
    fc.property(numberText, numberText, (a, b) => {
      const order = Number(a.meant) - Number(b.meant);
      if (order !== 0)
        expect(Math.sign(byNaturalOrder(`Ch ${a.written}.cbz`, `Ch ${b.written}.cbz`))).toBe(
          Math.sign(order),
        );
      expect(plainNumber(a.written)).toBe(a.meant);
    }),
  );
});

test('parses any name quickly, whatever it contains', () => {
  const before = process.cpuUsage().user;
  for (const part of ['c', '1.', '(', '-', ' ', 'v ', '[1', 'Ch.', '1-', '第', '#1 '])
    parseChapterName(part.repeat(3000), part);
  expect(process.cpuUsage().user - before).toBeLessThan(5_000_000);
});
