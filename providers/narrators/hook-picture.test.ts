import type { SegmentDraft } from '../../domain/script.ts';
import { hookPicture } from './hook-picture.ts';

/** Ten pages of one panel each, all told at the same length. */
const segments = Array.from(
  { length: 10 },
  (_, i): SegmentDraft => ({
    ...{ kind: 'speech', text: 'Trời đổ mưa.', page: i + 1, panels: [`p${i + 1}`], pause_after: 0.4 },
  }),
);
const pageOfHook = (...pages: number[]) =>
  hookPicture(
    segments,
    pages.map((page) => ({ page, panel: `p${page}` })),
  )?.page;

test.each([
  ['the most promising picture from the middle of the story', [2, 10, 7, 6], 7],
  ['without one the latest before the end', [2, 4, 3, 10], 4],
  ['only one of the end rather than one of the page of the welcome', [1, 10], 10],
  ['the only picture that there is', [1], 1],
])('the hook shows %s', (_, pages, page) => {
  expect(pageOfHook(...pages)).toBe(page);
});

test('there is a hook without a picture', () => {
  expect(pageOfHook()).toBeUndefined();
});

test('a panel that is not told is where its page is', () => {
  expect(
    hookPicture(segments, [
      { page: 2, panel: 'p2' },
      { page: 6, panel: 'p6-2' },
    ])?.page,
  ).toBe(6);
});
