import type { Box } from '../page/page.ts';
import { framed, page, rasterOf } from '../testing/drawn-pages.fixture.ts';
import { findPanels } from './panels.ts';

test('a narrow gutter is whole although something sticks out of a panel beside it, into the margin', async () => {
  const rows: Box[] = [
    { x: 40, y: 40, w: 720, h: 700 },
    { x: 40, y: 766, w: 356, h: 300 },
    { x: 402, y: 766, w: 358, h: 300 },
  ];
  const sound = '<path d="M520 1000h170l-60 180h-110z" fill="#111"/>';
  const drawn = rows.map((box, i) => framed(i + 1, box)).join('');
  expect(findPanels(await rasterOf(page(drawn, rows), 667)).panels).toHaveLength(3);
  expect(findPanels(await rasterOf(page(drawn + sound, rows), 667)).panels).toHaveLength(3);
});

test('a narrow gutter begins between two frames at both of its ends, whatever hides its middle', async () => {
  const rows: Box[] = [
    { x: 40, y: 40, w: 720, h: 700 },
    { x: 40, y: 766, w: 356, h: 400 },
    { x: 402, y: 766, w: 358, h: 400 },
  ];
  const shout =
    '<path d="M400 866l40 60 90 -10 -40 60 60 50 -90 10 -60 50 -50 -50 -100 0 40 -60 -50 -50 110 -10z" fill="#fff" stroke="#111" stroke-width="4"/>';
  const drawn = rows.map((box, i) => framed(i + 1, box)).join('');
  expect(findPanels(await rasterOf(page(drawn + shout, rows))).panels).toHaveLength(3);
});
