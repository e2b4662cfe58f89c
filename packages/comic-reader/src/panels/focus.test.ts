import { overlap } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { page, rasterOf } from '../testing/drawn-pages.fixture.ts';
import { findFocus } from './focus.ts';

const panel: Box = { x: 100, y: 100, w: 500, h: 300 };

/** Draws a face with eyes, hair and a collar. */
const face = (x: number, y: number) => `<g transform="translate(${x} ${y})" stroke="#222" stroke-width="3">
  <circle r="60" fill="#e3b08c"/><path d="M-60 -20q60 -90 120 0l-20 -5l-15 10l-25 -15l-20 15l-20 -12z" fill="#5a3622"/>
  <circle cx="-20" r="8" fill="#fff"/><circle cx="20" r="8" fill="#fff"/><path d="M-20 25q20 18 40 0" fill="none"/></g>`;
const faceBox = (x: number, y: number): Box => ({ x: x - 60, y: y - 60, w: 120, h: 120 });
const drawn = (body: string, ground = '#9bb4cc') =>
  rasterOf(
    page(
      `<rect x="100" y="100" width="500" height="300" fill="${ground}" stroke="#111" stroke-width="4"/>${body}`,
      [panel],
      { height: 500, width: 700 },
    ),
  );

const shareOf = (part: Box, focus: Box | null) => (focus ? overlap(part, focus) / (part.w * part.h) : 0);

describe('the focus of a panel', () => {
  test.each([
    [200, 200],
    [500, 300],
    [350, 250],
  ])('contains the face at %p, %p and excludes much of the ground', async (x, y) => {
    const focus = findFocus(await drawn(face(x, y)), panel, []);
    expect(shareOf(faceBox(x, y), focus)).toBeGreaterThan(0.9);
    expect(shareOf(panel, focus)).toBeLessThan(0.5);
  });

  test('contains both people who talk', async () => {
    const focus = findFocus(await drawn(face(190, 290) + face(500, 290)), panel, []);
    expect(shareOf(faceBox(190, 290), focus)).toBeGreaterThan(0.9);
    expect(shareOf(faceBox(500, 290), focus)).toBeGreaterThan(0.9);
  });

  test('ignores lettering', async () => {
    const words = Array.from(
      { length: 90 },
      (_, i) => `<path d="M${320 + (i % 15) * 14} ${150 + Math.floor(i / 15) * 22}h8v12h-8z" fill="#111"/>`,
    ).join('');
    const bubble = { x: 310, y: 140, w: 240, h: 150 };
    const white = `<rect x="310" y="140" width="240" height="150" fill="#fff"/>`;
    const focus = findFocus(await drawn(face(180, 310) + white + words), panel, [bubble]);
    expect(shareOf(faceBox(180, 310), focus)).toBeGreaterThan(0.9);
    expect(shareOf(bubble, focus)).toBeLessThan(0.3);
  });

  test('is inside the panel, and absent if nothing stands out or there is no room', async () => {
    const focus = findFocus(await drawn(face(590, 390)), panel, []) as Box;
    expect(overlap(focus, panel)).toBe(focus.w * focus.h);
    expect(findFocus(await drawn(''), panel, [])).toBeNull();
    expect(findFocus(await drawn(''), { x: 5, y: 5, w: 1, h: 1 }, [])).toBeNull();
  });
});
