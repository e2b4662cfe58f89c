import { forbiddenInTexts } from './text-notes.ts';

/** Reads texts by their names. */
const reading = (texts: Record<string, string>) => (name: string) =>
  Promise.resolve(Buffer.from(texts[name] ?? ''));

test('finds a prohibition in any text file, and in no other file', async () => {
  const texts = {
    'credits.txt': 'Cảm ơn các bạn.',
    'README.md': 'Hello. Do not reupload.',
    'a.js': 'Do not reupload.',
  };
  expect(await forbiddenInTexts(Object.keys(texts), reading(texts))).toBe('Do not reupload.');
  expect(await forbiddenInTexts(['credits.txt', 'a.js'], reading(texts))).toBeNull();
});

test('says what was not searched: the rest of a long text, and files beyond the tenth', async () => {
  const long = { 'log.txt': 'Trang một. '.repeat(10_000) };
  expect(await forbiddenInTexts(Object.keys(long), reading(long))).toBe(
    'only the first 20000 characters of log.txt were searched for a prohibition',
  );
  const many = Array.from({ length: 11 }, (_, index) => `${index}.txt`);
  expect(await forbiddenInTexts(many, reading({}))).toBe(
    'only the first 10 of 11 text files were searched for a prohibition',
  );
});
