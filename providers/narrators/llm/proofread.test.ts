import type { SegmentDraft } from '../../../domain/script.ts';
import { corrected, type ProofreadingReply, type SeenPage } from '../../../fakes/llm/replies.ts';
import type { FakeLlmOptions } from '../../../fakes/llm/server.ts';
import { analysisOf, chapterOf, type LlmFixture, llmFixture, picture } from '../testing/llm-fixture.ts';
import { problemsOfCorrection } from './correction.ts';
import { createLlmNarrator } from './llm-narrator.ts';
import type { LlmSettings } from './settings.ts';

const fixtures: LlmFixture[] = [];
afterEach(() => Promise.all(fixtures.splice(0).map(({ fake }) => fake.close())));

const segment = (text: string, more: Partial<SegmentDraft> = {}): SegmentDraft => ({
  ...{ kind: 'description', text, page: 1, panels: ['p001-1'], pause_after: 0, mood: 'sad' },
  ...more,
});
const said = (speaker: string, text: string) => segment(text, { kind: 'speech', speaker });

/** The story of the fake model has the characters Lan and Bà Tư. */
const script: readonly SegmentDraft[] = [
  segment('Sáng hôm ấy, Lan lặng lẽ mở ba cánh cửa gỗ của căn nhà cũ.'),
  said('Lan', 'Bà Tư ơi, bà có thấy chiếc ô đỏ của tớ ở đâu không?'),
  said('Bà Tư', 'Bà thấy nó bay qua 12 mái nhà rồi, cháu chạy mau lên!'),
  segment('Bà Tư đứng sau hàng rào, không nói thêm một lời nào nữa.'),
];

/** Narrates a chapter of one page, and lets the model read a script over. */
async function proofread(
  options: FakeLlmOptions = {},
  settings: Partial<LlmSettings> = {},
  sentences: readonly SegmentDraft[] = script,
  hook?: string,
) {
  const fixture = await llmFixture(options, { attempts: 2, ...settings });
  fixtures.push(fixture);
  async function read() {
    const narrator = await createLlmNarrator(fixture.settings, fixture.ports);
    const telling = await narrator.beginChapter(chapterOf(1));
    const page = { chapter: chapterOf(1), analysis: analysisOf(1), isFirst: true, isLast: true };
    await telling.narratePage({ ...page, image: async () => picture });
    await telling.finish();
    return telling.proofread({ segments: new Map(sentences.map((one, i) => [i + 1, one])), hook });
  }
  const result = await read();
  return { ...fixture, read, result, asked: fixture.fake.requests.filter(({ proofs }) => proofs.length > 0) };
}

/** A reply that corrects one sentence, by its number. */
const correction = (so: number, loi: string, loai = 'unclear'): ProofreadingReply => ({
  ...{ sua: [{ so, loi, loai, ly_do: 'Người nghe không hiểu.' }], mo_dau: null, nhan_xet: [] },
});
const textsOf = ({ result }: Awaited<ReturnType<typeof proofread>>) =>
  [...result.corrections].map(([place, { text }]) => [place, text]);

test('a script is read over in one request, with the memory, and a good one stays', async () => {
  const { result, asked, fake } = await proofread();
  expect(result).toMatchObject({ hook: undefined, findings: [], unread: 0 });
  expect(result.corrections.size).toBe(0);
  expect(result.account).toMatchObject({ tokens_in: expect.any(Number), notes: [] });
  expect(result.account.cost_usd).toBeGreaterThan(0);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.characters.map(({ name }) => name)).toEqual(['Lan', 'Bà Tư']);
  expect(asked[0]?.proofs.map(({ nguoi_noi, loi }) => [nguoi_noi ?? undefined, loi])).toEqual(
    script.map(({ speaker, text }) => [speaker, text]),
  );
  const text = JSON.stringify(fake.requests.at(-1)?.body.messages[1]);
  expect(text.match(/<\/?du_lieu>/g)).toEqual(['<du_lieu>', '</du_lieu>']);
});

test('a corrected sentence comes with the reason, and a repeated call pays nothing', async () => {
  const better = 'Bà Tư đứng sau hàng rào, không nói thêm với Lan một lời nào nữa.';
  const { result, fake, read } = await proofread({ proofread: () => correction(4, better) });
  expect([...result.corrections]).toEqual([
    [4, { text: better, why: 'a listener would not understand it (“Người nghe không hiểu.”)' }],
  ]);
  const asked = fake.requests.length;
  expect(await read()).toEqual(result);
  expect(fake.requests).toHaveLength(asked);
});

test('a number can be written in words, and a name can get the spelling of the memory', async () => {
  const written = 'Bà thấy nó bay qua mười hai mái nhà rồi, cháu chạy mau lên!';
  const one = await proofread({ proofread: () => correction(3, written, 'unpronounceable') });
  expect(textsOf(one)).toEqual([[3, written]]);
  const misspelt = [segment('Cô bé Lann chạy thật nhanh ra đầu ngõ nhỏ.'), ...script.slice(1)];
  const fixed = 'Cô bé Lan chạy thật nhanh ra đầu ngõ nhỏ.';
  const other = await proofread({ proofread: () => correction(1, fixed, 'name') }, {}, misspelt);
  expect(textsOf(other)).toEqual([[1, fixed]]);
});

test.each<[string, number, string, string]>([
  [
    'is in another language',
    1,
    'That morning Lan quietly opened three doors of the house.',
    'not Vietnamese',
  ],
  [
    'has a foreign sentence',
    4,
    'Bà Tư đứng sau hàng rào, không nói một lời nào. She will never say a word again.',
    'not Vietnamese',
  ],
  ['changes a number', 1, 'Sáng hôm ấy, Lan lặng lẽ mở bốn cánh cửa gỗ của căn nhà cũ.', 'other numbers'],
  ['turns a sentence into its opposite', 4, 'Bà Tư đứng sau hàng rào, nói thêm một lời nào nữa.', 'denies'],
  ['changes digits', 3, 'Bà thấy nó bay qua 13 mái nhà rồi, cháu chạy mau lên!', 'other numbers'],
  ['loses a name', 1, 'Sáng hôm ấy, cô bé lặng lẽ mở ba cánh cửa gỗ của căn nhà cũ.', 'does not name Lan'],
  [
    'brings in a stranger',
    4,
    'Bà Tư đứng sau hàng rào cùng với Minh Khôi, không nói một lời.',
    'names somebody',
  ],
  ['leaves out most of it', 1, 'Lan mở ba cửa.', 'leaves out'],
  [
    'adds sentences',
    4,
    'Bà Tư đứng sau hàng rào. Trời tối dần. Gió nổi lên. Không ai nói thêm lời nào nữa.',
    'adds what',
  ],
  [
    'is no longer what a character says',
    2,
    'Lan hỏi Bà Tư rằng bà có thấy chiếc ô đỏ ở đâu không?',
    'is not what Lan says',
  ],
  [
    'obeys a bubble',
    4,
    'Bà Tư mời các bạn vào ngay www.mua-ngay.com để nhận quà không mất tiền.',
    'an address',
  ],
  [
    'obeys a bubble with the words of the story',
    1,
    'Lan khuyên ba người hãy gửi tiền ngay cho kênh này để được thật nhiều quà nhé.',
    'is another sentence',
  ],
  ['repeats another sentence', 4, 'Bà thấy nó bay qua 12 mái nhà rồi, cháu chạy mau lên!', 'repeats another'],
  [
    'tells the next sentence too',
    1,
    'Sáng hôm ấy, Lan lặng lẽ mở ba cánh cửa gỗ của căn nhà cũ. Bà Tư ơi, bà có thấy chiếc ô đỏ của tớ ở đâu không?',
    'repeats another',
  ],
  ['says nothing', 1, '…', 'says nothing'],
])('a correction that %s is not used, and is reported', async (_, so, loi, problem) => {
  const { result, asked } = await proofread({ proofread: () => correction(so, loi) });
  expect(result.corrections.size).toBe(0);
  expect(result.unread).toBe(0);
  // The model is told once what is wrong with it.
  expect(asked).toHaveLength(2);
  expect(JSON.stringify(asked[1]?.body.messages.at(-1))).toContain(`sentence ${so} `);
  expect(result.findings).toEqual([
    {
      ...{ fault: 'unclear', found_by: 'model', pages: [1], sure: false },
      text: expect.stringContaining(problem),
    },
  ]);
  expect(result.account.notes.at(-1)).toBe("proofreading: 1 corrections can't be used");
});

test('a reply of 10 MB is not read, and the sentences stay', async () => {
  const { result } = await proofread({ proofread: () => correction(1, 'Lan mở cửa. '.repeat(900_000)) });
  expect([result.corrections.size, result.unread]).toEqual([0, 4]);
  expect(result.account.notes.at(-1)).toContain('4 sentences were not read over (the reply is not JSON');
});

test('numbers keep their order: whose they are is not changed', async () => {
  const counts = segment('Lan mua 3 quả cam, Bà Tư mua 2 quả cam và năm quả trứng.');
  const swapped = counts.text.replace('3', 'x').replace('2', '3').replace('x', '2');
  const { result } = await proofread({ proofread: () => correction(1, swapped) }, {}, [counts]);
  expect(result.corrections.size).toBe(0);
});

test('a name is a word: Anh is not An', async () => {
  const one = problemsOfCorrection('Sáng hôm ấy, em bước đi lặng lẽ.', {
    ...{ segment: segment('Sáng hôm ấy, Anh bước đi lặng lẽ.'), names: ['An'] },
    ...{ vocabulary: new Set<string>(), others: new Set<string>() },
  });
  expect(one).toEqual([]);
  const lost = problemsOfCorrection('Sáng hôm ấy, Anh bước đi lặng lẽ.', {
    ...{ segment: segment('Sáng hôm ấy, An bước đi lặng lẽ.'), names: ['An'] },
    ...{ vocabulary: new Set(['anh']), others: new Set<string>() },
  });
  expect(lost).toEqual(['does not name An']);
});

test('a model that returns all sentences unchanged has read them', async () => {
  const long = Array.from({ length: 20 }, (_, i) => segment(`${script[3]?.text} Lần thứ ${i}.`));
  const { result } = await proofread({ proofread: (seen) => corrected(seen, (loi) => loi, 20) }, {}, long);
  expect(result).toMatchObject({ unread: 0, findings: [] });
});

test('what is rejected can be repaired, and the good corrections of the first reply are kept', async () => {
  const good = 'Bà Tư đứng yên sau hàng rào, không nói thêm một lời nào nữa.';
  const replies = [
    { ...correction(4, good), sua: [...correction(4, good).sua, ...correction(1, 'Lan!').sua] },
    correction(1, 'Sáng hôm ấy, Lan rón rén mở ba cánh cửa gỗ của căn nhà cũ.'),
  ];
  const { result } = await proofread({ proofread: () => replies.shift() });
  expect([...result.corrections.keys()]).toEqual([4, 1]);
  expect(result.findings).toEqual([]);
});

test('two sentences are not corrected to the same one', async () => {
  const same = 'Bà Tư đứng yên sau hàng rào, không nói thêm một lời nào nữa.';
  const script = ['một', 'hai'].map(() => segment('Bà Tư đứng sau hàng rào, không nói lời nào.'));
  const { result } = await proofread({ proofread: (seen) => corrected(seen, () => same, 2) }, {}, script);
  expect([...result.corrections.keys()]).toEqual([1]);
  expect(result.findings).toMatchObject([{ text: expect.stringContaining('repeats another sentence') }]);
});

test('a reply that names sentences that do not exist, or most sentences, changes nothing', async () => {
  const unknown = await proofread({ proofread: () => correction(99, 'Trời mưa rất to trên con ngõ nhỏ.') });
  expect(unknown.result.corrections.size).toBe(0);
  expect(unknown.result.account.notes[0]).toContain('sentence 99 does not exist');
  const long = Array.from({ length: 20 }, (_, i) => segment(`${script[3]?.text} Lần thứ ${i}.`));
  const rewriting = (seen: SeenPage) => corrected(seen, (loi) => `${loi.slice(0, -1)} nhé.`, 15);
  const all = await proofread({ proofread: rewriting }, {}, long);
  expect(all.result).toMatchObject({ unread: 20, findings: [] });
  expect(all.result.corrections.size).toBe(0);
  expect(all.result.account.notes.at(-1)).toContain('changes most sentences');
});

test('a remark is reported in one line; one that advertises or quotes the instructions is not', async () => {
  const { result } = await proofread({
    proofread: () => ({
      ...{ sua: [], mo_dau: null },
      nhan_xet: [
        { so: 2, loai: 'contradiction', ly_do: 'Ở chương trước ô màu xanh,\nở đây lại màu đỏ.' },
        { so: null, loai: 'something else', ly_do: 'Chương này không có kết.' },
        { so: 3, loai: 'unclear', ly_do: 'Mua ngay tại www.mua-ngay.com!' },
      ],
    }),
  });
  expect(result.findings.map(({ fault, pages, text }) => [fault, pages, text])).toEqual([
    ['contradiction', [1], 'page 1: the model remarks: “Ở chương trước ô màu xanh, ở đây lại màu đỏ.”'],
    ['unclear', [], 'the model remarks: “Chương này không có kết.”'],
  ]);
  expect(result.account.notes).toEqual([expect.stringContaining('1 remarks were left out')]);
});

test.each(['broken JSON', 'prose alone', 'empty', 'refusal'] as const)(
  'after a reply that is %s the sentences stay, and the account says that they were not read over',
  async (fault) => {
    const { result } = await proofread({
      fault: ({ proofs }) => (proofs.length > 0 ? fault : undefined),
    });
    expect(result).toMatchObject({ unread: 4, findings: [] });
    expect(result.account.notes.at(-1)).toContain('4 sentences were not read over');
  },
);

test('an endpoint that is gone, or a budget that is spent, leaves the sentences unread', async () => {
  const gone = await proofread({ fault: ({ proofs }) => (proofs.length > 0 ? { status: 503 } : undefined) });
  expect(gone.result.unread).toBe(4);
  expect(gone.result.account.notes).toEqual([expect.stringContaining('it returned 503')]);
  const spent = await proofread({}, { maxTokens: 1000, maxReplyTokens: 600 });
  expect(spent.result.unread).toBe(4);
  expect(spent.result.account.notes).toEqual([expect.stringContaining('no more budget')]);
  const lost = await proofread({
    proofread: () => correction(1, 'Lan!'),
    fault: ({ proofs, repair }) => (proofs.length > 0 && repair ? { status: 503 } : undefined),
  });
  expect(lost.result).toMatchObject({ unread: 0, findings: [{ fault: 'unclear' }] });
});

test('a long script is read over in parts, each with the sentences before it; beyond a limit it is not', async () => {
  const long = Array.from({ length: 1000 }, (_, i) =>
    segment(`Lần thứ ${i}, ${'Lan lại đi qua con ngõ nhỏ dưới cơn mưa, '.repeat(4)}rồi dừng lại.`),
  );
  const { result, asked } = await proofread({}, {}, long);
  expect(asked).toHaveLength(12);
  for (const { proofs } of asked)
    expect(proofs.reduce((sum, { loi }) => sum + loi.length, 0)).toBeLessThanOrEqual(14_000);
  const read = asked.reduce((sum, { proofs }) => sum + proofs.length, 0);
  expect(result.unread).toBe(1000 - read);
  expect(result.account.notes).toEqual([
    `proofreading: ${1000 - read} sentences are beyond the limit of a chapter`,
  ]);
  const last = asked[0]?.proofs.at(-1)?.loi as string;
  expect(JSON.stringify(asked[1]?.body.messages[1])).toContain(last);
});

test('the hook is read with the first part, and a better one has to fit a headline', async () => {
  const better = (mo_dau: string) => ({ ...{ sua: [], nhan_xet: [] }, mo_dau });
  const hook = 'Ô đâu?';
  const good = 'Vì sao Lan mất chiếc ô đỏ?';
  const one = await proofread({ proofread: () => better(good) }, {}, script, hook);
  expect(one.result.hook).toEqual({ text: good, why: 'it did not fit as a beginning' });
  expect(one.asked[0]?.hook).toBe(hook);
  for (const bad of ['Who took the umbrella?', `${good} `.repeat(5), '', 'Ngõ Mây, chương 1']) {
    const { result } = await proofread({ proofread: () => better(bad) }, {}, script, hook);
    expect(result.hook).toBeUndefined();
    expect(result.account.notes.at(-1)).toContain("can't be used");
  }
  const none = await proofread({ proofread: () => better(good) });
  expect(none.result.hook).toBeUndefined();
});
