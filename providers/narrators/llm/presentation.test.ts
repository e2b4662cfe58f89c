import { goodPresentation } from '../../../fakes/llm/replies.ts';
import type { Fault, SeenRequest } from '../../../fakes/llm/server.ts';
import { analysisOf, chapterOf, type LlmFixture, llmFixture } from '../testing/llm-fixture.ts';

const worlds: LlmFixture[] = [];
afterEach(() => Promise.all(worlds.splice(0).map(({ fake }) => fake.close())));

/** Narrates a chapter; only the presentation has the fault. */
async function presented(fault?: Fault, times = Number.POSITIVE_INFINITY) {
  let left = times;
  const fixture = await llmFixture(
    { fault: ({ page }) => (page === 0 && left-- > 0 ? fault : undefined) },
    { presentation: true, attempts: 2 },
  );
  worlds.push(fixture);
  await fixture.tellChapter(chapterOf(2), [analysisOf(1), analysisOf(2)]);
  return { ...fixture, ending: fixture.endings[0] };
}

test('presents a chapter from its narration, with an existing panel', async () => {
  const { ending, fake } = await presented();
  const asked = fake.requests.at(-1) as SeenRequest;
  expect(ending?.presentation).toEqual({
    headline: goodPresentation(asked).headline,
    description: 'Trong con ngõ nhỏ, một chiếc ô biến mất. Lan quyết tâm đi tìm cho ra.',
    tags: ['truyện tranh', 'đời thường', 'mèo'],
    thumbnail_panel: 'p001-2',
  });
  expect(ending?.account.tokens_in).toBeGreaterThan(0);
  expect(fake.requests.at(-1)).toMatchObject({ page: 0, images: 0 });
});

test.each<[Fault, string]>([
  ['English', 'headline is not Vietnamese'],
  ['the title again', 'headline only repeats the title'],
  ['prose alone', 'not JSON of the schema'],
  ['empty', 'the reply is empty'],
])('lets the model correct a presentation of %p once, and notes why', async (fault, reason) => {
  const { ending, fake } = await presented(fault, 1);
  const asked = fake.requests.at(-1) as SeenRequest;
  expect(ending?.presentation?.headline).toBe(goodPresentation(asked, 1).headline);
  expect(ending?.account.notes).toEqual([expect.stringContaining(reason)]);
  expect(fake.requests.at(-1)?.body.messages.at(-1)?.content).toContain(reason);
});

test.each<[Fault, number]>([
  ['English', 2],
  ['prose alone', 2],
  ['empty', 2],
  ['refusal', 1],
  [{ status: 500 }, 1],
  [{ status: 400 }, 1],
])('a presentation that fails with %p leaves a note and does not fail the chapter', async (fault, notes) => {
  const { ending } = await presented(fault);
  expect(ending?.presentation).toBeUndefined();
  expect(ending?.account.notes).toHaveLength(notes);
  expect(ending?.account.notes.every((note) => note.startsWith('presentation: '))).toBe(true);
});
