import type { checkQuota } from '../../config/environments.ts';
import type { Environment } from '../../config/variables.ts';
import { laneLimits } from './lane-limits.ts';

/** Returns what a lane uses of each limit. */
function usedBy(changes: Partial<Environment<(typeof checkQuota)[number]>>) {
  const env = {
    ...{ RENDERER_INSTANCE_TYPE: ['c6a.2xlarge', 'c6a.xlarge'], UPLOADER_INSTANCE_TYPE: ['t3a.small'] },
    ...{ WORKER_IDLE_MINUTES: 0, RENDER_SHARDS: 0, RENDER_SHARDS_ON: 'machines' },
    ...{ NARRATOR: 'ocr', LLM_REQUESTS_PER_MINUTE: 0, VOICE: ['espeak'], VOICE_CONCURRENCY: 4 },
    ...{ VOICE_AZURE_REQUESTS_PER_MINUTE: 12_000, PUBLISHER: 'folder' },
    ...changes,
  } as Environment<(typeof checkQuota)[number]>;
  const limits = laneLimits(env, { slots: async () => 7, onYouTube: async () => 3 });
  return Object.fromEntries(limits.map(({ what, perLane }) => [what, perLane]));
}
const vcpus = 'Spot vCPUs of the account';
const calls = 'concurrent calls of functions in the account';

test('a lane uses a slot of the day, the vCPUs of one machine, and two calls', () => {
  expect(usedBy({})).toEqual({ 'videos left of the day': 1, [vcpus]: 4, [calls]: 2 });
});

test('a renderer that stays is up beside the uploader of its lane', () => {
  expect(usedBy({ WORKER_IDLE_MINUTES: 5 })).toMatchObject({ [vcpus]: 6 });
});

test('shards count as machines, or as calls', () => {
  expect(usedBy({ RENDER_SHARDS: 20 })).toMatchObject({ [vcpus]: 80, [calls]: 2 });
  const onFunctions = { RENDER_SHARDS: 20, RENDER_SHARDS_ON: 'functions' } as const;
  expect(usedBy(onFunctions)).toMatchObject({ [vcpus]: 4, [calls]: 22 });
});

test('the rates of a language model and of the voice are divided among lanes', () => {
  expect(usedBy({ NARRATOR: 'llm', LLM_REQUESTS_PER_MINUTE: 30, VOICE: ['edge', 'espeak'] })).toMatchObject({
    ...{ llmRequestsPerMinute: 1, voiceConcurrency: 1 },
  });
});

test('lanes share what Azure Speech and YouTube accept: a sentence a second each, and a video of the day', async () => {
  expect(usedBy({ VOICE: ['edge', 'azure'], PUBLISHER: 'youtube' })).toMatchObject({
    ...{ voiceConcurrency: 1, voiceAzureRequestsPerMinute: 60 },
    "videos that YouTube's allowances of the day have room for": 1,
  });
});
