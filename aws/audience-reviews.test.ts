import { mainChannel } from '../domain/channel.ts';
import { startTables } from './testing/embedded-cloud.ts';

const endTables = await startTables({ counters: 'date' });
const { audienceReviews } = await import('./audience-reviews.ts');
afterAll(endTables);

test('one uploader reviews the audience on a day of Los Angeles, whatever its hours', async () => {
  const claim = (at: string) => audienceReviews('counters').claim(mainChannel, new Date(at));
  const first = await Promise.all(Array.from({ length: 5 }, () => claim('2026-11-01T07:30:00Z')));
  expect(first.filter(Boolean)).toHaveLength(1);
  // The day on which summer time ends has 25 hours.
  expect(await claim('2026-11-02T07:59:00Z')).toBe(false);
  expect(await claim('2026-11-02T08:00:00Z')).toBe(true);
});
