import type { Fault } from '../testing/fake-llm-server.ts';
import { analysisOf, chapterOf, type LlmWorld, llmWorld } from '../testing/llm-world.ts';

const worlds: LlmWorld[] = [];
afterEach(() => Promise.all(worlds.splice(0).map(({ fake }) => fake.close())));

/** Tells a chapter; the fault is in the presentation alone. */
async function presented(fault?: Fault) {
  const world = await llmWorld(
    { fault: ({ page }) => (page === 0 ? fault : undefined) },
    { presentation: true, attempts: 2 },
  );
  worlds.push(world);
  await world.tellChapter(chapterOf(2), [analysisOf(1), analysisOf(2)]);
  return { ...world, ending: world.endings[0] };
}

test('a chapter is presented from its narration, with a panel that exists', async () => {
  const { ending, fake } = await presented();
  expect(ending?.presentation).toEqual({
    headline: 'Ai đã lấy mất chiếc ô giữa cơn mưa?',
    description: 'Trong con ngõ nhỏ, một chiếc ô biến mất. Lan quyết tâm đi tìm cho ra.',
    tags: ['truyện tranh', 'đời thường', 'mèo'],
    thumbnail_panel: 'p001-2',
  });
  expect(ending?.account.tokens_in).toBeGreaterThan(0);
  expect(fake.requests.at(-1)).toMatchObject({ page: 0, images: 0 });
});

test.each<Fault>(['English', 'prose alone', 'empty', 'refusal', { status: 500 }, { status: 400 }])(
  'a presentation that fails by %p leaves a note, and the chapter stands',
  async (fault) => {
    const { ending } = await presented(fault);
    expect(ending?.presentation).toBeUndefined();
    expect(ending?.account.notes).toEqual([expect.stringMatching(/^presentation: /)]);
  },
);
