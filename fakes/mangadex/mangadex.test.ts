import { AtHomeResponse } from '../../providers/chapters/mangadex/responses.ts';
import { startFakeMangaDex } from './mangadex.ts';

const titleId = '11111111-1111-4111-8111-111111111111';
const uploadId = '22222222-2222-4222-8222-222222222222';
let now = Date.parse('2026-02-07T10:00:00Z');
const fake = await startFakeMangaDex({
  titles: [
    {
      id: titleId,
      title: { vi: 'Mèo Mun' },
      uploads: [{ id: uploadId, chapter: '1', language: 'vi', pages: [Buffer.from('page')] }],
    },
  ],
  now: () => now,
});
afterAll(fake.stop);

const headers = { 'user-agent': 'manga-pipeline/0.1 (me@example.org)' };
const ask = (path: string, more: Record<string, string> = {}) =>
  fetch(fake.settings.apiUrl + path, { headers: { ...headers, ...more } });

test.each<[string, Record<string, string>]>([
  ['a default user agent', { 'user-agent': 'node' }],
  ['a Via header', { via: '1.1 proxy' }],
])('refuses a request with %s like the service', async (_, more) => {
  const response = await ask(`/manga/${titleId}`, more);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ result: 'error', errors: [{ status: 400 }] });
});

test('the sixth request of a second gets a 429 with a time to retry', async () => {
  now += 10_000;
  const responses = await Promise.all(Array.from({ length: 6 }, () => ask(`/manga/${titleId}`)));
  expect(responses.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 429]);
  const refused = responses.find(({ status }) => status === 429);
  expect(refused?.headers.get('x-ratelimit-retry-after')).toBe(String(now / 1000 + 1));
});

test('the forty-first at-home call of a minute gets a 429', async () => {
  const statuses: number[] = [];
  for (let call = 0; call < 41; call += 1) {
    now += 1000;
    statuses.push((await ask(`/at-home/server/${uploadId}`)).status);
  }
  expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  expect(statuses.at(-1)).toBe(429);
});

test('returns names of groups and people only for the kinds that a request includes', async () => {
  now += 60_000;
  const named = async (query: string) => {
    const { data } = (await (await ask(`/manga/${titleId}${query}`)).json()) as {
      data: { relationships: { type: string; attributes?: object }[] };
    };
    return data.relationships.filter(({ attributes }) => attributes).map(({ type }) => type);
  };
  expect(await named('')).toEqual([]);
  expect(await named('?includes[]=author&includes[]=artist')).toEqual(['author', 'artist']);
});

test('rejects requests for more than 500 at once, or beyond the first ten thousand', async () => {
  now += 60_000;
  const status = async (query: string) => (await ask(`/manga/${titleId}/feed?${query}`)).status;
  expect(await status('limit=500')).toBe(200);
  expect(await status('limit=501')).toBe(400);
  expect(await status('limit=500&offset=9501')).toBe(400);
});

test('serves an image for 15 minutes', async () => {
  now += 60_000;
  const answer = AtHomeResponse.parse(await (await ask(`/at-home/server/${uploadId}`)).json());
  const url = `${answer.baseUrl}/data/${answer.chapter.hash}/${answer.chapter.data[0]}`;
  now += 14 * 60_000;
  expect(await (await fetch(url, { headers })).text()).toBe('page');
  now += 60_000;
  expect((await fetch(url, { headers })).status).toBe(403);
});
