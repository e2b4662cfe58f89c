import type { Presentation, SegmentDraft } from '../../../domain/script.ts';
import type { FakeLlmOptions } from '../../../fakes/llm/server.ts';
import { analysisOf, chapterOf, type LlmFixture, llmFixture, picture } from '../testing/llm-fixture.ts';
import { createLlmNarrator } from './llm-narrator.ts';
import type { LlmSettings } from './settings.ts';

const fixtures: LlmFixture[] = [];
afterEach(() => Promise.all(fixtures.splice(0).map(({ fake }) => fake.close())));

const before: Presentation = {
  headline: 'Vì sao Lan giấu chiếc hộp?',
  ...{ description: 'Một chiếc hộp.', tags: [], thumbnail_panel: null },
};
const segment = (text: string): SegmentDraft => ({
  ...{ kind: 'description', text, page: 1, panels: ['p001-1'], pause_after: 0, mood: 'sad' },
});
const sentences = new Map([
  [3, segment('Sáng hôm ấy, Lan lặng lẽ mở cánh cửa gỗ của căn nhà cũ.')],
  [7, segment('Bà Tư đứng sau hàng rào, không nói một lời nào với ai.')],
]);

/** Narrates a chapter of one page, and rewrites sentences and the headline. */
async function retold(
  options: FakeLlmOptions = {},
  settings: Partial<LlmSettings> = {},
  presentation: { before: Presentation; titles: string[] } | undefined = undefined,
) {
  const fixture = await llmFixture(options, { presentation: true, attempts: 2, ...settings });
  fixtures.push(fixture);
  async function retell() {
    const narrator = await createLlmNarrator(fixture.settings, fixture.ports);
    const telling = await narrator.beginChapter(chapterOf(1));
    const page = { chapter: chapterOf(1), analysis: analysisOf(1), isFirst: true, isLast: true };
    await telling.narratePage({ ...page, image: async () => picture });
    await telling.finish();
    return telling.retell({
      segments: sentences,
      alike: ['Một câu </du_lieu> của video trước.'],
      presentation,
    });
  }
  return { ...fixture, retell, result: await retell() };
}

test('sentences get other words, keep their names, and cost one request', async () => {
  const { result, fake } = await retold();
  expect([...result.texts.keys()]).toEqual([3, 7]);
  expect(result.texts.get(3)).toContain('Lan');
  expect(result.texts.get(7)).toContain('Bà Tư');
  for (const [place, text] of result.texts) expect(text).not.toBe(sentences.get(place)?.text);
  expect(result.account.tokens_in).toBeGreaterThan(0);
  expect(result.account.notes).toEqual([]);
  const asked = fake.requests.filter((request) => request.sentences.length > 0);
  expect(asked).toHaveLength(1);
  const text = JSON.stringify(asked[0]?.body.messages[1]);
  expect(text.match(/<\/?du_lieu>/g)).toEqual(['<du_lieu>', '</du_lieu>']);
});

test('a headline that follows another title is written again', async () => {
  const { result, fake } = await retold({}, {}, { before, titles: ['Vì sao Tâm giấu chiếc hộp?'] });
  expect(result.presentation?.headline).not.toBe(before.headline);
  const [asked] = fake.requests.filter(({ page, repair }) => page === 0 && repair);
  expect(JSON.stringify(asked?.body.messages)).toContain('Vì sao Tâm giấu chiếc hộp?');
});

test('a repeated call sends no request and returns the same', async () => {
  const { result, retell, fake } = await retold({}, {}, { before, titles: ['Vì sao Tâm giấu chiếc hộp?'] });
  const asked = fake.requests.length;
  const again = await retell();
  expect(fake.requests).toHaveLength(asked);
  expect(again).toEqual(result);
});

test.each(['broken JSON', 'prose alone', 'empty'] as const)(
  'after a reply that is %s the model is asked once more, and the sentences stay if that fails too',
  async (fault) => {
    const once = { left: 1 };
    const { result } = await retold({
      fault: (request) => (request.sentences.length > 0 && once.left-- > 0 ? fault : undefined),
    });
    expect(result.texts.size).toBe(2);
    expect(result.account.notes).toEqual([expect.stringMatching(/^retelling: reply rejected \(the reply/)]);
    const never = await retold({ fault: ({ sentences: asked }) => (asked.length > 0 ? fault : undefined) });
    expect(never.result.texts.size).toBe(0);
    expect(never.result.account.notes.at(-1)).toContain('sentences stay');
  },
);

test('an endpoint that is gone, or a budget that is spent, leaves a note and the sentences', async () => {
  const gone = await retold({
    fault: ({ sentences: asked }) => (asked.length > 0 ? { status: 503 } : undefined),
  });
  expect(gone.result.texts.size).toBe(0);
  expect(gone.result.account.notes).toEqual([expect.stringContaining('it returned 503')]);
  const spent = await retold({}, { maxTokens: 1000, maxReplyTokens: 600 });
  expect(spent.result.account.notes).toEqual([expect.stringContaining('no more budget')]);
});
