import type { Chapter, ChapterPart } from './chapter.ts';
import { asOne, chapterIdsOf, partOf } from './chapter-parts.ts';

const part = (first_page: number, over: Partial<ChapterPart> = {}): ChapterPart => ({
  ...{
    chapter_id: `a/${first_page}`,
    manga_id: 'a',
    manga_title: 'Mèo Mun',
    number: `${first_page}`,
    title: 'Mưa',
  },
  ...{ summary: null, language: 'vi', reading_direction: 'rtl' as const, licence: 'CC BY 4.0' },
  credits: [{ role: 'Tranh', name: 'An' }],
  source: { name: 'library', url: null },
  first_page,
  ...over,
});
const chapterOf = (...parts: [ChapterPart, ...ChapterPart[]]): Chapter => ({
  ...asOne(parts),
  job_id: 'job-abc123',
  pages: [{ number: 1, key: 'k', width: 1, height: 1 }],
});

test('leaves a single chapter unchanged', () => {
  const { first_page: _, ...metadata } = part(1);
  expect(asOne([part(1)])).toEqual(metadata);
  expect(chapterIdsOf(chapterOf(part(1)))).toEqual(['a/1']);
  expect(partOf(chapterOf(part(1)), 7)).toMatchObject({ chapter_id: 'a/1' });
});

test('names several chapters by their range, and lists each credit once', () => {
  const binh = { role: 'Dịch', name: 'Bình' };
  const whole = chapterOf(
    part(1),
    part(4, { credits: [{ role: 'Tranh', name: 'An' }, binh], licence: 'CC BY-SA 4.0' }),
    part(9, { licence: null }),
  );
  expect(whole).toMatchObject({
    chapter_id: 'a/1',
    number: '1–9',
    title: null,
    credits: [{ role: 'Tranh', name: 'An' }, binh],
    licence: 'CC BY 4.0; CC BY-SA 4.0',
  });
  expect(chapterIdsOf(whole)).toEqual(['a/1', 'a/4', 'a/9']);
});

test('merges remarks of all sources, and adds up their counts', () => {
  const whole = chapterOf(
    part(1, { source_pages: 3, skipped_files: ['a.txt'], notes: ['guessed'] }),
    part(4, { source_pages: 5, notes: ['guessed'], republication_forbidden: 'Do not upload' }),
  );
  expect(whole).toMatchObject({
    source_pages: 8,
    skipped_files: ['a.txt'],
    notes: ['guessed'],
    republication_forbidden: 'Do not upload',
  });
  expect(chapterOf(part(1, { source_pages: 3 }), part(4)).source_pages).toBeUndefined();
});

test('has no number if one chapter has none', () => {
  expect(chapterOf(part(1), part(2, { number: null })).number).toBeNull();
});

test('assigns a page to the last chapter that began before it', () => {
  const whole = chapterOf(part(1), part(4), part(9));
  expect([1, 3, 4, 8, 9, 30].map((page) => partOf(whole, page).chapter_id)).toEqual([
    'a/1',
    'a/1',
    'a/4',
    'a/4',
    'a/9',
    'a/9',
  ]);
});
