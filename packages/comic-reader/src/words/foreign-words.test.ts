import { ownWords } from './foreign-words.ts';

const textsOf = (...texts: string[]) => ownWords(texts).map(({ text }) => text);

test('a word that must be a misread syllable is left out and counted', () => {
  expect(ownWords(['HÔM NAY TRHỜI MƯA TO, NGHIỆ.'])).toEqual([{ text: 'HÔM NAY MƯA TO.', leftOut: 2 }]);
});

test('a name is spoken: it has a capital within a sentence, several syllables, or occurs again', () => {
  expect(
    textsOf('Hôm nay anh Marx gặp Swift.', 'OPENOFFICE.ORG ĐÃ TÁCH RA', 'nghe wifi kêu', 'có wifi rồi'),
  ).toEqual(['Hôm nay anh Marx gặp Swift.', 'OPENOFFICE.ORG ĐÃ TÁCH RA', 'nghe wifi kêu', 'có wifi rồi']);
});

test('a capital at the start of a sentence does not make a name', () => {
  expect(textsOf('Tới rồi. Hoẽn đi thôi em')).toEqual(['Tới rồi. Hoẽn đi thôi em']);
  expect(textsOf('Tới rồi. Ngiã đi thôi em')).toEqual(['Tới rồi. đi thôi em']);
});

test('sounds, laughter and abbreviations are spoken', () => {
  expect(textsOf('Hihi, hừm, aaaa! TV hỏng rồi')).toEqual(['Hihi, hừm, aaaa! TV hỏng rồi']);
});

test('an intended line break stays, even if a word beside it is removed', () => {
  expect(textsOf('HÔM NAY\nMƯA TRHỜI\nGIÓ TO')).toEqual(['HÔM NAY\nMƯA\nGIÓ TO']);
});

test('nothing remains of a text of misread words', () => {
  expect(ownWords(['kqez'])).toEqual([{ text: '', leftOut: 1 }]);
});
