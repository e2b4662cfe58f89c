import { timedSegments } from './record.ts';
import { watchedSegments } from './retention.ts';

const segment = (index: number, start: number, seconds: number) => ({
  ...{ index, page: 1, start, seconds, text: 'a' },
});

test('says during which segments viewers leave', () => {
  const points = [0.25, 0.5, 0.75, 1].map((at, i) => ({ at, watching: [1, 1, 0.4, 0.4][i] as number }));
  const told = [segment(0, 0, 50), segment(1, 50, 25), segment(2, 75, 25)];
  expect(watchedSegments(told, 100, points).map(({ watching, lost }) => [watching, lost])).toEqual([
    [1, 0],
    [1, 0.6],
    [0.4, 0],
  ]);
});

test('interpolates between points, whose order does not matter', () => {
  const points = [
    { at: 1, watching: 0 },
    { at: 0.01, watching: 1.2 },
    { at: 0.5, watching: 0.5 },
  ];
  const [half] = watchedSegments([segment(0, 75, 25)], 100, points);
  expect(half?.watching).toBeCloseTo(0.25);
  expect(half?.lost).toBeCloseTo(0.25);
});

test('has nothing to say without points', () => {
  expect(watchedSegments([segment(0, 0, 1)], 1, [])).toEqual([]);
});

test('times segments with the pauses after them, and keeps the beginning of a long text', () => {
  const told = [0, 1].map((index) => ({
    ...{ index, kind: 'speech' as const, page: index + 1, panels: [], pause_after: 0.5 },
    text: 'dài '.repeat(40),
  }));
  const spoken = [0, 1].map((index) => ({ index, audio: 'a', duration: 2, pause_after: 1, words: [] }));
  const { segments, duration } = timedSegments({ segments: told }, { segments: spoken });
  expect(segments.map(({ start, seconds, page }) => [start, seconds, page])).toEqual([
    [0, 3, 1],
    [3, 3, 2],
  ]);
  expect(duration).toBe(6);
  expect(segments[0]?.text).toHaveLength(80);
});
