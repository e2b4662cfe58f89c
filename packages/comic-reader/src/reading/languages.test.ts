import { languageToRead } from './languages.ts';

describe('the language that a chapter is read in', () => {
  test.each([
    ['vi', 'vi'],
    ['vi-VN', 'vi'],
    ['vie', 'vi'],
    ['Vietnamese', 'vi'],
    ['eng', 'en'],
    ['jpn', null],
    ['EN-us', 'en'],
    [null, 'vi'],
    ['fr', 'en'],
    ['ja', null],
    ['ko', null],
  ])('of %p is %p', (language, read) => {
    expect(languageToRead(language, ['vi', 'en'])).toBe(read);
  });

  test('is one with data', () => {
    expect(languageToRead('en', ['vi'])).toBe('vi');
    expect(languageToRead(null, ['en', 'vi'])).toBe('en');
    expect(languageToRead('vi', [])).toBeNull();
    expect(languageToRead('ja-JP', ['vi', 'ja'])).toBe('ja');
    expect(languageToRead('fr', ['ja'])).toBeNull();
  });
});
