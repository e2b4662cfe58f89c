import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Chapter, ChapterPart } from './chapter.ts';
import { asOne } from './chapter-parts.ts';
import { limits } from './doubt/limits.ts';
import { applyThresholds, thresholdLines } from './doubt/thresholds.ts';
import { Doubt, judge, reasonLines } from './doubt.ts';
import type { Bubble, PageAnalysis, PageReading } from './page.ts';
import type { Script, Segment } from './script.ts';
import { shortMetadata, videoMetadata } from './video-metadata.ts';

const sureReading: PageReading = {
  undivided: false,
  panel_doubt: 0,
  panel_doubts: [],
  order_doubt: 0,
  unknown_direction: false,
  lettering_area: 100_000,
  unread_area: 0,
  unread: [],
  words: 40,
  lost_words: 0,
  wrong_words: 0,
  unsure_bubbles: 0,
  unsure_words: 0,
  fused_bubbles: 0,
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

test('a chapter that was read and told without doubt is sure', () => {
  const doubt = judged([page(1), page(2)], { source_pages: 2 });
  expect(doubt).toMatchObject({ job_id: 'job-abc123', verdict: 'sure', reasons: [], remarks: [] });
  expect(doubt.thresholds).toContainEqual({ name: 'wrongWords', value: 0.032, from: 'default' });
  expect(Doubt.parse(doubt)).toEqual(doubt);
  const { thresholds: _, ...older } = doubt;
  expect(Doubt.parse(older).thresholds).toEqual([]);
});

test('the reasons name pages and numbers', () => {
  const doubt = judged([page(1), page(2, { unread_area: 90_000 }), page(3, { undivided: true })]);
  expect(doubt.verdict).toBe('doubtful');
  expect(textsOf(doubt)).toEqual([
    'page 2: 90 % of the lettering could not be read',
    'page 3: told as one picture, although it does not look like one',
  ]);
  expect(doubt.reasons.map(({ kind, pages }) => [kind, pages])).toEqual([
    ['unread', [2]],
    ['panels', [3]],
  ]);
});

test('a few doubts on each page add up', () => {
  const pages = [1, 2, 3, 4].map((number) => page(number, { wrong_words: 0.6, lost_words: 1 }));
  expect(textsOf(judged(pages))).toEqual([
    '4 of 160 words are left out and about 4 more could be wrong, on pages 1–4',
  ]);
});

test('words that are left out are lost, those that are spoken count by the chance that they are wrong', () => {
  expect(judged([page(1, { wrong_words: 0.9 })]).verdict).toBe('sure');
  expect(textsOf(judged([page(1, { wrong_words: 1.9 })]))).toEqual([
    'about 2 of 40 words could be wrong, on page 1',
  ]);
  expect(textsOf(judged([page(1, { lost_words: 2 })]))).toEqual([
    '2 of 40 words are left out and about 1 more could be wrong, on page 1',
  ]);
});

test.each<[string, Partial<PageReading>]>([
  ['panels that do not account for the page', { panel_doubt: 1 }],
  ['an order with a close alternative', { order_doubt: 1 }],
  ['a bubble that looks like two', { fused_bubbles: 1 }],
  ['an order that depends on the unknown direction', { unknown_direction: true }],
  ['many words lost', { lost_words: 10 }],
  ['nothing read where there is lettering', { words: 0, unread_area: 100_000, language: null }],
])('one page among hundreds makes a chapter doubtful: %s', (_, reading) => {
  const pages = Array.from({ length: 300 }, (_, index) => page(index + 1, index === 150 ? reading : {}));
  const doubt = judged(pages);
  expect(doubt.verdict).toBe('doubtful');
  expect(doubt.reasons[0]?.pages).toEqual([151]);
});

test('credits, licence and sources for which a description has no room make a chapter doubtful', () => {
  const credits = Array.from({ length: 400 }, (_, index) => ({ role: 'Tranh', name: `Họa sĩ ${index}` }));
  const urls = Array.from({ length: 90 }, (_, index) => `https://example.org/${index}/${'a'.repeat(60)}`);
  const parts = urls.map((url, index) => ({
    ...{ ...metadata, first_page: index + 1, source: { name: 'library', url } },
  }));
  for (const over of [{ credits }, { licence: 'Ghi rõ nguồn. '.repeat(300) }, { parts }])
    expect(judged([page(1)], over).reasons).toContainEqual({
      ...{ kind: 'rights', pages: [] },
      text: expect.stringMatching(/^credits, licence and sources take \d+ bytes .* has room for 3700: /),
    });
});

test('what a description has room for is whole in that of the video and of its Short', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'ữ', '漫', '🖌', ' '), minLength: 1, maxLength: 60 });
  const music = '漫'.repeat(300);
  fc.assert(
    fc.property(
      fc.array(fc.record({ role: word, name: word }), { maxLength: 60 }),
      fc.option(word.map((licence) => licence.repeat(20))),
      word,
      (credits, licence, manga_title) => {
        const chapter = chapterOf(1, { credits, licence, manga_title });
        if (textsOf(judged([page(1)], chapter)).some((text) => text.startsWith('credits, '))) return;
        const facts = { music, narrator: 'ocr' };
        const url = 'https://www.youtube.com/watch?v=0123456789a';
        for (const { description } of [
          videoMetadata(chapter, facts),
          shortMetadata(chapter, { last_words: 'Ai đó?' }, { ...facts, url }),
        ]) {
          for (const { role, name } of credits) expect(description).toContain(`${role}: ${name}`);
          if (licence) expect(description).toContain(licence.trim());
          expect(description).toContain(music);
        }
      },
    ),
  );
});

test('a page that forbids republication makes a chapter doubtful, with its words', () => {
  const bubble = {
    x: 0,
    y: 0,
    w: 9,
    h: 9,
    text: 'Vui lòng\nKHÔNG REUP!',
    confidence: 90,
    kind: 'sign' as const,
  };
  const last = page(3);
  const pages = [
    page(1),
    page(2),
    { ...last, panels: last.panels.map((panel) => ({ ...panel, bubbles: [bubble] })) },
  ];
  expect(judged(pages).reasons).toEqual([
    { kind: 'rights', pages: [3], text: 'republication is forbidden on page 3: “Vui lòng KHÔNG REUP!”' },
  ]);
});

test('a chapter that comes after a later one waits for a person, by its number and the other’s name', () => {
  expect(judged([page(1)], { overtaken_by: 'Mèo/5', number: '3' }).reasons).toEqual([
    {
      ...{ kind: 'order', pages: [] },
      text: 'chapter 3 comes late: “Mèo/5”, which belongs after it in the series, is out or waits for you: approve it, or reject it to leave it out',
    },
  ]);
});

test('a chapter of unknown direction has one reason, which names the setting that resolves it', () => {
  const doubt = judged([page(1), ...[2, 3, 4].map((number) => page(number, { unknown_direction: true }))]);
  expect(doubt.reasons).toEqual([
    {
      kind: 'order',
      pages: [2, 3, 4],
      text: expect.stringMatching(/the order of pages 2–4 depends on it: set readingDirection to rtl or ltr/),
    },
  ]);
});

test('a person is told why panels could be divided wrongly', () => {
  const pages = [
    page(1, { panel_doubt: 0.6, panel_doubts: ['scale', 'sliver'] }),
    page(2, { panel_doubt: 0.7 }),
  ];
  expect(textsOf(judged(pages))).toEqual([
    'page 2: its panels could be divided wrongly',
    'page 1: its panels could be divided wrongly, since they are others at other sizes of the page, since one is too narrow for a picture, or an even band that an app could have added',
  ]);
});

test('lines that are missing from bubbles are counted, unless there is only one', () => {
  const pages = [page(1, { unread_lines: 2 }), page(2), page(3, { unread_lines: 1 })];
  expect(textsOf(judged(pages))).toEqual([
    'page 1: 2 lines in bubbles were not read',
    'page 3: a line in a bubble was not read',
  ]);
  expect(judged([page(1, { lines: 4, unread_lines: 1 })]).verdict).toBe('sure');
});

test('a blurred page is not taken for a silent one', () => {
  const blurred = page(2, { sharpness: 0.3, words: 0, lettering_area: 0, language: null });
  expect(textsOf(judged([page(1), blurred]))).toEqual(['page 2: too blurred to find its lettering']);
});

test('art that looks like a few letters does not hold a silent page', () => {
  const silent = page(1, { words: 0, lettering_area: 3_000, unread_area: 3_000, language: null });
  expect(judged([silent]).verdict).toBe('sure');
});

test('a chapter in which hardly a word was read is not taken for a silent one, unless it has one or two pages', () => {
  const silent = (pages: number, words = 0) =>
    Array.from({ length: pages }, (_, index) =>
      page(index + 1, { words: index === 0 ? words : 0, lettering_area: 0, language: null }),
    );
  expect(judged(silent(3)).reasons).toEqual([
    {
      ...{ kind: 'unread', pages: [1, 2, 3] },
      text: expect.stringMatching(/^no word was read on 3 pages: approve it if/),
    },
  ]);
  expect(textsOf(judged(silent(20, 19)))).toEqual([expect.stringContaining('only 19 words were read on 20')]);
  expect(judged(silent(20, 20)).verdict).toBe('sure');
  expect(judged(silent(2)).verdict).toBe('sure');
  const told = scriptOf(silent(3), { mood: 'neutral' }, 'llm');
  expect(judged(silent(3), {}, told).verdict).toBe('sure');
});

describe('the same words at one place of several pages', () => {
  const line = (number: number, text: string, at: Partial<Bubble> = {}): PageAnalysis => {
    const { panels, ...rest } = page(number);
    const bubble = { ...{ x: 300, y: 1340, w: 400, h: 20, text, confidence: 90 }, ...at };
    return { ...rest, panels: panels.map((panel, i) => (i === 0 ? { ...panel, bubbles: [bubble] } : panel)) };
  };
  const watermark = 'Đọc truyện tại NETTRUYEN.COM';

  test('could be a watermark', () => {
    const pages = [
      line(1, watermark),
      page(2),
      line(3, 'đọc truyện tại nettruyen.com.', { y: 300 }),
      line(4, watermark),
    ];
    expect(judged(pages).reasons).toEqual([
      {
        ...{ kind: 'signs', pages: [1, 3, 4] },
        text: `“${watermark}” is spoken on pages 1 and 3–4 and stands at one place of each: it could be a watermark or a running title`,
      },
    ]);
    const told = scriptOf(pages, { mood: 'neutral' }, 'llm');
    expect(judged(pages, {}, told).verdict).toBe('sure');
  });

  test.each<[string, PageAnalysis[]]>([
    ['are repeated at other places', [1, 2, 3].map((number) => line(number, watermark, { x: 90 * number }))],
    ['are on two pages', [1, 2].map((number) => line(number, watermark))],
    ['are a cry', [1, 2, 3].map((number) => line(number, 'Không thể!'))],
    ['are shown and not spoken', [1, 2, 3].map((number) => line(number, watermark, { kind: 'sign' }))],
  ])('are not doubtful if they %s', (_, pages) => {
    expect(judged(pages).verdict).toBe('sure');
  });
});

test('the list of reasons is bounded for thousands of doubtful pages', () => {
  const pages = Array.from({ length: 2000 }, (_, index) =>
    page(index + 1, { undivided: true, unread_area: 90_000, lost_words: 30, order_doubt: 1 }),
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

  test('must be Vietnamese for the narrator ocr by the words that were read, whatever the metadata says', () => {
    const [reason] = textsOf(judged(english, { language: 'vi' }));
    expect(reason).toContain('the lettering of pages 1–2 is English');
    expect(reason).toContain('narrator: llm');
  });

  test('does not matter if a model told the page', () => {
    const told = scriptOf(english, { mood: 'neutral' }, 'llm');
    expect(judged(english, { language: 'en' }, told).verdict).toBe('sure');
  });

  test('matters for a page that the model did not tell', () => {
    const told = scriptOf(english, { mood: 'neutral' }, 'llm');
    const mixed = {
      ...told,
      segments: told.segments.map(({ mood, ...one }) => (one.page === 2 ? one : { ...one, mood })),
    };
    expect(textsOf(judged(english, {}, mixed))).toEqual([
      expect.stringContaining('the lettering of page 2 is English'),
    ]);
  });

  test('of a few words on a page that the model did not tell is that of the other pages, without metadata', () => {
    const few = { words: 3, language: null };
    const spokenOf = (language: string) => {
      const pages = [page(1, { language }), page(2, few)];
      const told = scriptOf(pages, { mood: 'neutral' }, 'llm');
      const [first, second] = told.segments as [Segment, Segment];
      const { mood: _, ...read } = second;
      return judged(pages, { language: null }, { ...told, segments: [first, read] });
    };
    expect(textsOf(spokenOf('en'))).toEqual([expect.stringContaining('the lettering of page 2 is English')]);
    expect(spokenOf('vi').verdict).toBe('sure');
  });

  test('comes from the metadata where too little was read', () => {
    const unread = [page(1, { words: 0, language: null, unread_area: 100 })];
    expect(textsOf(judged(unread, { language: 'ja' }))[0]).toContain('Japanese');
    expect(judged([page(1, { language: 'vi' })], { language: 'en' }).verdict).toBe('sure');
  });

  test('that is not known is the one of the metadata, or another than Vietnamese', () => {
    const unknown = [page(1, { language: 'und' })];
    expect(textsOf(judged(unknown, { language: 'cs' }))[0]).toContain('page 1 is Czech, and');
    for (const language of ['vi', null])
      expect(textsOf(judged(unknown, { language }))[0]).toMatch(
        /^the lettering of page 1 is in another language than Vietnamese, .*: set narrator: llm/,
      );
  });

  test('of square letters is not a Latin one, unless the metadata names it', () => {
    const squares = [page(1, { words: 3, language: null, square_letters: true, unread_area: 80_000 })];
    for (const language of ['vi', null])
      expect(textsOf(judged(squares, { language }))[0]).toMatch(
        /page 1 is Japanese, Chinese, Korean or in another non-Latin script, .* narrator: llm/,
      );
    expect(textsOf(judged(squares, { language: 'zh' }))[0]).toContain('page 1 is Chinese, and');
  });

  test('does not matter in a chapter without lettering', () => {
    const silent = [page(1, { words: 0, lettering_area: 0, language: null })];
    expect(judged(silent, { language: 'ja' }).verdict).toBe('sure');
  });

  test('comes from each chapter of a video with several', () => {
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
  test('is incomplete when some of its pages are not stored', () => {
    expect(textsOf(judged([page(1)], { source_pages: 3 }))).toEqual([
      "1 of the source's 3 pages are stored, from page 1 on",
    ]);
  });

  test('counts the files of a strip, which has fewer pages', () => {
    const strip = (files: number) => [
      { ...{ number: 1, key: 'k', width: 8, height: 40 }, files },
      { ...{ number: 2, key: 'k', width: 8, height: 40 }, files: 3 },
    ];
    expect(judged([page(1), page(2)], { source_pages: 7, pages: strip(4) }).verdict).toBe('sure');
    expect(textsOf(judged([page(1), page(2)], { source_pages: 7, pages: strip(3) }))).toEqual([
      "6 of the source's 7 pages are stored, from page 1 on",
    ]);
  });

  test('is doubtful where a strip was cut through its art', () => {
    const strip = [
      { ...{ number: 1, key: 'k', width: 8, height: 40 }, ends_in_art: true },
      { number: 2, key: 'k', width: 8, height: 40 },
    ];
    expect(textsOf(judged([page(1), page(2)], { pages: strip }))).toEqual([
      'page 1: it ends within a picture, since the strip has no even ground there',
    ]);
  });

  test('is counted separately for each chapter in a video', () => {
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

  test.each(['Adults Only 18+', 'X18+', 'R18+', 'Adult'])('can be for adults: %s', (age_rating) => {
    expect(textsOf(judged([page(1)], { age_rating }))).toEqual([
      `the source says that it is for adults: ${age_rating}`,
    ]);
  });

  test.each(['Kids to Adults', 'Everyone 10+', 'Mature 17+'])('is not for adults only: %s', (age_rating) => {
    expect(judged([page(1)], { age_rating }).verdict).toBe('sure');
  });

  test('can forbid the video', () => {
    const [reason] = textsOf(judged([page(1)], { republication_forbidden: 'Do not repost' }));
    expect(reason).toContain('“Do not repost”');
  });

  describe('can have notes that limit its use', () => {
    const noteOf = (text_hash: string | null, ...sentences: string[]) => ({
      from: 'Notes',
      sentences,
      text_hash,
    });
    const [first, second] = [noteOf('a'.repeat(64), 'Không reup!'), noteOf(null, 'Licence: see the site.')];
    const approved = {
      ...{ text_hash: 'a'.repeat(64), sentences: ['Không reup!'], approved_by: 'an' },
      ...{ approved_at: '2026-12-01T08:00:00.000Z', job_id: 'job-first' },
    };
    const judgedWith = (...notes: (typeof first)[]) => {
      const chapter = chapterOf(1, { republication_forbidden: 'Không reup!', limiting_notes: notes });
      return judge({ chapter, pages: [page(1)], script: scriptOf([page(1)]), approved: [approved] });
    };

    test('each is a reason, which says what an approval means for later chapters', () => {
      const notes = { limiting_notes: [first, second], republication_forbidden: 'Không reup!' };
      expect(textsOf(judged([page(1)], notes))).toEqual([
        'the source forbids republication: “Không reup!”; if you approve it, no later chapter of the series is held for a note with the same words',
        'the source speaks of rights or use, but does not clearly permit a video: “Licence: see the site.”; an approval counts for this chapter alone, since the note is not shown whole',
      ]);
    });

    test('one that was approved before does not hold it, and the verdict says by whom, when and with which job', () => {
      const doubt = judgedWith(first);
      expect(doubt).toMatchObject({ verdict: 'sure', reasons: [], approved_notes: [approved] });
      expect(doubt.remarks[0]).toBe(
        'not held for a note of the source: note aaaaaaaa, approved by an at 2026-12-01T08:00:00.000Z for job-first: “Không reup!”',
      );
      expect(Doubt.parse(doubt)).toEqual(doubt);
    });

    test('an approval of one is not an approval of another', () => {
      expect(judgedWith(first, second).reasons).toHaveLength(1);
      expect(judgedWith(noteOf('b'.repeat(64), 'Không reup!')).reasons).toHaveLength(1);
    });
  });

  test('causes remarks for what it leaves out, which do not hold the chapter', () => {
    const doubt = judged([page(1)], {
      ...{ number: null, credits: [], language: null },
      ...{ skipped_files: ['Thumbs.db'], notes: ['ComicInfo.xml is broken'] },
    });
    expect(doubt.verdict).toBe('sure');
    expect(doubt.remarks).toEqual([
      'the source does not say the number of the chapter, the credits, the language of the lettering',
      'files that are not pages: Thumbs.db',
      'ComicInfo.xml is broken',
    ]);
  });
});

describe('a row that looks like lettering and gave no words', () => {
  const rows = (...letters: number[]) => ({
    unread: letters.map((count, i) => ({
      x: 10,
      y: 40 * i,
      w: 200,
      h: 20,
      reason: 'texture' as const,
      letters: count,
    })),
  });

  test('counts by its letters', () => {
    expect(judged([page(1, rows(7))]).verdict).toBe('sure');
    expect(textsOf(judged([page(1, rows(7, 9)), page(2, { words: 20 })]))).toEqual([
      'about 3 of 60 words could be wrong, most of them on page 1',
      'page 1: 2 rows that look like lettering gave no words',
    ]);
  });

  test('counts with its whole block', () => {
    const [row] = rows(7).unread;
    const block = { x: 0, y: 0, w: 300, h: 80, reason: 'no_words' as const, letters: 18 };
    expect(judged([page(1, { unread: [{ ...block, y: 200 }, ...(row ? [row] : [])] })]).verdict).toBe('sure');
    expect(textsOf(judged([page(1, { unread: [block, ...(row ? [row] : [])] })]))).toEqual([
      'about 3 of 40 words could be wrong, on page 1',
      'page 1: a row that looks like lettering gave no words',
    ]);
  });

  test('does not hold a silent page, unless there is much of it', () => {
    const silent = { words: 0, lettering_area: 0, language: null };
    expect(judged([page(1, { ...silent, ...rows(9, 12) })]).verdict).toBe('sure');
    expect(textsOf(judged([page(1, { ...silent, ...rows(12, 14, 13, 16) })]))[0]).toBe(
      'page 1: about 10 words could be missing, and none was read',
    );
  });
});

test('half of the lines that could be signs or speech count as wrong; a single one does not hold a chapter', () => {
  expect(judged([page(1, { unsure_bubbles: 1, unsure_words: 3 })]).verdict).toBe('sure');
  expect(
    textsOf(
      judged([
        page(1, { unsure_bubbles: 1, unsure_words: 3 }),
        page(2, { unsure_bubbles: 2, unsure_words: 9 }),
      ]),
    ),
  ).toEqual([
    'about 4 of 80 words could be wrong, most of them on page 2',
    'page 2: 2 lines could be signs or speech',
    'page 1: a line could be a sign or speech',
  ]);
});

describe('speech outside all panels', () => {
  const speaking = (bubbles: number, loose_bubbles: number): PageAnalysis => {
    const { panels, ...rest } = page(1, { loose_bubbles });
    const spoken = Array.from({ length: bubbles }, () => ({
      ...{ x: 10, y: 10, w: 80, h: 40, confidence: 0.9 },
      text: 'Trời mưa rồi.',
    }));
    return {
      ...rest,
      panels: panels.map((panel, index) => ({ ...panel, bubbles: index === 0 ? spoken : [] })),
    };
  };

  test('is doubtful if it is more than the usual title or aside', () => {
    expect(textsOf(judged([speaking(6, 2)]))).toEqual(['page 1: 2 bubbles are outside all panels']);
    expect(judged([speaking(6, 1)]).verdict).toBe('sure');
  });
});

describe('the script', () => {
  test('is doubtful if it never shows a panel', () => {
    const pages = [page(1, {}, 3)];
    const script = scriptOf(pages, { panels: ['p001-1'] });
    expect(textsOf(judged(pages, {}, script))).toEqual(['page 1: 2 of 3 panels are never shown']);
  });

  test.each(['進撃の巨人、1', 'Это глава один.', '…'])(
    "is doubtful if a Vietnamese voice can't say a segment: %s",
    (text) => {
      const pages = [page(1)];
      expect(textsOf(judged(pages, {}, scriptOf(pages, { text })))).toEqual([
        expect.stringContaining("can't be timed"),
      ]);
    },
  );

  test("can contain a name that a Vietnamese voice can't say within a sentence", () => {
    const pages = [page(1)];
    const text = 'Chào mừng các bạn đến với 進撃の巨人.';
    expect(textsOf(judged(pages, {}, scriptOf(pages, { text })))).toEqual([]);
  });

  test('is not doubtful because pages were not measured, but has a remark', () => {
    const { reading: _, ...unmeasured } = page(1);
    const doubt = judged([unmeasured]);
    expect(doubt).toMatchObject({
      verdict: 'sure',
      remarks: [expect.stringContaining('page 1 could be read was not measured')],
    });
  });
});

test('a stricter threshold of a series holds a chapter that passes, and a looser one passes what is held', () => {
  const orders = (order_doubt: number, orderDoubt: number) => {
    const pages = [page(1, { order_doubt })];
    const judgedBy = applyThresholds([
      { from: 'library/series/meo.json', thresholds: { orderDoubt }, onlyStricter: false },
    ]);
    const { verdict, thresholds } = judge({
      chapter: chapterOf(1),
      pages,
      script: scriptOf(pages),
      judgedBy,
    });
    expect(thresholdLines(thresholds)).toEqual([
      `orderDoubt is ${orderDoubt} instead of 0.5 (library/series/meo.json)`,
    ]);
    return verdict;
  };
  expect(judged([page(1, { order_doubt: 0.4 })]).verdict).toBe('sure');
  expect(orders(0.4, 0.3)).toBe('doubtful');
  expect(judged([page(1, { order_doubt: 0.6 })]).verdict).toBe('doubtful');
  expect(orders(0.6, 0.7)).toBe('sure');
});

test('the limits are those of docs/doubt.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/doubt.md'), 'utf8');
  const written = [...page.matchAll(/^\| `(\w+)` \| ([\d.]+) \|/gm)].map(([, name, value]) => [
    name,
    Number(value),
  ]);
  expect(Object.fromEntries(written)).toEqual(limits);
});
