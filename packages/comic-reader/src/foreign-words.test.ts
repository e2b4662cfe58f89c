import { ownWords } from './foreign-words.ts';

const textsOf = (...texts: string[]) => ownWords(texts).map(({ text }) => text);

test('what can only be a misread syllable is left out and counted', () => {
  expect(ownWords(['HÔM NAY TRHỜI MƯA TO, NGHIỆ.'])).toEqual([{ text: 'HÔM NAY MƯA TO.', leftOut: 2 }]);
});

test('a name is said: it has a capital within a sentence, several syllables, or comes again', () => {
  expect(
    textsOf('Hôm nay anh Marx gặp Swift.', 'OPENOFFICE.ORG ĐÃ TÁCH RA', 'nghe wifi kêu', 'có wifi rồi'),
  ).toEqual(['Hôm nay anh Marx gặp Swift.', 'OPENOFFICE.ORG ĐÃ TÁCH RA', 'nghe wifi kêu', 'có wifi rồi']);
});

test('the capital that begins a sentence makes a name of nothing', () => {
  expect(textsOf('Tới rồi. Hoẽn đi thôi em')).toEqual(['Tới rồi. Hoẽn đi thôi em']);
  expect(textsOf('Tới rồi. Ngiã đi thôi em')).toEqual(['Tới rồi. đi thôi em']);
});

test('sounds, laughter and abbreviations are said', () => {
  expect(textsOf('Hihi, hừm, aaaa! TV hỏng rồi')).toEqual(['Hihi, hừm, aaaa! TV hỏng rồi']);
});

test('a line break that is meant stays, also where a word beside it goes', () => {
  expect(textsOf('HÔM NAY\nMƯA TRHỜI\nGIÓ TO')).toEqual(['HÔM NAY\nMƯA\nGIÓ TO']);
});

test('of a text of misread words nothing is left', () => {
  expect(ownWords(['kqez'])).toEqual([{ text: '', leftOut: 1 }]);
});
