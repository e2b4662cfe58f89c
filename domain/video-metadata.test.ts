import type { Chapter } from './chapter.ts';
import { chapterList, pageStarts } from './video-chapters.ts';
import { coverText, fitTags, shortMetadata, videoMetadata } from './video-metadata.ts';

const chapter: Chapter = {
  job_id: 'job-abc123',
  chapter_id: 'a/1',
  manga_id: 'a',
  manga_title: 'Mèo Mun',
  number: '1',
  title: 'Đêm mưa',
  summary: 'Một đêm mưa.',
  language: 'vi',
  reading_direction: 'rtl',
  credits: [{ role: 'Tranh', name: 'An' }],
  licence: 'CC BY 4.0',
  source: { name: 'library', url: 'https://example.org/a' },
  pages: [{ number: 1, key: 'k', width: 1, height: 1 }],
};

describe('the description', () => {
  test('says what a machine made: the voice, and the words if a model told the story', () => {
    const said = (narrator: string) => videoMetadata(chapter, { narrator }).description;
    expect(said('ocr')).toMatch(/^Giọng đọc được tạo bằng máy\.$/m);
    expect(said('llm')).toMatch(/^Lời kể và giọng đọc do máy tạo\.$/m);
  });

  test("names the licence once, whatever the source's wording", () => {
    for (const licence of ['CC BY 4.0', 'Licence: CC BY 4.0', 'license - CC BY 4.0', 'Giấy phép: CC BY 4.0'])
      expect(videoMetadata({ ...chapter, licence }).description).toContain('\n\nGiấy phép: CC BY 4.0\n');
  });

  test('cuts the summary and keeps chapters, credits, licence and source whole', () => {
    const { description } = videoMetadata(
      { ...chapter, summary: 'ữ '.repeat(9000) },
      { contents: '0:00 Trang 1' },
    );
    expect(Buffer.byteLength(description)).toBeLessThanOrEqual(5000);
    expect(Buffer.byteLength(description)).toBeGreaterThan(4990);
    for (const kept of [
      '0:00 Trang 1',
      'Tranh: An',
      'Giấy phép: CC BY 4.0',
      'https://example.org/a',
      'bằng máy',
    ])
      expect(description).toContain(kept);
  });

  test('names the volume, but not the year that ComicInfo has there', () => {
    expect(videoMetadata({ ...chapter, volume: '3' }).description).toContain('Tập: 3\n');
    expect(videoMetadata({ ...chapter, volume: '2019' }).description).not.toContain('Tập');
  });

  describe('without room for all credits, licence and sources, for which a person approved it,', () => {
    const credits = Array.from({ length: 400 }, (_, index) => ({ role: 'Vẽ', name: `Họa sĩ ${index} 🖌` }));
    const parts = Array.from({ length: 90 }, (_, index) => ({
      ...{ ...chapter, first_page: index + 1 },
      source: { name: 'library', url: `https://example.org/${index}/${'a'.repeat(60)}` },
    }));
    const licence = `CC BY 4.0. ${'Ghi rõ tên tác giả và nhóm dịch. '.repeat(200)}`;
    const described = (over: Partial<Chapter>, whole?: string) => {
      const its = { ...chapter, ...over };
      const { description } = whole
        ? shortMetadata(its, { last_words: 'Ai đó?' }, { url: whole, narrator: 'llm' })
        : videoMetadata(its, { contents: '0:00 Trang 1', narrator: 'llm' });
      expect(Buffer.byteLength(description)).toBeLessThanOrEqual(5000);
      expect(description).not.toContain('\uFFFD');
      // What a machine made is said in any case.
      expect(description).toMatch(/\n\nLời kể và giọng đọc do máy tạo\.$/);
      return description;
    };

    test.each([undefined, 'https://v/1'])('counts the last people, and keeps the rest whole', (whole) => {
      const description = described({ credits }, whole);
      const named = description.match(/^Vẽ: Họa sĩ \d+ 🖌$/gmu)?.length ?? 0;
      expect(named).toBeGreaterThan(100);
      expect(description).toContain(
        `Vẽ: Họa sĩ ${named - 1} 🖌\nVà ${400 - named} người khác\n\nGiấy phép: CC BY 4.0\n\nNguồn: https://example.org/a\n\n`,
      );
    });

    test.each([undefined, 'https://v/1'])('cuts a licence that is too long visibly', (whole) => {
      const description = described({ licence }, whole);
      expect(description).toMatch(
        /Tranh: An\n\nGiấy phép: CC BY 4\.0\. Ghi rõ .*…\n\nNguồn: https:\/\/example\.org\/a\n\n/,
      );
      expect(Buffer.byteLength(description)).toBeGreaterThan(4980);
    });

    test('counts the last sources', () => {
      const description = described({ parts });
      const named = description.match(/^Nguồn: /gm)?.length ?? 0;
      expect(description).toContain(`\nVà ${90 - named} nguồn khác\n`);
      expect(description).toContain('Tranh: An\n\nGiấy phép: CC BY 4.0\n\nNguồn: https://example.org/0/');
    });

    test('names some of each if all are too long', () => {
      const description = described({ credits, licence, parts });
      for (const found of [
        /Vẽ: Họa sĩ 50 🖌/u,
        /Và \d+ người khác/,
        /Giấy phép: CC BY 4.0/,
        /Và \d+ nguồn khác/,
      ])
        expect(description).toMatch(found);
    });
  });
});

describe('a video whose story is known', () => {
  const presentation = {
    headline: 'Ai lấy chiếc ô đỏ?',
    description: 'Mưa suốt đêm, và chiếc ô biến mất.',
    tags: ['trinh thám', 'mưa'],
    thumbnail_panel: null,
  };

  test('takes headline and description from the story, and names the chapter', () => {
    const { title, description, tags } = videoMetadata(chapter, { presentation, contents: '0:00 Trang 1' });
    expect(title).toBe('Mèo Mun – Chương 1: Ai lấy chiếc ô đỏ?');
    expect(description).toMatch(
      /^Mưa suốt đêm, và chiếc ô biến mất\.\n\nMèo Mun – Chương 1: Đêm mưa\n\n0:00 Trang 1\n\nTranh: An\n/,
    );
    expect(description).not.toContain('Một đêm mưa.');
    expect(tags.slice(0, 3)).toEqual(['Mèo Mun', 'trinh thám', 'mưa']);
  });

  test('keeps the credits, however long the story’s text is', () => {
    const { description } = videoMetadata(chapter, {
      presentation: { ...presentation, description: '<ữ> '.repeat(2000) },
    });
    expect(Buffer.byteLength(description)).toBeLessThanOrEqual(5000);
    expect(description).toContain('Tranh: An\n\nGiấy phép: CC BY 4.0\n\nNguồn: https://example.org/a');
    expect(description).not.toMatch(/[<>]/);
  });

  test('shows its headline on the thumbnail, otherwise the title, otherwise the number', () => {
    expect(coverText(chapter, presentation)).toBe('Ai lấy chiếc ô đỏ?');
    expect(coverText(chapter)).toBe('Đêm mưa');
    expect(coverText({ ...chapter, title: null })).toBe('Mèo Mun – Chương 1');
    const japanese = { ...chapter, manga_title: '進撃の巨人', title: '二千年後の君へ' };
    expect(coverText(japanese)).toBe('二千年後の君へ');
    expect(coverText({ ...japanese, title: null })).toBe('進撃の巨人 – Chương 1');
  });
});

describe('the title', () => {
  const titleOf = (named: Partial<Chapter>) => videoMetadata({ ...chapter, ...named }).title;

  test.each([
    [{}, 'Mèo Mun – Chương 1: Đêm mưa'],
    [{ number: '001', title: 'Chương 1: Đêm mưa' }, 'Mèo Mun – Chương 1: Đêm mưa'],
    [{ title: 'Mèo Mun' }, 'Mèo Mun – Chương 1'],
    [{ manga_title: '進撃の巨人', title: '二千年後の君へ' }, '進撃の巨人 – Chương 1: 二千年後の君へ'],
    [{ number: null }, 'Mèo Mun – Đêm mưa'],
  ])('of %j is %j', (named, title) => {
    expect(titleOf(named)).toBe(title);
  });

  test('never loses the number of the chapter, however long the names are', () => {
    for (const manga_title of ['ữ'.repeat(300), 'Con mèo '.repeat(12), '漫'.repeat(98), '<a> '.repeat(40)])
      for (const title of [null, 'Đêm mưa', 'đ'.repeat(200)])
        for (const number of ['7', '12.5', '1000–1003']) {
          const made = titleOf({ manga_title, title, number });
          expect(made).toContain(`Chương ${number}`);
          expect(made.length).toBeLessThanOrEqual(100);
          expect(made).not.toMatch(/[<>]/);
        }
  });

  test('keeps the name of the series before that of the chapter, which is cut or left out', () => {
    expect(titleOf({ manga_title: 'M'.repeat(60), title: 'đ'.repeat(60) })).toBe(
      `${'M'.repeat(60)} – Chương 1: ${'đ'.repeat(26)}…`,
    );
    expect(titleOf({ manga_title: 'M'.repeat(85), title: 'đ'.repeat(60) })).toBe(
      `${'M'.repeat(85)} – Chương 1`,
    );
  });
});

test('has a title for a work whose name is all brackets', () => {
  const nameless = { ...chapter, manga_title: '<>', number: null, title: null };
  expect(videoMetadata(nameless)).toMatchObject({ title: 'Truyện tranh' });
  expect(videoMetadata(nameless).series).toBeUndefined();
});

test('counts tags as YouTube does: with quotes around spaces and commas between', () => {
  const tags = fitTags(Array.from({ length: 100 }, (_, index) => `a b ${index + 100}`));
  expect(tags.length).toBe(Math.floor(501 / 10));
  expect(fitTags(['Manga', 'manga', ' ', 'a,b', '<x>'])).toEqual(['Manga', 'a b', 'x']);
});

describe('the chapter list', () => {
  const at = (...starts: number[]) => starts.map((start, index) => ({ page: index + 1, start }));

  test('starts at 0:00 and names the pages', () => {
    expect(chapterList(at(0, 30, 65.9, 120), 150)).toBe(
      '0:00 Trang 1\n0:30 Trang 2\n1:05 Trang 3\n2:00 Trang 4',
    );
  });

  test('merges short pages, so that every part has 10 s, also the last one', () => {
    expect(chapterList(at(0, 4, 9, 20, 40, 60, 65), 68)).toBe('0:00 Trang 1–3\n0:20 Trang 4\n0:40 Trang 5–7');
  });

  test('is left out when the video is too short for three', () => {
    expect(chapterList(at(0, 15), 40)).toBeUndefined();
    expect(chapterList([], 0)).toBeUndefined();
  });

  test('has at most twenty parts, however many pages there are', () => {
    const list = chapterList(at(...Array.from({ length: 300 }, (_, index) => index * 60)), 18_000);
    expect(list?.split('\n').length).toBeLessThanOrEqual(20);
    expect(list).toMatch(/\n1:00:00 /);
  });

  describe('of a video with several chapters', () => {
    const { job_id: _, pages: __, ...one } = chapter;
    const parts = (...firstPages: number[]) =>
      firstPages.map((first_page, index) => ({ ...one, number: `${index + 4}`, first_page }));

    test('names each', () => {
      expect(chapterList(at(0, 30, 60, 90, 120), 150, parts(1, 3, 4))).toBe(
        '0:00 Chương 4: Đêm mưa\n1:00 Chương 5: Đêm mưa\n1:30 Chương 6: Đêm mưa',
      );
    });

    test('names the pages of each if there are only two, counted from its first', () => {
      expect(chapterList(at(0, 30, 60, 90), 120, parts(1, 3))).toBe(
        [
          '0:00 Chương 4: Đêm mưa – Trang 1',
          '0:30 Chương 4: Đêm mưa – Trang 2',
          '1:00 Chương 5: Đêm mưa – Trang 1',
          '1:30 Chương 5: Đêm mưa – Trang 2',
        ].join('\n'),
      );
    });

    test('merges a chapter of a few seconds with the one before', () => {
      expect(chapterList(at(0, 30, 35, 60), 90, parts(1, 2, 3, 4))).toBe(
        '0:00 Chương 4: Đêm mưa\n0:30 Chương 5: Đêm mưa, Chương 6: Đêm mưa\n1:00 Chương 7: Đêm mưa',
      );
    });

    test('is left out if YouTube would reject it', () => {
      expect(chapterList(at(0, 8), 16, parts(1, 2))).toBeUndefined();
    });
  });

  test('takes the times from the spoken segments and their pauses', () => {
    const segment = (index: number, page: number) => ({
      ...{ index, page, kind: 'speech' as const, text: 'a', panels: ['p001-1'], pause_after: 0.5 },
    });
    const spoken = (index: number) => ({ index, audio: 'a', duration: 4, pause_after: 1, words: [] });
    expect(
      pageStarts(
        {
          job_id: 'job-abc123',
          narrator: 'ocr',
          language: 'vi',
          segments: [segment(0, 1), segment(1, 1), segment(2, 2)],
        },
        { job_id: 'job-abc123', voice: 'v', duration: 15, segments: [spoken(0), spoken(1), spoken(2)] },
      ),
    ).toEqual({ starts: [at(0)[0], { page: 2, start: 10 }], duration: 15 });
  });

  test.each([
    ['a sentence before the welcome', [2, 1, 2], [1, 3]],
    ['a recap after it', [1, 1, 2, 2, 1, 2], [1, 6]],
  ])('%s, over a later page, belongs to the page that follows', (_title, pages, [first, second]) => {
    const segments = pages.map((page, index) => ({
      ...{ index, page, kind: 'description' as const, text: 'a', panels: ['p001-1'], pause_after: 0.5 },
    }));
    const spoken = pages.map((_, index) => ({ index, audio: 'a', duration: 4, pause_after: 1, words: [] }));
    const { starts } = pageStarts(
      { job_id: 'job-abc123', narrator: 'llm', language: 'vi', segments },
      { job_id: 'job-abc123', voice: 'v', duration: pages.length * 5, segments: spoken },
    );
    const startOf = (position = 1) => (position - 1) * 5;
    expect(starts).toEqual([
      { page: 1, start: startOf(first) },
      { page: 2, start: startOf(second) },
    ]);
  });
});

describe('the title of a Short', () => {
  const short = (last_words: string, named: Partial<Chapter> = {}) =>
    shortMetadata({ ...chapter, ...named }, { last_words }, { url: 'https://v/1' });

  test.each([
    ['Trời tối rồi. Ai đã lấy chìa khoá?', 'Ai đã lấy chìa khoá?'],
    ['Trời tối rồi. Ai đó ? ”', 'Ai đó ? ”'],
    ['“Trời tối rồi.” “Ai đó?”  ', '“Ai đó?”'],
    ['Hình như là . . .', 'Hình như là . . .'],
    ['Cái gì?! 3 giờ rồi…', '3 giờ rồi…'],
    ['<b>Ai</b> đó?', 'bAi/b đó?'],
  ])('of a Short that ends with %j has %j', (words, title) => {
    expect(short(words).title).toBe(`${title} | Mèo Mun – Chương 1`);
  });

  test('fits YouTube, however long its words and names are', () => {
    for (const words of [
      'a '.repeat(1000),
      'ữ'.repeat(2000),
      '👩‍👩‍👧‍👦'.repeat(300),
      'مرحبا '.repeat(300),
      '<>',
      '?!',
    ])
      for (const manga_title of ['Mèo', 'M'.repeat(300), '']) {
        const { title, description } = short(words, { manga_title });
        expect([title.length > 0, title.length <= 100]).toEqual([true, true]);
        expect(title).not.toMatch(/[<>]|\p{Surrogate}/u);
        expect(Buffer.byteLength(description)).toBeLessThanOrEqual(5000);
        expect(description).toContain('https://v/1');
      }
  });
});
