import type { Segment } from '../../../domain/script.ts';
import { testChapter } from '../testing/test-job.ts';
import { cardsOf } from './cards.ts';

const farewell: Segment = {
  ...{ index: 0, kind: 'closing', text: 'Hết', page: 1, panels: [], pause_after: 0 },
};

/** Returns the lines of the end card of a chapter by so many people. */
function linesFor(people: number) {
  const credits = Array.from({ length: people }, (_, index) => ({ role: 'Vẽ', name: `Họa sĩ ${index + 1}` }));
  return cardsOf({ ...testChapter, credits }, undefined)(farewell)?.lines;
}

test('the end card names four people, and says how many more the description has', () => {
  expect(linesFor(4)?.filter((line) => line.startsWith('Vẽ: '))).toHaveLength(4);
  expect(linesFor(4)?.join()).not.toContain('người khác');
  expect(linesFor(6)?.slice(3)).toEqual([
    'Vẽ: Họa sĩ 4',
    'Và 2 người khác: xem phần mô tả',
    'Cảm ơn các bạn đã theo dõi!',
  ]);
});
