import type { Box } from '../../../../domain/page.ts';
import { balloons, burst, handOf, lettering } from '../drawn/balloon.ts';
import { between, type Chance, pick } from '../drawn/chance.ts';
import { figure } from '../drawn/figures.ts';
import { speechFor } from '../drawn/sentences.ts';
import type { ChancePage, Sheet } from '../drawn/sheet.ts';
import { type Material, type Style, variedPage } from './usual.ts';

/* Things that are drawn across the frames of panels. */

/** People whose heads and shouts whose spikes leave their panel, into the gutter and the panels beside it. */
export const brokenFrames = (chance: Chance, material: Material): Promise<ChancePage> =>
  variedPage(chance, material, {
    over: (sheet, _, panels) => {
      for (let i = between(chance, 1, 3); i > 0; i--) {
        const { x, y, w, h } = pick(chance, panels);
        const size = Math.min(w * 0.4, h * 0.5, between(chance, 120, 260));
        const cx = x + w * (0.25 + 0.5 * chance());
        if (chance() < 0.6) {
          const cy = y + size * (0.3 * chance() - 0.1);
          sheet.add(figure(chance, { cx, cy, size, bottom: y + h - 4 }));
          continue;
        }
        const [shout = ''] = speechFor(chance, 'en', 1);
        const at = pick(chance, [x + 60, x + w - 60]);
        sheet.add(burst(chance, lettering(shout, handOf(chance), at, y + h * (0.2 + 0.6 * chance()), 150)));
      }
    },
  });

/** A large sound that is drawn across a gutter. */
export const soundsAcross = (chance: Chance, material: Material): Promise<ChancePage> =>
  variedPage(chance, material, {
    over: (sheet, _, panels) => {
      for (let i = between(chance, 1, 2); i > 0; i--) {
        const { x, y, w, h } = pick(chance, panels);
        const [cx, cy] = pick(chance, [
          [x + w / 2, y + h],
          [x + w, y + h / 2],
          [x, y + h / 2],
        ] as const);
        const hand = { ...handOf(chance), size: between(chance, 90, 210), capitals: true };
        const { letters } = lettering(
          pick(chance, ['Crash!', 'Whoosh', 'Bam!!', 'Thud']),
          hand,
          cx,
          cy,
          1100,
        );
        const [fill, rim] = pick(chance, [
          ['#111', '#fff'],
          ['#fff', '#111'],
          ['#d8222a', '#fff'],
        ] as const);
        sheet.add(
          `<path d="${letters}" fill="${fill}" stroke="${rim}" stroke-width="${between(chance, 6, 16)}" paint-order="stroke" stroke-linejoin="round" transform="rotate(${between(chance, -25, 25)} ${cx} ${cy})"/>`,
        );
      }
    },
  });

/** Balloons that hang from the outer panels into the margin, some off the page. */
export const marginBalloons = (chance: Chance, material: Material): Promise<ChancePage> =>
  variedPage(chance, material, {
    layout: { margin: between(chance, 50, 110) },
    over: (sheet, style, panels) => {
      for (const text of speechFor(chance, 'en', between(chance, 2, 4))) hang(sheet, style, panels, text);
    },
  });

function hang(
  sheet: Sheet,
  { layout: { width, margin } }: Style,
  panels: readonly Box[],
  text: string,
): void {
  const { chance } = sheet;
  const { x, y, w, h } = pick(chance, panels);
  const sides = [...(x < margin + 60 ? [x] : []), ...(x + w > width - margin - 60 ? [x + w] : [])];
  const [cx, cy] = sides.length > 0 ? [pick(chance, sides), y + h * (0.2 + 0.6 * chance())] : [x + w / 2, y];
  sheet.add(balloons([lettering(text, handOf(chance), cx, cy, 130)]));
}

/** Captions in boxes across the gutters below panels. */
export const captionsAcross = (chance: Chance, material: Material): Promise<ChancePage> =>
  variedPage(chance, material, {
    layout: { rows: [2, 4], slant: 0, lean: 0 },
    frame: (_, frame) => ({ ...frame, width: Math.max(3, frame.width ?? 0) }),
    over: (sheet, { layout: { height, margin } }, panels) => {
      const hand = handOf(chance);
      for (const { x, y, w, h } of panels.filter(() => chance() < 0.6)) {
        if (y + h > height - margin - 10) continue;
        const [text = ''] = speechFor(chance, 'en', 1);
        const cx = x + w * (0.3 + 0.4 * chance());
        const { ink, letters } = lettering(text, hand, cx, y + h + 10, Math.min(0.7 * w, 360));
        const [pad, fill, line] = [12, pick(chance, ['#fff', '#fff7c8', '#f3ead8']), pick(chance, [0, 2, 4])];
        sheet.add(
          `<rect x="${ink.x - pad}" y="${ink.y - pad}" width="${ink.w + 2 * pad}" height="${ink.h + 2 * pad}" fill="${fill}" stroke="#111" stroke-width="${line}"/><path d="${letters}" fill="#111"/>`,
        );
      }
    },
  });

/** A faint mark of a site across the page, once or in rows. */
export const watermarks = (chance: Chance, material: Material): Promise<ChancePage> =>
  variedPage(chance, material, {
    over: (sheet, { layout: { width, height } }) => {
      const text = pick(chance, ['scans.example', 'NIGHT OWLS', 'Read on owls.example']);
      const colour = pick(chance, ['#d02020', '#888', '#2040c0', '#fff']);
      const opacity = 0.15 + 0.25 * chance();
      const count = pick(chance, [1, 6]);
      const hand = { ...handOf(chance), size: count === 1 ? 110 : 50 };
      for (let i = 0; i < count; i++) {
        const [x, y] = [width / 2, (height * (i + 0.5)) / count];
        const { letters } = lettering(text, hand, x, y, 2 * width);
        sheet.add(
          `<path d="${letters}" fill="${colour}" opacity="${opacity}" transform="rotate(-35 ${x} ${y})"/>`,
        );
      }
    },
  });
