import { limitsInTexts } from './text-notes.ts';

/** Reads texts by their names. */
const reading = (texts: Record<string, string>) => (name: string) =>
  Promise.resolve(Buffer.from(texts[name] ?? ''));
const sentencesIn = async (texts: Record<string, string>, names = Object.keys(texts)) =>
  (await limitsInTexts(names, reading(texts))).map(({ from, sentences }) => [from, ...sentences]);

test('finds prohibitions in every text file, and in no other file', async () => {
  const texts = {
    'credits.txt': 'Cảm ơn các bạn.',
    'README.md': 'Hello. Do not reupload. Goodbye. No reposts!',
    'note.nfo': 'Không reup!',
    'a.js': 'Do not reupload.',
  };
  expect(await sentencesIn(texts)).toEqual([
    ['README.md', 'Do not reupload.', 'No reposts!'],
    ['note.nfo', 'Không reup!'],
  ]);
  expect(await sentencesIn(texts, ['credits.txt', 'a.js'])).toEqual([]);
});

test('says what was not searched: the rest of a long text, and files beyond the tenth', async () => {
  const long = { 'log.txt': 'Trang một. '.repeat(10_000) };
  expect(await limitsInTexts(['log.txt'], reading(long))).toEqual([
    {
      from: 'log.txt',
      sentences: ['only the first 20000 characters of log.txt were searched for a prohibition'],
      text_hash: null,
    },
  ]);
  const many = Array.from({ length: 11 }, (_, index) => `${index}.txt`);
  expect(await sentencesIn({}, many)).toEqual([
    ['text files', 'only the first 10 of 11 text files were searched for a prohibition'],
  ]);
});
