import { parseConfig } from './index.ts';

test.each([
  [{ narrator: 'gpt' }, 'narrator (NARRATOR): must be ocr or llm'],
  [{ onDoubt: 'hld' }, 'onDoubt (ON_DOUBT): must be hold, publish, or fail'],
  [{ lanes: '50' }, 'lanes (LANES): must be at most 20'],
  [{ reviewHours: 0 }, 'reviewHours (REVIEW_HOURS): must be at least 1'],
  [{ lanes: 'many' }, 'lanes (LANES): must be a number'],
  [{ lanes: 1.5 }, 'lanes (LANES): must be a whole number'],
  [{ llmBaseUrl: 'host' }, 'llmBaseUrl (LLM_BASE_URL): must be a URL, like https://example.com'],
  [{ voice: 'edge,siri' }, 'voice (VOICE): must be espeak, edge, azure, or several, separated by commas'],
  [{ renderShards: 'many' }, 'renderShards (RENDER_SHARDS): must be auto or a whole number from 0 to 400'],
  [{ channels: { a: { onDoubt: 'hld' } } }, 'channels.a.onDoubt: must be hold, publish, or fail'],
])('%j is refused with what it must be', (given, message) => {
  expect(() => parseConfig(given as object)).toThrow(`The configuration can't be used: ${message}`);
});
