import { art, page, rasterOf } from '../testing/drawn-pages.fixture.ts';
import { withoutFold } from './fold.ts';
import { withoutScanEdges } from './scan-edges.ts';

const [width, height] = [800, 1200];
const panels = [40, 620].map((y) => art(y, { x: 60, y, w: 680, h: 540 })).join('');
const fold =
  '<linearGradient id="fold"><stop offset="0" stop-opacity="0.8"/><stop offset="0.15" stop-opacity="0"/></linearGradient><rect width="800" height="1200" fill="url(#fold)"/>';
const drawn = (svg: string) => rasterOf(page(svg, []));

/** Returns the share of pixels whose green differs by more than a JPEG adds. */
async function difference(one: { data: Uint8Array }, svg: string): Promise<number> {
  const other = await drawn(svg);
  let count = 0;
  for (let at = 1; at < other.data.length; at += 3)
    if (Math.abs((one.data[at] as number) - (other.data[at] as number)) > 24) count++;
  return count / (width * height);
}

test('the shade of a fold is taken off a page and its panels', async () => {
  const scan = await drawn(panels + fold);
  expect(await difference(scan, panels)).toBeGreaterThan(0.05);
  expect(await difference(withoutFold(scan), panels)).toBeLessThan(0.005);
});

test('a page with upright gutters in black, and art that bleeds off the page, keep their shades', async () => {
  const gutters = await drawn(`${panels}<rect x="390" width="20" height="1200" fill="#111"/>`);
  expect(withoutFold(gutters) === gutters).toBe(true);
  const bleeding = await drawn(art(3, { x: 0, y: 0, w: width, h: 600 }) + fold);
  expect(withoutFold(bleeding) === bleeding).toBe(true);
});

test('what a scanner shows beside a page becomes white, up to the paper', async () => {
  const edges =
    '<rect x="785" width="15" height="1200" fill="#222"/><rect y="1190" width="800" height="10" fill="#555"/>';
  const cleaned = withoutScanEdges(await drawn(panels + edges));
  expect(await difference(cleaned, panels)).toBe(0);
});

test('dark ground on opposite sides of a page is its paper', async () => {
  const white = [40, 620].map((y) => `<rect x="20" y="${y}" width="760" height="540" fill="#fff"/>`).join('');
  const dark = await drawn(`<rect width="800" height="1200" fill="#000"/>${white}`);
  expect(withoutScanEdges(dark) === dark).toBe(true);
});

test('neither art that bleeds off the page nor a frame at its edge is a strip beside it', async () => {
  const bleeding = await drawn(`<rect width="800" height="300" fill="#222"/>${panels}`);
  expect(withoutScanEdges(bleeding) === bleeding).toBe(true);
  const framed = await drawn(
    `${panels}<rect width="800" height="1200" fill="none" stroke="#111" stroke-width="6"/>`,
  );
  expect(withoutScanEdges(framed) === framed).toBe(true);
});
