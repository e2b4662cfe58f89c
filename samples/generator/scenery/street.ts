import { textPath, textWidth } from '../lettering.ts';
import {
  chance,
  ellipse,
  inkColour,
  join,
  line,
  type Placing,
  paperColour,
  path,
  place,
  rect,
  type Svg,
  shape,
} from '../svg.ts';
import { tone } from '../tones.ts';

export interface HouseLook {
  w: number;
  h: number;
  wall?: string;
  lit?: boolean;
  seed: number;
}

function windowPane(x: number, y: number, w: number, h: number, lit: boolean): Svg {
  const glass = lit ? '#fdfdf4' : '#474a56';
  return join(
    rect(x - 7, y - 7, w + 14, h + 14, { fill: '#8d909c', stroke: inkColour, w: 4 }),
    rect(x, y, w, h, { fill: glass, stroke: inkColour, w: 4 }),
    line(`M${x + w / 2} ${y}V${y + h}M${x} ${y + h / 2}H${x + w}`, 4),
    rect(x - 14, y + h + 7, w + 28, 10, { fill: '#b9bbc4', stroke: inkColour, w: 4 }),
  );
}

const plant = (x: number, y: number): Svg =>
  join(
    shape(
      `M${x} ${y}C${x - 40} ${y - 8} ${x - 44} ${y - 44} ${x - 30} ${y - 52}C${x - 16} ${y - 70} ${x + 20} ${y - 70} ${x + 30} ${y - 50}C${x + 46} ${y - 40} ${x + 36} ${y - 8} ${x} ${y}Z`,
      '#6b6e7a',
      4,
    ),
    line(`M${x - 18} ${y - 30}l8 -8M${x + 8} ${y - 40}l9 -6M${x - 2} ${y - 20}l8 -6`, 3, paperColour),
    shape(`M${x - 24} ${y - 6}H${x + 24}L${x + 17} ${y + 28}H${x - 17}Z`, '#c9cad0', 4),
  );

/** Draws a narrow tube house with a floor every 230 units; its base is at the origin's height. */
export function house(placing: Placing, { w, h, wall = '#6f727e', lit = false, seed }: HouseLook): Svg {
  const next = chance(seed);
  const floors = Math.max(1, Math.round(h / 230));
  const tall = h / floors;
  const parts: Svg[] = [rect(0, -h, w, h, { fill: wall, stroke: inkColour, w: 6 })];
  parts.push(rect(w * 0.62, -h, w * 0.38, h, { fill: tone.mid, o: 0.55 }));
  for (let floor = 0; floor < floors; floor++) {
    const y = -h + floor * tall;
    const bright = lit ? next(0, 1) > 0.35 : false;
    parts.push(windowPane(w * 0.24, y + tall * 0.26, w * 0.5, tall * 0.42, bright));
    parts.push(rect(-8, y + tall - 14, w + 16, 14, { fill: '#9a9da8', stroke: inkColour, w: 4 }));
    if (next(0, 1) > 0.5) {
      const rail = y + tall - 14;
      parts.push(line(`M${w * 0.1} ${rail - 50}H${w * 0.9}`, 6));
      for (let bar = 0; bar <= 6; bar++)
        parts.push(line(`M${w * (0.1 + (0.8 * bar) / 6)} ${rail - 50}V${rail}`, 4));
      parts.push(plant(w * (0.25 + next(0, 0.5)), rail - 26));
    }
  }
  parts.push(shape(`M-16 ${-h}H${w + 16}L${w - 4} ${-h - 34}H4Z`, '#3a3c47'));
  return place(placing, ...parts);
}

/** Draws a lamp post with its foot at the origin and its light about 430 units up. */
export function lamp(placing: Placing): Svg {
  return place(
    placing,
    ellipse(74, -400, 230, 230, { fill: tone.light, o: 0.55 }),
    line('M0 0V-430Q0 -480 74 -470', 18),
    line('M0 -6V-430Q0 -472 74 -464', 7, '#8d909c'),
    shape('M34 -456L52 -486H96L114 -456Z', inkColour),
    shape('M42 -454H106L96 -426H52Z', paperColour, 4),
    shape('M-20 0L-12 -40H12L20 0Z', inkColour),
  );
}

/** Draws cables that sag from house to house. */
export function wires(w: number, y: number, seed: number, count = 5): Svg {
  const next = chance(seed);
  let d = '';
  for (let wire = 0; wire < count; wire++) {
    const from = y + next(-50, 60);
    const to = y + next(-60, 60);
    d += `M-20 ${from}Q${next(w * 0.3, w * 0.7)} ${Math.max(from, to) + next(40, 130)} ${w + 20} ${to}`;
  }
  return line(d, 4);
}

/** Draws wet paving that converges on a vanishing point. */
export function paving(w: number, y: number, h: number, vanishX: number, fill = '#565964'): Svg {
  let d = '';
  for (let seam = -9; seam <= 9; seam++) d += `M${vanishX + seam * 26} ${y}L${vanishX + seam * 190} ${y + h}`;
  for (const depth of [0.1, 0.24, 0.44, 0.7]) d += `M0 ${y + h * depth}H${w}`;
  return join(rect(0, y, w, h, { fill }), line(d, 3, '#3a3c47'), line(`M0 ${y}H${w}`, 6));
}

export function puddle(x: number, y: number, rx: number): Svg {
  return join(
    ellipse(x, y, rx, rx * 0.2, { fill: '#c9cad0', stroke: inkColour, w: 4 }),
    line(
      `M${x - rx * 0.6} ${y}Q${x - rx * 0.2} ${y - rx * 0.08} ${x + rx * 0.1} ${y}M${x + rx * 0.2} ${y + rx * 0.06}h${rx * 0.35}`,
      3.5,
      paperColour,
    ),
  );
}

/** Draws the tropical almond tree at the end of the alley. */
export function almondTree(placing: Placing): Svg {
  const crowns = [
    'M-330 -420C-400 -520 -280 -600 -200 -570C-160 -680 20 -690 70 -600C160 -660 320 -600 300 -500C380 -440 300 -350 220 -370C140 -310 -20 -320 -70 -360C-160 -310 -300 -330 -330 -420Z',
  ];
  const next = chance(11);
  let leaves = '';
  for (let leaf = 0; leaf < 46; leaf++)
    leaves += `M${next(-300, 270)} ${next(-590, -370)}q12 -16 30 -8q-10 18 -30 8Z`;
  return place(
    placing,
    shape('M-60 10C-40 -100 -36 -240 -70 -400H80C40 -250 44 -110 90 10Q10 -10 -60 10Z', '#5a5d68'),
    path('M20 -390C0 -250 10 -100 40 0L90 10C44 -110 40 -250 80 -400Z', { fill: tone.dark }),
    line('M-30 -60q10 -40 6 -80M0 -150q8 -50 0 -100', 4),
    ...crowns.map((d) => join(shape(d, '#4c4f5b', 6), path(d, { fill: tone.mid }))),
    path(leaves, { fill: '#8d909c' }),
  );
}

/** Draws a street kitchen with its glass case, pot and light box. */
export function noodleStall(placing: Placing): Svg {
  const sign = textWidth('Phở', 74, 800);
  return place(
    placing,
    line('M-210 0V-460M210 0V-460', 12),
    rect(-200, -190, 400, 190, { fill: '#9a9da8', stroke: inkColour, w: 6 }),
    rect(-200, -190, 400, 190, { fill: tone.pale }),
    line('M-200 -150H200', 5),
    shape('M-160 -190V-262H-20V-190Z', '#d5d7dd'),
    line('M-170 -262H-10', 8),
    line(
      'M-132 -280q-14 -24 0 -44t0 -44M-88 -284q-14 -24 0 -44t0 -44M-46 -280q-14 -24 0 -44t0 -44',
      4,
      paperColour,
    ),
    shape(
      'M-250 -440H250L280 -376Q240 -346 210 -376Q176 -346 140 -376Q104 -346 70 -376Q36 -346 0 -376Q-36 -346 -70 -376Q-104 -346 -140 -376Q-176 -346 -210 -376Q-240 -346 -280 -376Z',
      '#e9eaee',
    ),
    path(
      'M-140 -440H-70L-70 -376Q-104 -346 -140 -376ZM0 -440H70V-376Q36 -346 0 -376ZM140 -440H214L210 -376Q176 -346 140 -376Z',
      { fill: '#5a5d68' },
    ),
    rect(-110, -556, 220, 104, { fill: paperColour, stroke: inkColour, w: 6, r: 12 }),
    path(textPath('Phở', -sign / 2, -478, 74, 800), { fill: inkColour }),
  );
}
