import type { Box } from '../../../../domain/page.ts';
import type { Face } from '../../../../packages/comic-reader/src/testing/drawn-letters.fixture.ts';
import { balloons, burst, type Hand, lettering, plate } from './balloon.ts';
import { between, type Chance, chanceOf, pick } from './chance.ts';
import { bubbleOf, lane, type Written } from './lettered.ts';
import { directionBy } from './off-the-page.ts';
import { type Scan, scanBy, scanned } from './scan.ts';
import { signFor } from './sentences.ts';
import { inDirection, rowsOf, usualLayout } from './shape.ts';
import { type ChancePage, Sheet } from './sheet.ts';
import { spokenLines } from './spoken-lines.ts';
import { whisperFor } from './written-words.ts';

type Lines = keyof typeof spokenLines;

/** Fonts of chapters, one each in turn; one of them is only scored. */
const faces: Readonly<Record<Lines, readonly Face[]>> = {
  dev: ['patrick-hand', 'itim', 'pangolin', 'baloo-2', 'bangers'],
  score: ['sriracha', 'pangolin', 'sriracha', 'patrick-hand', 'itim'],
};

/** A random chapter, whose pages are drawn when their turn comes. */
export interface ChanceChapter {
  face: Face;
  direction: 'ltr' | 'rtl';
  pages: (() => Promise<ChancePage>)[];
}

/** Returns a random Vietnamese chapter: one hand and one scan, any layout, and lines in any order. */
export function chanceChapter(lines: Lines, seed: number, count: number): ChanceChapter {
  const { hand, direction } = styleOf(lines, seed);
  // Each page has its own style, so that it does not depend on the pages that were drawn before it.
  const pages = Array.from(
    { length: count },
    (_, i) => () => pageOf(chanceOf(1000 * seed + i), styleOf(lines, seed)),
  );
  return { face: hand.face, direction, pages };
}

interface Style {
  lines: Lines;
  hand: Hand;
  scan: Scan;
  direction: 'ltr' | 'rtl';
}

function styleOf(lines: Lines, seed: number): Style {
  const chance = chanceOf(seed);
  const hand: Hand = {
    face: faces[lines][seed % faces[lines].length] as Face,
    size: between(chance, 21, 32),
    capitals: chance() < 0.5,
    unsteady: { by: pick(chance, [0, 0.03, 0.06, 0.09]), chance },
    slant: pick(chance, [0, 0, 0.12, 0.25]),
  };
  return { lines, hand, scan: scanBy(chance), direction: directionBy(chance) };
}

async function pageOf(chance: Chance, { lines, hand, scan, direction }: Style): Promise<ChancePage> {
  const layout = { ...usualLayout, rows: [3, 3], columns: [1, 2], ...pick(chance, layouts) } as const;
  const sheet = new Sheet(chance, layout);
  const panels = inDirection(rowsOf(chance, layout), direction).map((shape) => sheet.panel(shape));
  const page: Written = { sheet, direction, language: 'vi', hand, panels, bubbles: [] };
  const left = shuffled(chance, spokenLines[lines]);
  for (const [i, panel] of panels.entries())
    letterPanel(chance, page, { panel, index: i, next: () => left.pop() ?? 'Ừ.' });
  const drawn = {
    image: await sheet.image(),
    direction,
    panels,
    bubbles: page.bubbles,
    language: 'vi' as const,
  };
  return scanned(chance, drawn, scan);
}

const layouts = [{}, {}, { slant: 90, lean: 60 }, { gutter: 10 }, { gutter: 40, margin: 20 }];

/** Letters a panel with one to three texts: balloons, apart or joined, captions, words in the open, and sometimes a sign. */
function letterPanel(
  chance: Chance,
  { sheet, direction, hand, bubbles }: Written,
  { panel, index, next }: { panel: Box; index: number; next: () => string },
): void {
  const isWide = panel.w > 700;
  const count = isWide ? between(chance, 2, 3) : between(chance, 1, 2);
  const widest = (panel.w / count) * 0.55;
  const kinds = ['balloon', 'balloon', 'balloon', 'burst', 'caption', 'open'] as const;
  const joined = count === 2 && chance() < 0.3;
  const texts = Array.from({ length: count }, (_, i) => {
    const kind = joined ? 'balloon' : pick(chance, kinds);
    const cx = lane(panel, (i + 0.5) / count, direction);
    const cy = panel.y + panel.h * (0.25 + (joined ? 0.05 * i : 0.2 * chance()));
    const text = kind === 'open' ? whisperFor(chance, 'vi') : next();
    return {
      kind,
      lettered: lettering(
        text,
        hand,
        joined ? lane(panel, 0.3 + 0.3 * i, direction) : cx,
        cy,
        joined ? panel.w * 0.24 : widest,
      ),
    };
  });
  if (joined) sheet.add(balloons(texts.map(({ lettered }) => lettered)));
  else
    for (const { kind, lettered } of texts) {
      if (kind === 'balloon')
        sheet.add(balloons([lettered], [panel.x + panel.w / 2, panel.y + panel.h * 0.8]));
      if (kind === 'burst') sheet.add(burst(chance, lettered));
      if (kind === 'caption')
        sheet.add(plate(lettered, pick(chance, [{}, { fill: '#111', ink: '#fff' }, { fill: '#f4e8c0' }])));
      if (kind === 'open')
        sheet.add(
          `<path d="${lettered.letters}" fill="#fff" stroke="#fff" stroke-width="7" stroke-linejoin="round"/><path d="${lettered.letters}" fill="#111"/>`,
        );
    }
  for (const { lettered } of texts) bubbles.push(bubbleOf(lettered, index));
  if (chance() > 0.2) return;
  const sign = lettering(
    signFor(chance, 'vi'),
    { ...hand, size: 38 },
    lane(panel, 0.5, direction),
    panel.y + panel.h * 0.82,
    900,
  );
  sheet.add(plate(sign, { fill: pick(chance, ['#d8d0c0', '#fff', '#bbb']), rim: 5 }));
  bubbles.push(bubbleOf(sign, index, false));
}

function shuffled(chance: Chance, of: readonly string[]): string[] {
  const left = [...of];
  return Array.from(
    { length: left.length },
    () => left.splice(between(chance, 0, left.length - 1), 1)[0] as string,
  );
}
