import type * as z from 'zod';
import { emptyStory } from '../../domain/story.ts';
import { narratorMemory } from './narrator-memory.ts';

test('stores stories and replies outside of jobs and of the library', async () => {
  const stored = new Map<string, unknown>();
  const memory = narratorMemory({
    findJson: async <T>(key: string, schema: z.ZodType<T>) =>
      stored.has(key) ? schema.parse(stored.get(key)) : undefined,
    putJson: async (key, value) => void stored.set(key, value),
  });
  const story = { manga_id: '../Ngõ Mây/1', story: emptyStory(), told: null };
  const reply = { text: '{}', finish: 'stop', tokens_in: 1, tokens_out: 2, paid_by: 'job-abc123' };
  await memory.saveStory(story);
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
  const memory = narratorMemory({
    findJson: async (_, schema) => schema.parse(copied),
    putJson: async () => undefined,
  });
  await expect(memory.loadStory('ngo-may')).rejects.toMatchObject({
    name: 'ArtifactInvalid',
    message: expect.stringContaining('is the memory of another, not of ngo-may'),
  });
});
