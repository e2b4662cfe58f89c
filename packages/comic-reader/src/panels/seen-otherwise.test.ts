import { art, page, rasterOf } from '../testing/drawn-pages.fixture.ts';
import { hasPanelsSeenOtherwise } from './seen-otherwise.ts';

const dots =
  '<pattern id="dots" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><circle cx="4" cy="4" r="2.4" fill="#999"/></pattern><rect width="800" height="1200" fill="url(#dots)"/>';

/** Draws a picture cut off by a slanted frame. */
const leaning = (id: string, points: string) =>
  `<clipPath id="${id}"><polygon points="${points}"/></clipPath><g clip-path="url(#${id})">${art(id.length, { x: 0, y: 0, w: 800, h: 1200 })}</g><polygon points="${points}" fill="none" stroke="#111" stroke-width="5"/>`;

const seenOtherwise = async (drawn: string) => hasPanelsSeenOtherwise(await rasterOf(page(drawn, [])), 10);

test('panels on a textured ground are seen from afar', async () => {
  const two = leaning('a', '40,40 760,40 760,560 40,430') + leaning('bc', '40,460 760,590 760,1160 40,1160');
  expect(await seenOtherwise(dots + two)).toBe(true);
});

test('one picture stays one picture, on a textured ground and to all edges of the page', async () => {
  expect(await seenOtherwise(dots + leaning('a', '40,40 760,40 760,1160 40,1160'))).toBe(false);
  expect(await seenOtherwise(art(4, { x: 0, y: 0, w: 800, h: 1200 }))).toBe(false);
});

test('panels on paper are seen in a scan whose edges are dark', async () => {
  const edges = '<path d="M0 0H800V1200H0ZM24 24H776V1176H24Z" fill="#222" fill-rule="evenodd"/>';
  const two = [40, 620].map((y) => art(y, { x: 60, y, w: 680, h: 540 }));
  expect(await seenOtherwise(two.join('') + edges)).toBe(true);
});
