import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chapter, ChapterPart } from './chapter.ts';
import { asOne } from './chapter-parts.ts';
import { limits } from './doubt/limits.ts';
import { Doubt, judge, reasonLines } from './doubt.ts';
import type { PageAnalysis, PageReading } from './page.ts';
import type { Script, Segment } from './script.ts';

const sureReading: PageReading = {
  undivided: false,
  panel_doubt: 0,
  order_doubt: 0,
  lettering_area: 100_000,
  unread_area: 0,
  words: 40,
  uncertain_words: 0,
  lost_words: 0,
  unsure_bubbles: 0,
  loose_bubbles: 0,
  lines: 20,
  unread_lines: 0,
  sharpness: 1,
  language: 'vi',
  square_letters: false,
};

const page = (number: number, reading: Partial<PageReading> = {}, panels = 2): PageAnalysis => ({
  number,
  width: 1000,
  height: 1400,
  panels: Array.from({ length: panels }, (_, index) => ({
    ...{ x: 0, y: 700 * index, w: 1000, h: 690, id: `p00${number}-${index + 1}`, bubbles: [] },
  })),
  reading: { ...sureReading, ...reading },
});

const metadata: Omit<Chapter, 'pages' | 'job_id'> = {
  chapter_id: 'meo/1',
  manga_id: 'meo',
  manga_title: 'Mèo Mun',
  number: '1',
  title: null,
  summary: null,
  language: 'vi',
  reading_direction: 'rtl',
  credits: [{ role: 'Tranh', name: 'An' }],
  licence: null,
  source: { name: 'library', url: null },
};

const chapterOf = (pages: number, over: Partial<Chapter> = {}): Chapter => ({
  ...metadata,
  job_id: 'job-abc123',
  pages: Array.from({ length: pages }, (_, index) => ({ number: index + 1, key: 'k', width: 1, height: 1 })),
  ...over,
});

/** A script that shows every panel of the pages. */
const scriptOf = (pages: readonly PageAnalysis[], over: Partial<Segment> = {}, narrator = 'ocr'): Script => ({
  job_id: 'job-abc123',
  narrator,
  language: 'vi',
  segments: pages.map(({ number, panels }, index) => ({
    ...{ index, kind: 'speech', text: 'Trời mưa rồi.', page: number, pause_after: 0.3 },
    panels: panels.map(({ id }) => id),
    ...over,
  })),
});

const judged = (pages: PageAnalysis[], chapter: Partial<Chapter> = {}, script = scriptOf(pages)) =>
  judge({ chapter: chapterOf(pages.length, chapter), pages, script });
const textsOf = (doubt: Doubt) => doubt.reasons.map(({ text }) => text);

test('a chapter that was read and told without a doubt is sure', () => {
  const doubt = judged([page(1), page(2)], { source_pages: 2 });
  expect(doubt).toEqual({ job_id: 'job-abc123', verdict: 'sure', reasons: [], remarks: [] });
  expect(Doubt.parse(doubt)).toEqual(doubt);
});

test('the reasons name pages and numbers', () => {
  const doubt = judged([page(1), page(2, { unread_area: 90_000 }), page(3, { undivided: true })]);
  expect(doubt.verdict).toBe('doubtful');
  expect(textsOf(doubt)).toEqual([
    'page 2: 90 % of the lettering could not be read',
    'page 3: told as one picture, though it does not look like one',
  ]);
  expect(doubt.reasons.map(({ kind, pages }) => [kind, pages])).toEqual([
    ['unread', [2]],
    ['panels', [3]],
  ]);
});

test('a few doubts on each page add up', () => {
  const pages = [1, 2, 3, 4].map((number) => page(number, { uncertain_words: 6, lost_words: 2 }));
  expect(textsOf(judged(pages))).toEqual([
    '8 of 160 words are left out and 16 not sure to be read right, most of them on pages 1–4',
  ]);
});

test('words that are spoken without certainty are right for the most part, those that are left out are lost', () => {
  expect(judged([page(1, { uncertain_words: 8 })]).verdict).toBe('sure');
  expect(judged([page(1, { uncertain_words: 2, lost_words: 2 })]).verdict).toBe('doubtful');
});

test.each<[string, Partial<PageReading>]>([
  ['panels that do not explain the page', { panel_doubt: 1 }],
  ['an order that has a rival', { order_doubt: 1 }],
  ['most words uncertain', { uncertain_words: 20 }],
  ['nothing read where there is lettering', { words: 0, unread_area: 100_000, language: null }],
])('one page among hundreds is enough: %s', (_, reading) => {
  const pages = Array.from({ length: 300 }, (_, index) => page(index + 1, index === 150 ? reading : {}));
  const doubt = judged(pages);
  expect(doubt.verdict).toBe('doubtful');
  expect(doubt.reasons[0]?.pages).toEqual([151]);
});

test('lines that are missing from bubbles are counted; a single one is a stroke', () => {
  const pages = [page(1, { unread_lines: 2 }), page(2), page(3, { unread_lines: 1 })];
  expect(textsOf(judged(pages))).toEqual([
    'page 1: 2 lines in bubbles were not read',
    'page 3: a line in a bubble was not read',
  ]);
  expect(judged([page(1, { lines: 4, unread_lines: 1 })]).verdict).toBe('sure');
});

test('a single line that may be a sign holds no chapter, however few are spoken', () => {
  expect(judged([page(1, { unsure_bubbles: 1 })]).verdict).toBe('sure');
});

test('a blurred page is not taken for a silent one', () => {
  const blurred = page(2, { sharpness: 0.3, words: 0, lettering_area: 0, language: null });
  expect(textsOf(judged([page(1), blurred]))).toEqual(['page 2: it is too blurred to find its lettering']);
});

test('art that looks like a few letters holds no silent page', () => {
  const silent = page(1, { words: 0, lettering_area: 3_000, unread_area: 3_000, language: null });
  expect(judged([silent]).verdict).toBe('sure');
});

test('thousands of doubtful pages make a bounded list', () => {
  const pages = Array.from({ length: 2000 }, (_, index) =>
    page(index + 1, { undivided: true, unread_area: 90_000, uncertain_words: 30, order_doubt: 1 }),
  );
  const doubt = judged(pages);
  expect(doubt.reasons.length).toBeLessThan(30);
  expect(textsOf(doubt)).toContain('and 1995 more like it: pages 6–2000');
  const lines = reasonLines(doubt);
  expect(lines.length).toBeLessThanOrEqual(21);
  expect(lines.at(-1)).toMatch(/^and \d+ more in doubt\.json$/);
  expect(lines.join('').length).toBeLessThan(4_000);
});

describe('the language', () => {
  const english = [page(1, { language: 'en' }), page(2, { language: 'en' })];

  test('of what was read, not of what the metadata says, has to be Vietnamese for the narrator ocr', () => {
    const [reason] = textsOf(judged(english, { language: 'vi' }));
    expect(reason).toContain('the lettering of pages 1–2 is English');
    expect(reason).toContain('narrator: llm');
  });

  test('does not matter for a model, which tells what it sees', () => {
    const told = scriptOf(english, { mood: 'neutral' }, 'llm');
    expect(judged(english, { language: 'en' }, told).verdict).toBe('sure');
  });

  test('is one for the page that a model did not tell', () => {
    const told = scriptOf(english, { mood: 'neutral' }, 'llm');
    const mixed = {
      ...told,
      segments: told.segments.map(({ mood, ...one }) => (one.page === 2 ? one : { ...one, mood })),
    };
    expect(textsOf(judged(english, {}, mixed))).toEqual([
      expect.stringContaining('the lettering of page 2 is English'),
    ]);
  });

  test('is what the metadata says where too little was read to know', () => {
    const unread = [page(1, { words: 0, language: null, unread_area: 100 })];
    expect(textsOf(judged(unread, { language: 'ja' }))[0]).toContain('Japanese');
    expect(judged([page(1, { language: 'vi' })], { language: 'en' }).verdict).toBe('sure');
  });

  test('of letters in squares is none that is written in Latin ones, unless the metadata names it', () => {
    const squares = [page(1, { words: 3, language: null, square_letters: true, unread_area: 80_000 })];
    for (const language of ['vi', null])
      expect(textsOf(judged(squares, { language }))[0]).toMatch(
        /page 1 is Japanese, Chinese, Korean or in another script that is not Latin, .* narrator: llm/,
      );
    expect(textsOf(judged(squares, { language: 'zh' }))[0]).toContain('page 1 is Chinese, and');
  });

  test('of a chapter without lettering does not matter', () => {
    const silent = [page(1, { words: 0, lettering_area: 0, language: null })];
    expect(judged(silent, { language: 'ja' }).verdict).toBe('sure');
  });

  test('of a video with several chapters is that of each', () => {
    const part = (first_page: number, language: string): ChapterPart => ({
      ...metadata,
      number: `${first_page}`,
      language,
      first_page,
    });
    const whole = asOne([part(1, 'vi'), part(2, 'en')]);
    const pages = [page(1), page(2, { language: null })];
    expect(textsOf(judged(pages, whole))).toEqual([expect.stringContaining('page 2 is English')]);
  });
});

describe('the source', () => {
  test('has pages that are not stored', () => {
    expect(textsOf(judged([page(1)], { source_pages: 3 }))).toEqual([
      "1 of the source's 3 pages are stored, from page 1 on",
    ]);
  });

  test('has every file of a strip on pages that are fewer, and misses one that is on none', () => {
    const strip = (files: number) => [
      { ...{ number: 1, key: 'k', width: 8, height: 40 }, files },
      { ...{ number: 2, key: 'k', width: 8, height: 40 }, files: 3 },
    ];
    expect(judged([page(1), page(2)], { source_pages: 7, pages: strip(4) }).verdict).toBe('sure');
    expect(textsOf(judged([page(1), page(2)], { source_pages: 7, pages: strip(3) }))).toEqual([
      "6 of the source's 7 pages are stored, from page 1 on",
    ]);
  });

  test('of each chapter in a video is counted apart', () => {
    const part = (first_page: number, source_pages: number): ChapterPart => ({
      ...metadata,
      number: `${first_page}`,
      source_pages,
      first_page,
    });
    const whole = asOne([part(1, 1), part(2, 2)]);
    expect(textsOf(judged([page(1), page(2)], whole))).toEqual([
      "chapter 2: 1 of the source's 2 pages are stored, from page 2 on",
    ]);
  });

  test('forbids the video', () => {
    const [reason] = textsOf(judged([page(1)], { republication_forbidden: 'Do not repost' }));
    expect(reason).toContain('“Do not repost”');
  });

  test('leaves out what is worth knowing, and that holds nothing', () => {
    const doubt = judged([page(1)], {
      ...{ number: null, credits: [], language: null },
      ...{ skipped_files: ['Thumbs.db'], notes: ['ComicInfo.xml is broken'] },
    });
    expect(doubt.verdict).toBe('sure');
    expect(doubt.remarks).toEqual([
      'the source does not say the number of the chapter, whom to credit, the language of the lettering',
      'files that are not pages: Thumbs.db',
      'ComicInfo.xml is broken',
    ]);
  });
});

test('what may be signs holds a chapter when there is much of it', () => {
  const bubble = { x: 0, y: 0, w: 9, h: 9, text: 'Phở bò', confidence: 95 };
  const withUnsure = (unsure: number) => {
    const some = page(1, { unsure_bubbles: unsure });
    return [{ ...some, panels: some.panels.map((panel) => ({ ...panel, bubbles: Array(10).fill(bubble) })) }];
  };
  expect(textsOf(judged(withUnsure(2)))).toEqual([]);
  expect(textsOf(judged(withUnsure(3)))).toEqual(['page 1: 3 spoken lines may be signs']);
});

describe('the telling', () => {
  test('never shows a panel', () => {
    const pages = [page(1, {}, 3)];
    const script = scriptOf(pages, { panels: ['p001-1'] });
    expect(textsOf(judged(pages, {}, script))).toEqual(['page 1: 2 of 3 panels are never shown']);
  });

  test.each(['進撃の巨人、1', 'Это глава один.', '…'])('has what no Vietnamese voice says: %s', (text) => {
    const pages = [page(1)];
    expect(textsOf(judged(pages, {}, scriptOf(pages, { text })))).toEqual([
      expect.stringContaining("can't be timed"),
    ]);
  });

  test('says a sentence with a name that no Vietnamese voice says, but for that name', () => {
    const pages = [page(1)];
    const text = 'Chào mừng các bạn đến với 進撃の巨人.';
    expect(textsOf(judged(pages, {}, scriptOf(pages, { text })))).toEqual([]);
  });

  test('of pages that were not measured is not doubtful for that, and says so', () => {
    const { reading: _, ...unmeasured } = page(1);
    const doubt = judged([unmeasured]);
    expect(doubt).toMatchObject({
      verdict: 'sure',
      remarks: [expect.stringContaining('page 1 could be read was not measured')],
    });
  });
});

test('the limits are those of docs/doubt.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/doubt.md'), 'utf8');
  const written = [...page.matchAll(/^\| `(\w+)` \| ([\d.]+) \|/gm)].map(([, name, value]) => [
    name,
    Number(value),
  ]);
  expect(Object.fromEntries(written)).toEqual(limits);
});
