import type { ChapterMetadata } from '../../domain/chapter.ts';
import { secondsOfCredits } from '../../domain/end-card.ts';
import type { SegmentDraft } from '../../domain/script.ts';
import { type FrameSettings, framed, pauseAfter } from './frame.ts';
import { closing } from './phrases.ts';
import { secondsToSay } from './spoken.ts';

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
const ending = { before: { number: null, events: ['Lan quên ô.', 'Trời đổ mưa'] }, presentation };
const all: FrameSettings = { hook: true, recap: true, nextChapter: true, rate: 0, notice: undefined };
const pictures = [{ page: 2, panel: 'p002-2' }];
const textsOf = (segments: SegmentDraft[]) => segments.map(({ text }) => text);

test('the hook comes first, over a picture, and the recap after the welcome', () => {
  const segments = framed(told, ending, undefined, { ...all, nextChapter: false }, pictures);
  expect(textsOf(segments)).toEqual([
    'Ai đã lấy mất chiếc ô.',
    'Chào mừng các bạn.',
    'Ở chương trước: Lan quên ô.',
    'Trời đổ mưa.',
    ...textsOf(told.slice(1)),
  ]);
  expect(segments[0]).toMatchObject({ kind: 'description', page: 2, panels: ['p002-2'] });
  expect(segments[2]).toMatchObject({ kind: 'description', page: 1, panels: ['p001-1'] });
  expect(segments[3]).toMatchObject({ kind: 'description', page: 2, panels: ['p002-1'] });
});

test('the hook shows another page than the welcome, if there is a picture of one', () => {
  const cover = { page: 1, panel: 'p001-1' };
  const panelsOf = (...candidates: { page: number; panel: string }[]) =>
    framed(told, ending, undefined, all, candidates)[0]?.panels;
  expect(panelsOf(cover, ...pictures)).toEqual(['p002-2']);
  expect(panelsOf(cover)).toEqual(['p001-1']);
  expect(panelsOf()).toEqual(['p001-1']);
});

test('the welcome says what a machine made if it is to be spoken', () => {
  const text = 'Giọng đọc được tạo bằng máy.';
  const said = (form: 'spoken' | 'shown') =>
    textsOf(framed(told, undefined, undefined, { ...all, notice: { form, text } }, pictures))[0];
  expect(said('spoken')).toBe(`Chào mừng các bạn. ${text}`);
  expect(said('shown')).toBe('Chào mừng các bạn.');
});

test('nothing is added that is turned off, or that the narrator does not know', () => {
  const off = { hook: false, recap: false, nextChapter: false, rate: 0, notice: undefined };
  expect(framed(told, ending, undefined, off, pictures)).toEqual(told);
  const silent = { before: { number: null, events: [] }, presentation: undefined };
  expect(framed(told, silent, undefined, { ...all, nextChapter: false }, pictures)).toEqual(told);
  expect(framed(told, undefined, undefined, { ...all, nextChapter: false }, pictures)).toEqual(told);
});

test('a recap of a chapter that is not the one before names it', () => {
  const before = { number: '1', events: ['Lan quên ô.'] };
  const [, recalled] = framed(told, { before, presentation: undefined }, undefined, all, pictures);
  expect(recalled?.text).toBe('Ở chương 1: Lan quên ô.');
});

test('the number of an earlier chapter is spoken as in the welcome', () => {
  const recalled = (number: string) =>
    framed(
      told,
      { before: { number, events: ['Lan quên ô.'] }, presentation: undefined },
      undefined,
      all,
      pictures,
    )[1]?.text;
  expect(recalled('001')).toBe('Ở chương 1: Lan quên ô.');
  expect(recalled('Ch. 1.5')).toBe('Ở chương 1.5: Lan quên ô.');
  expect(recalled('第一話')).toBe('Ở một chương trước: Lan quên ô.');
});

test('a hook ends within ten seconds of speech: one that takes longer is left out', () => {
  const begins = (headline: string, rate: number) =>
    framed(
      told,
      { ...ending, presentation: { ...presentation, headline } },
      undefined,
      { ...all, rate },
      pictures,
    )[0]?.kind === 'description';
  const longest = 'Vì sao Lan giấu chiếc hộp gỗ cũ dưới gốc cây đa suốt mười năm trời?';
  expect(begins(longest, 0)).toBe(true);
  expect(begins(longest, -50)).toBe(true);
  expect(begins('Đêm 31/12/1999: 3.456.789 đồng, 12 người, 7h45, 99,5% và 1.000.000$?', 0)).toBe(false);
  expect(begins('Đêm 31/12/1999, ai đã lấy mất chiếc ô của Lan?', 0)).toBe(true);
  expect(begins('Đêm 31/12/1999, ai đã lấy mất chiếc ô của Lan?', -50)).toBe(false);
});

test.each([
  [{ number: '3' }, 'Hẹn gặp lại ở chương 3.'],
  [{ number: '003' }, 'Hẹn gặp lại ở chương 3.'],
  [{ number: '2.5' }, 'Hẹn gặp lại ở chương tiếp theo.'],
  [{ number: null }, 'Hẹn gặp lại ở chương tiếp theo.'],
  [undefined, 'Hẹn gặp lại trong video sau.'],
])('before the chapter %j the farewell ends with “%s”', (next, end) => {
  const [farewell] = framed([segment('closing', 2, closing(chapter))], undefined, next, all, pictures);
  expect(farewell?.text.endsWith(` ${end}`)).toBe(true);
  expect(farewell?.text.match(/hẹn gặp lại/gi)).toHaveLength(1);
});

test('a long recap is spoken in breaths', () => {
  const events = Array.from({ length: 3 }, () => 'Lan chạy mãi trong mưa, '.repeat(8).trim());
  const before = { number: null, events };
  const recalled = framed(told, { before, presentation: undefined }, undefined, all, pictures).slice(1, -2);
  expect(recalled.length).toBeGreaterThan(2);
  expect(recalled.every(({ text }) => text.length <= 220)).toBe(true);
});

test('a farewell takes ten seconds, or as long as its card is shown anyway: it names the first authors and the licence, and others if there is time', () => {
  const credits = ['Kịch bản', 'Tranh', 'Dịch', 'Biên tập'].map((role, place) => ({
    ...{ role, name: `Nhóm truyện tranh Mây ${place + 1}` },
  }));
  const many = { ...chapter, number: '12', credits, licence: 'CC BY 4.0' };
  const told = closing(many);
  expect(secondsOfCredits(many)).toBeGreaterThan(10);
  expect(secondsToSay(told)).toBeLessThanOrEqual(secondsOfCredits(many));
  const short = { ...many, credits: credits.slice(0, 2).map(({ role }) => ({ role, name: 'An' })) };
  expect(secondsOfCredits(short)).toBeLessThan(10);
  expect(secondsToSay(closing(short))).toBeLessThanOrEqual(10);
  expect(told).toMatch(/^Chương 12 của Ngõ Mây đến đây là hết\. Kịch bản: .* Hẹn gặp lại trong video sau\.$/);
  expect(told).not.toContain('Biên tập');
  const few = closing({ ...chapter, credits: [{ role: 'Tranh', name: 'Lan' }], licence: 'CC BY' });
  expect(few).toContain('Tranh: Lan. Giấy phép Creative Commons Ghi công. ');
  const long = closing({
    ...chapter,
    number: '12',
    manga_title:
      'Người đi tìm chiếc ô đỏ giữa những con ngõ nhỏ của thành phố trong mùa mưa dài nhất mà ai cũng nhớ',
  });
  expect(long).toBe('Chương 12 đến đây là hết. Hẹn gặp lại trong video sau.');
});

test('the silence after a sentence depends on its end, its length, its mood and who speaks next', () => {
  const after = (text: string, more: Parameters<typeof pauseAfter>[2] = {}) => pauseAfter(text, 1, more);
  const usual = after('Trời mưa rồi.');
  expect(after('Trời mưa rồi…')).toBeGreaterThan(after('Trời mưa rồi?'));
  expect(after('Trời mưa rồi?')).toBeGreaterThan(usual);
  expect(after('Trời mưa rồi!')).toBeLessThan(usual);
  expect(after(`${'Trời mưa mãi, '.repeat(10)}rồi tạnh.`)).toBeGreaterThan(usual);
  expect(after('Trời mưa rồi.', { mood: 'sad' })).toBeGreaterThan(usual);
  expect(after('Trời mưa rồi.', { turn: { from: 'Lan', to: 'Mun' } })).toBeLessThan(usual);
  expect(after('Trời mưa rồi.', { turn: { from: '', to: 'Mun' } })).toBeGreaterThan(usual);
  expect(after('Trời mưa rồi.', { turn: { from: 'Mun', to: 'Mun' } })).toBe(usual);
});
