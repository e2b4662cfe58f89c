import type { SegmentDraft } from '../script.ts';
import type { Appearance, PublishedVideo } from './appearance.ts';
import { appearanceOf } from './appearance.ts';
import { resemblances } from './compare.ts';

const chapterOf = (id: string, title: string | null = null) => ({
  ...{ job_id: `job-${id}`, chapter_id: `${id}/1`, manga_id: id, manga_title: `Truyện ${id}`, number: '1' },
  ...{ title, summary: null, language: 'vi', reading_direction: 'ltr' as const, credits: [], licence: null },
  ...{ source: { name: 'library', url: null }, pages: [{ number: 1, key: 'p', width: 9, height: 9 }] },
});
const told = (texts: readonly string[]) => ({
  segments: texts.map((text, index) => ({
    ...({ kind: 'speech', text, page: 1, panels: ['p001-1'], pause_after: 0 } as SegmentDraft),
    index,
  })),
});
const headed = (texts: readonly string[], headline: string) => ({
  ...told(texts),
  presentation: { headline, description: 'Một chuyện.', tags: [], thumbnail_panel: null },
});

/** Ten sentences about two people. */
const story = (one: string, other: string) => [
  `Sáng hôm ấy trời còn mù sương, và ${one} dắt con bò già ra khỏi chuồng.`,
  `Chẳng ai trong làng biết rằng ${other} đã bỏ đi từ lúc gà chưa gáy.`,
  `Bên bờ ruộng, ${one} nhặt được một chiếc khuy áo màu xanh lá.`,
  `Nó giống hệt chiếc khuy mà ${other} vẫn cài trên cổ áo mỗi dịp lễ.`,
  `Lòng dạ rối bời, ${one} chạy một mạch đến nhà ông trưởng thôn.`,
  `Ông trưởng thôn chỉ lắc đầu rồi rót thêm chén nước chè đặc.`,
  `Ngoài sân, lũ trẻ vẫn nô đùa như chưa có chuyện gì xảy ra.`,
  `Đến trưa, một người bán muối kể đã gặp ${other} ở bến đò ngang.`,
  `Không kịp ăn cơm, ${one} mượn chiếc xe đạp và lao xuống dốc.`,
  `Nhưng con đò cuối cùng vừa rời bến được nửa giờ đồng hồ.`,
];
const otherStory = [
  'Tiếng chuông tan học vang lên giữa cơn mưa rào đầu mùa.',
  'Cô thư viện khoá cửa sổ rồi đếm lại từng cuốn sách bị trả muộn.',
  'Trong góc phòng có cậu học trò ngủ quên trên tấm bản đồ cổ.',
  'Cậu mơ thấy mình lái tàu vượt qua một vùng biển đầy băng trôi.',
  'Khi tỉnh dậy, tấm bản đồ đã có thêm một hòn đảo lạ hoắc.',
  'Vết mực vẫn chưa khô, và đầu ngón tay cậu thì tím ngắt.',
  'Cô thư viện không tin, nhưng cũng không dám gấp tấm bản đồ lại.',
  'Hai người cùng đợi xem đêm nay hòn đảo có lớn thêm không.',
  'Đồng hồ điểm mười hai tiếng mà chẳng thấy điều gì khác thường.',
  'Chỉ có mùi muối biển mỗi lúc một nồng trong căn phòng kín.',
];

const published = (appearance: Appearance): PublishedVideo => ({
  ...appearance,
  ...{ job_id: 'job-earlier', url: 'https://youtu.be/1', published_at: '2026-01-01T00:00:00.000Z' },
});
type Told = ReturnType<typeof told> | ReturnType<typeof headed>;
function aspects(earlier: Told, later: Told, ids: [string, string] = ['cũ', 'mới'], titles: string[] = []) {
  const [one, other] = [chapterOf('cu', titles[0]), chapterOf('moi', titles[1])];
  Object.assign(one, { manga_id: ids[0], chapter_id: `${ids[0]}/1` });
  Object.assign(other, { manga_id: ids[1], chapter_id: `${ids[1]}/2` });
  const candidate = { script: later, appearance: appearanceOf(other, later, []) };
  return resemblances(candidate, [published(appearanceOf(one, earlier, []))]);
}

test('two stories have nothing in common', () => {
  expect(aspects(told(story('Lan', 'Tâm')), told(otherStory))).toEqual([]);
});

test('a story with other names is the same, and the sentences are named', () => {
  const found = aspects(told(story('Lan', 'Tâm')), told(story('Đức Anh', 'bà Sáu')));
  expect(found).toMatchObject([
    { aspect: 'opening', video: { title: 'Truyện cu – Chương 1', url: 'https://youtu.be/1' } },
    { aspect: 'structure', segments: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
  ]);
  expect(Math.min(...found.map(({ share }) => share))).toBeGreaterThan(0.9);
});

test('an opening alone is found, and so is every second sentence', () => {
  const earlier = story('Lan', 'Tâm');
  const opening = [...story('Hoa', 'Mận').slice(0, 4), ...otherStory.slice(2)];
  expect(aspects(told(earlier), told(opening)).map(({ aspect }) => aspect)).toContain('opening');
  const half = otherStory.map((text, i) => (i % 2 === 1 ? (earlier[i] ?? text) : text));
  expect(aspects(told(earlier), told(half))).toMatchObject([
    { aspect: 'structure', segments: [1, 3, 5, 7, 9] },
  ]);
});

test('a saying counts once, however often a chapter repeats it, and is found wherever it is said', () => {
  const saying = 'Ta là Lan, người giữ đèn của cả vùng này!';
  const [one, other] = [story('Tâm', 'Mận'), otherStory];
  const again = (texts: readonly string[]) => texts.flatMap((text) => [text, saying]);
  expect(
    aspects(told(again(one)), told(again(other))).filter(({ aspect }) => aspect === 'structure'),
  ).toEqual([]);
  const alike = [...again(one.slice(0, 5)), ...other.slice(5)];
  const [found] = aspects(told(again(one)), told(alike)).filter(({ aspect }) => aspect === 'structure');
  expect(found?.segments).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('the frame of the channel does not count: welcome, silent pages, farewell', () => {
  const frame = { ...told(otherStory.slice(0, 3)) };
  const silent = frame.segments.map((segment) => ({ ...segment, kind: 'description' as const }));
  expect(aspects({ segments: silent }, { segments: silent })).toEqual([]);
});

test('a headline that follows another one is found, the title of a series in parts is not', () => {
  const of = (headline: string, texts: string[]) => headed(texts, headline);
  const [one, other] = [story('Lan', 'Tâm'), otherStory];
  const written = aspects(
    of('Vì sao Lan giấu chiếc hộp thiếc?', one),
    of('Vì sao bà Sáu giấu chiếc hộp gỗ?', other),
  );
  expect(written).toMatchObject([{ aspect: 'title' }]);
  expect(aspects(of('Vì sao Lan giấu chiếc hộp?', one), of('Hòn đảo không có trên bản đồ', other))).toEqual(
    [],
  );
  const titles = ['Trận chiến ở thung lũng đá (1)', 'Trận chiến ở thung lũng đá (2)'];
  expect(aspects(told(one), told(other), ['cũ', 'cũ'], titles)).toEqual([]);
  expect(aspects(told(one), told(other), ['cũ', 'mới'], titles)).toMatchObject([{ aspect: 'title' }]);
});

test('a video of the same chapter does not count', () => {
  const script = told(story('Lan', 'Tâm'));
  const appearance = appearanceOf(chapterOf('cu'), script, []);
  expect(resemblances({ script, appearance }, [published(appearance)])).toEqual([]);
});
