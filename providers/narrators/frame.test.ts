import type { ChapterMetadata } from '../../domain/chapter.ts';
import type { SegmentDraft } from '../../domain/script.ts';
import { type FrameSettings, framed } from './frame.ts';
import { closing } from './phrases.ts';

const chapter = {
  ...{ manga_title: 'Ngõ Mây', number: '2', title: null, credits: [], licence: null },
} as unknown as ChapterMetadata;
const segment = (kind: SegmentDraft['kind'], page: number, text: string): SegmentDraft => ({
  ...{ kind, page, text, panels: [`p00${page}-1`, `p00${page}-2`], pause_after: 0.5 },
});
const told = [
  segment('opening', 1, 'Chào mừng các bạn.'),
  segment('speech', 2, 'Mưa rồi!'),
  segment('closing', 2, closing(chapter)),
];
const presentation = {
  ...{ headline: 'Ai đã lấy mất chiếc ô', description: 'Một chiếc ô biến mất.', tags: [] },
  thumbnail_panel: 'p002-2',
};
const ending = { before: ['Lan quên ô.', 'Trời đổ mưa'], presentation };
const all: FrameSettings = { hook: true, recap: true, nextChapter: true };
const textsOf = (segments: SegmentDraft[]) => segments.map(({ text }) => text);

test('the hook comes first, over the thumbnail’s panel, and the recap after the welcome', () => {
  const segments = framed(told, ending, chapter, { ...all, nextChapter: false });
  expect(textsOf(segments)).toEqual([
    'Ai đã lấy mất chiếc ô.',
    'Chào mừng các bạn.',
    'Ở chương trước: Lan quên ô. Trời đổ mưa.',
    ...textsOf(told.slice(1)),
  ]);
  expect(segments[0]).toMatchObject({ kind: 'description', page: 2, panels: ['p002-2'] });
  expect(segments[2]).toMatchObject({ kind: 'description', page: 1, panels: ['p001-1'] });
});

test('nothing is added that is turned off, or that the narrator does not know', () => {
  const off = { hook: false, recap: false, nextChapter: false };
  expect(framed(told, ending, chapter, off)).toEqual(told);
  const silent = { before: [], presentation: undefined };
  expect(framed(told, silent, chapter, { ...all, nextChapter: false })).toEqual(told);
  expect(framed(told, undefined, chapter, { ...all, nextChapter: false })).toEqual(told);
});

test.each([
  ['2', 'hẹn gặp lại ở chương 3.'],
  ['2.5', 'hẹn gặp lại ở chương tiếp theo.'],
  [null, 'hẹn gặp lại ở chương tiếp theo.'],
])('the farewell of chapter %s ends with “%s”', (number, end) => {
  const last = { ...chapter, number };
  const farewell = [segment('closing', 2, closing(last))];
  expect(framed(farewell, undefined, last, all)[0]?.text.endsWith(end)).toBe(true);
});

test('a long recap is spoken in breaths', () => {
  const before = Array.from({ length: 3 }, () => 'Lan chạy mãi trong mưa, '.repeat(8).trim());
  const recalled = framed(told, { before, presentation: undefined }, chapter, all).slice(1, -2);
  expect(recalled.length).toBeGreaterThan(2);
  expect(recalled.every(({ text }) => text.length <= 220)).toBe(true);
});
