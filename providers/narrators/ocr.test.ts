import type { ChapterMetadata } from '../../domain/chapter.ts';
import { type PageAnalysis, panelId } from '../../domain/page.ts';
import { SegmentDraft } from '../../domain/script.ts';
import { createNarrator } from './index.ts';

const chapter: ChapterMetadata = {
  chapter_id: 'ngo-may-1',
  manga_id: 'ngo-may',
  manga_title: 'Ngõ Mây',
  number: '1',
  title: 'Kẻ trộm ô',
  summary: null,
  language: 'vi',
  reading_direction: 'rtl',
  credits: [
    { role: 'Kịch bản', name: 'Lan' },
    { role: 'Tranh', name: 'Lan' },
    { role: 'Dịch', name: 'Minh' },
  ],
  licence: 'Licence: Creative Commons Attribution 4.0 International (CC BY 4.0), https://example.org',
  source: { name: 'library', url: null },
};

/** Returns a page whose panels contain the given texts. */
const pageOf = (number: number, ...panels: string[][]): PageAnalysis => ({
  number,
  width: 100,
  height: 100,
  panels: panels.map((texts, i) => ({
    id: panelId(number, i + 1),
    x: 0,
    y: i * 10,
    w: 100,
    h: 10,
    bubbles: texts.map((text) => ({ x: 0, y: i * 10, w: 10, h: 5, text, confidence: 95 })),
  })),
});

const narrate = async (
  analysis: PageAnalysis,
  place: { isFirst?: boolean; isLast?: boolean; chapter?: ChapterMetadata } = {},
) => {
  const narrator = await createNarrator('ocr');
  const segments = await narrator.narratePage({
    chapter,
    isFirst: false,
    isLast: false,
    ...place,
    analysis,
    image: () => Promise.reject(new Error('this narrator does not look at pictures')),
  });
  return segments.map((segment) => SegmentDraft.parse(segment));
};

describe('the ocr narrator', () => {
  test('welcomes on the first page and names series, chapter and title', async () => {
    const [welcome, speech] = await narrate(pageOf(1, ['Mưa rồi!']), { isFirst: true });
    expect(welcome).toMatchObject({
      kind: 'opening',
      text: 'Chào mừng các bạn đến với Ngõ Mây, chương 1: Kẻ trộm ô.',
      panels: ['p001-1'],
    });
    expect(speech).toMatchObject({ kind: 'speech', text: 'Mưa rồi!' });
  });

  test('leaves unknown names out of the welcome', async () => {
    const bare = { ...chapter, number: null, title: null };
    const [welcome] = await narrate(pageOf(1, []), { isFirst: true, chapter: bare });
    expect(welcome?.text).toBe('Chào mừng các bạn đến với Ngõ Mây.');
  });

  test('says farewell on the last page with its authors', async () => {
    const segments = await narrate(pageOf(7, ['Hết!']), { isLast: true });
    expect(segments.at(-1)).toMatchObject({
      kind: 'closing',
      text: 'Chương 1 của Ngõ Mây đến đây là hết. Kịch bản và tranh: Lan. Dịch: Minh. Hẹn gặp lại trong video sau.',
    });
  });

  test.each([
    [{ number: '001' }, 'Chào mừng các bạn đến với Ngõ Mây, chương 1: Kẻ trộm ô.'],
    [{ title: 'Chương 1: Kẻ trộm ô' }, 'Chào mừng các bạn đến với Ngõ Mây, chương 1: Kẻ trộm ô.'],
    [
      { manga_title: '進撃の巨人', title: '二千年後の君へ', localized_title: 'Đại chiến Titan' },
      'Chào mừng các bạn đến với Đại chiến Titan, chương 1.',
    ],
    [{ manga_title: '進撃の巨人', title: '二千年後の君へ' }, 'Chào mừng các bạn đến với chương 1.'],
    [{ manga_title: '進撃の巨人', number: null, title: null }, 'Chào mừng các bạn.'],
  ])('welcomes with the names that a Vietnamese voice can say: %j', async (named, text) => {
    const [welcome] = await narrate(pageOf(1, []), { isFirst: true, chapter: { ...chapter, ...named } });
    expect(welcome?.text).toBe(text);
  });

  test("says farewell without names that a Vietnamese voice can't say", async () => {
    const foreign = {
      ...chapter,
      manga_title: 'Дракула',
      credits: [
        { role: 'Kịch bản', name: 'สมชาย' },
        { role: 'Tranh', name: 'Lan' },
      ],
      licence: null,
    };
    const segments = await narrate(pageOf(7, ['Hết!']), { isLast: true, chapter: foreign });
    expect(segments.at(-1)?.text).toBe('Chương 1 đến đây là hết. Tranh: Lan. Hẹn gặp lại trong video sau.');
  });

  test('narrates short bubbles of one panel together and keeps panels apart', async () => {
    const segments = await narrate(pageOf(2, ['SUỴT!', 'khẽ thôi'], ['Bà?']));
    expect(segments.map((s) => s.text)).toEqual(['Suỵt! Khẽ thôi.', 'Bà?']);
    expect(segments.map((s) => s.panels)).toEqual([['p002-1'], ['p002-2']]);
  });

  test('pauses longer after a text that trails off than after an exclamation', async () => {
    const [trailing, plain, called] = await narrate(
      pageOf(2, ['Mưa mãi...'], ['Ừ.'], ['Đứng lại!'], ['Hết.']),
    );
    expect(trailing?.pause_after).toBeGreaterThan(plain?.pause_after ?? 9);
    expect(called?.pause_after).toBeLessThan(plain?.pause_after ?? 0);
  });

  test('shows drawn sounds, but does not read them out', async () => {
    const page = pageOf(2, ['RẦM', 'Chạy đi!'], ['Bịch']);
    for (const { bubbles } of page.panels) if (bubbles[0]) bubbles[0].kind = 'sound';
    const segments = await narrate(page);
    expect(segments.map(({ text }) => text)).toEqual(['Chạy đi!']);
    expect(segments[0]?.panels).toEqual(['p002-1', 'p002-2']);
  });

  test("skips text that a Vietnamese voice can't say", async () => {
    const [only] = await narrate(pageOf(3, ['雨の日になる'], ['だれ？']));
    expect(only).toMatchObject({ kind: 'description', panels: ['p003-1', 'p003-2'] });
  });

  test('says the part of a bubble that a Vietnamese voice can say', async () => {
    const [only] = await narrate(pageOf(3, ['Chào 君!', 'Дракула', '雨']));
    expect(only?.text).toBe('Chào 君!');
  });

  test('takes AI for a word on a page that is lettered in capitals', async () => {
    const [shouted] = await narrate(pageOf(3, ['AI', 'TỚ ĐÂY, MỞ CỬA CHO TỚ VÀO VỚI!']));
    expect(shouted?.text).toBe('Ai. Tớ đây, mở cửa cho tớ vào với!');
    const [calm] = await narrate(pageOf(3, ['AI', 'Tớ đây, mở cửa cho tớ vào với!']));
    expect(calm?.text).toBe('AI. Tớ đây, mở cửa cho tớ vào với!');
  });

  test('splits a long speech into breaths over the same panel', async () => {
    const segments = await narrate(
      pageOf(2, ['Tôi kể cho bạn nghe một câu chuyện rất dài về cơn mưa. '.repeat(9)]),
    );
    expect(segments.length).toBeGreaterThan(1);
    for (const { text, panels } of segments) {
      expect(text.length).toBeLessThanOrEqual(220);
      expect(panels).toEqual(['p002-1']);
    }
  });

  test('shows silent panels in a longer pause after speech, or before the first speech', async () => {
    const segments = await narrate(pageOf(2, [], ['Ai đó?'], [], ['Mèo thôi.'], [], []));
    expect(segments.map((s) => s.panels)).toEqual([
      ['p002-1', 'p002-2', 'p002-3'],
      ['p002-4', 'p002-5', 'p002-6'],
    ]);
    const [bare, last] = await narrate(pageOf(2, ['Ai đó?'], ['Mèo thôi.']));
    expect(segments.map((s) => s.pause_after)).toEqual([
      (bare?.pause_after ?? 0) + 1.1,
      expect.closeTo((last?.pause_after ?? 0) + 2 * 1.1, 2),
    ]);
  });

  test('is never silent for longer than five seconds', async () => {
    const silent = Array.from({ length: 12 }, (): string[] => []);
    const [only] = await narrate(pageOf(2, ['Ai đó?'], ...silent));
    expect(only?.pause_after).toBe(5);
    expect(only?.panels).toHaveLength(13);
  });

  test('describes a page without words, differently on the next page, and the same again', async () => {
    const [three] = await narrate(pageOf(3, [], []));
    const [four] = await narrate(pageOf(4, []));
    expect(three).toMatchObject({ kind: 'description', panels: ['p003-1', 'p003-2'] });
    expect(three?.text).not.toBe(four?.text);
    expect(await narrate(pageOf(3, [], []))).toEqual([three]);
  });

  test('treats lettering and titles as text, whatever they look like', async () => {
    const hostile = {
      ...chapter,
      manga_title: '${x}<script>\u0000{{y}} & Co',
      title: 'a'.repeat(5000),
      licence: '<b>',
    };
    const segments = await narrate(pageOf(1, ['<speak>${1+1}</speak>']), {
      isFirst: true,
      isLast: true,
      chapter: hostile,
    });
    for (const { text } of segments) expect(text).not.toMatch(/[<>{}\p{Cc}]/u);
  });

  test('shows every existing panel in order, and no other, whatever is spoken', async () => {
    for (let pattern = 0; pattern < 64; pattern++) {
      const page = pageOf(
        5,
        ...[0, 1, 2, 3, 4, 5].map((bit) => (pattern & (1 << bit) ? [`Câu số ${bit}`] : [])),
      );
      for (const place of [{}, { isFirst: true }, { isLast: true }, { isFirst: true, isLast: true }]) {
        const told = (await narrate(page, place)).filter(
          (s) => s.kind === 'speech' || s.kind === 'description',
        );
        const shown = (
          told.length > 0 ? told : await narrate(page, place).then((s) => s.slice(0, 1))
        ).flatMap((s) => s.panels);
        expect([...new Set(shown)]).toEqual(page.panels.map((p) => p.id));
      }
    }
  });
});
