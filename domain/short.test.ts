import { hasSeriesWithShorts } from './short.ts';

const job = (manga_id: string, updated_at: string, shorts?: true) => ({
  manga_id,
  updated_at,
  ...(shorts && { shorts }),
});

test('a series makes Shorts if its latest job does', () => {
  const others = [job('mèo', '2026-02-01'), job('chó', '2026-02-03')];
  expect(hasSeriesWithShorts(others)).toBe(false);
  expect(hasSeriesWithShorts([...others, job('chó', '2026-02-02', true)])).toBe(false);
  expect(hasSeriesWithShorts([job('chó', '2026-02-04', true), ...others])).toBe(true);
  expect(hasSeriesWithShorts([])).toBe(false);
});
