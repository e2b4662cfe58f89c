import type * as z from 'zod';
import { emptyStory, type StoryMemory } from '../../domain/story.ts';
import { type FindChapter, narratorMemory } from './narrator-memory.ts';

const never: FindChapter = async () => undefined;

test('stores stories and replies outside of jobs and of the library', async () => {
  const stored = new Map<string, unknown>();
  const memory = narratorMemory(
    {
      findJson: async <T>(key: string, schema: z.ZodType<T>) =>
        stored.has(key) ? schema.parse(stored.get(key)) : undefined,
      putJson: async (key, value) => void stored.set(key, value),
      async changeJson(key, _, change) {
        const { after, result } = await change(undefined);
        stored.set(key, after);
        return result;
      },
    },
    never,
  );
  const story = { manga_id: '../Ngõ Mây/1', story: emptyStory(), told: null };
  const reply = { text: '{}', finish: 'stop', tokens_in: 1, tokens_out: 2, paid_by: 'job-abc123' };
  await memory.changeStory('../Ngõ Mây/1', () => story);
  await memory.putReply('00ff', reply);
  expect(await memory.loadStory('../Ngõ Mây/1')).toEqual(story);
  expect(await memory.loadStory('another')).toBeUndefined();
  expect(await memory.findReply('00ff')).toEqual(reply);
  expect([...stored.keys()]).toEqual([
    expect.stringMatching(/^library-memory\/stories\/[0-9a-f]{32}\.json$/),
    'library-memory/replies/jobs/job-abc123/00ff',
    'library-memory/replies/00ff.json',
  ]);
});

test('refuses the memory of another series, which it would replace', async () => {
  const copied = { manga_id: 'another', story: emptyStory(), told: null };
  const memory = narratorMemory(
    {
      findJson: async (_, schema) => schema.parse(copied),
      putJson: async () => undefined,
      changeJson: async (_, schema, change) => (await change(schema.parse(copied))).result,
    },
    never,
  );
  const refused = {
    name: 'ArtifactInvalid',
    message: expect.stringContaining('is the memory of another, not of ngo-may'),
  };
  await expect(memory.changeStory('ngo-may', () => copied)).rejects.toMatchObject(refused);
  await expect(memory.loadStory('ngo-may')).rejects.toMatchObject(refused);
});

const told = (id: string) => ({ chapter_id: id, number: id, events: [`Việc ${id}.`] });
const unknown = { gender: 'unknown', age: 'unknown', manner: 'unknown' } as const;
const lan = { name: 'Lan', original: '', address: '', about: '', ...unknown };
const remembered = (entries: Record<string, Awaited<ReturnType<FindChapter>>>) => {
  const before = { ...emptyStory(), chapters: [told('1')] };
  const story = { ...before, characters: [lan], chapters: [told('1'), told('2')] };
  const memory: StoryMemory = { manga_id: 'ngo-may', story, told: { chapter_id: '2', before } };
  return narratorMemory(
    {
      findJson: async (_, schema) => schema.parse(memory),
      putJson: async () => undefined,
      changeJson: async (_, schema, change) => (await change(schema.parse(memory))).result,
    },
    async (id) => entries[id],
  );
};

test('forgets what a chapter brought in that a person rejected since', async () => {
  const entries = { '1': { status: 'published' }, '2': { status: 'blocked' } } as const;
  const memory = await remembered(entries).loadStory('ngo-may');
  expect(memory?.story).toEqual({ ...emptyStory(), chapters: [told('1')] });
  const whole = await remembered({ '2': { status: 'held' } }).loadStory('ngo-may');
  expect(whole?.story.chapters).toHaveLength(2);
});

test.each<[string, Awaited<ReturnType<FindChapter>>, boolean]>([
  ['a published chapter', { status: 'published' }, false],
  ['one that is being published', { status: 'claimed', out_since: '2026-02-01T00:00:00.000Z' }, false],
  ['one of which the stage knows nothing', undefined, false],
  ['one that waits for a person', { status: 'held' }, true],
  ['one that failed', { status: 'failed' }, true],
])('viewers did not get %s (%j): %p', async (_, entry, expected) => {
  expect(await remembered({ '1': entry }).isWithheld('1')).toBe(expected);
});
