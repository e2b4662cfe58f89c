import {
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
import { rain } from './weather.ts';

/** Draws the wall and the floor of Mây's kitchen, with the skirting at height `floor`. */
export function room(w: number, h: number, floor: number): Svg {
  let tiles = '';
  for (let x = -40; x < w + 80; x += 90) tiles += `M${x} ${floor}L${x - (w / 2 - x) * 0.5} ${h}`;
  return join(
    rect(0, 0, w, floor, { fill: '#eeeff2' }),
    rect(0, 0, w, floor, { fill: tone.pale, o: 0.5 }),
    rect(0, floor - 18, w, 18, { fill: '#8d909c', stroke: inkColour, w: 4 }),
    rect(0, floor, w, h - floor, { fill: '#cfd1d7' }),
    line(`${tiles}M0 ${floor + (h - floor) * 0.4}H${w}`, 3, '#9a9da8'),
    line(`M0 ${floor}H${w}`, 5),
  );
}

/** Draws a window with a view of the rain or of a bright morning. */
export function outlook(x: number, y: number, w: number, h: number, wet: boolean): Svg {
  const view = wet
    ? join(rect(0, 0, w, h, { fill: '#4a4d59' }), rain(w, h, x + y, 26))
    : join(
        rect(0, 0, w, h, { fill: paperColour }),
        ellipse(w * 0.7, h * 0.34, w * 0.14, w * 0.14, { fill: '#fff', stroke: inkColour, w: 4 }),
        shape(`M${w * 0.05} ${h * 0.62}q20 -50 60 -30q30 -40 70 0q40 0 36 34H${w * 0.05}Z`, paperColour, 4),
      );
  return join(
    `<svg x="${x}" y="${y}" width="${w}" height="${h}" overflow="hidden">${view}</svg>`,
    rect(x, y, w, h, { stroke: inkColour, w: 8 }),
    line(`M${x + w / 2} ${y}V${y + h}M${x} ${y + h / 2}H${x + w}`, 7),
    rect(x - 18, y + h, w + 36, 16, { fill: paperColour, stroke: inkColour, w: 5 }),
  );
}

/** Draws a clay pot steaming on its stove. */
export function stove(placing: Placing): Svg {
  return place(
    placing,
    rect(-170, 0, 340, 260, { fill: '#b4b7c1', stroke: inkColour, w: 6 }),
    rect(-170, 0, 340, 260, { fill: tone.pale }),
    rect(-186, -16, 372, 28, { fill: '#e9eaee', stroke: inkColour, w: 6 }),
    rect(-110, 70, 220, 130, { fill: '#5a5d68', stroke: inkColour, w: 5, r: 10 }),
    line('M-80 96H80', 6),
    shape('M-110 -96C-120 -40 -90 -16 -60 -16H60C90 -16 120 -40 110 -96Z', '#5a5d68'),
    path('M40 -96H110C120 -40 90 -16 60 -16H40Z', { fill: tone.dark }),
    shape('M-122 -100Q0 -150 122 -100Z', '#8d909c'),
    ellipse(0, -132, 16, 12, { fill: inkColour }),
    line(
      'M-50 -160q-18 -30 0 -56t0 -56M0 -166q-18 -30 0 -56t0 -56M50 -160q-18 -30 0 -56t0 -56',
      5,
      '#9a9da8',
    ),
  );
}

/** Draws the empty umbrella stand. */
export function umbrellaStand(placing: Placing): Svg {
  return place(
    placing,
    shape('M-70 -150L-56 0H56L70 -150Z', '#c9cad0'),
    path('M20 -150L22 0H56L70 -150Z', { fill: tone.dark }),
    ellipse(0, -150, 70, 18, { fill: '#3a3c47', stroke: inkColour, w: 5 }),
    line('M-62 -100Q0 -80 64 -100M-60 -60Q0 -42 60 -60', 4),
  );
}

export function shelf(placing: Placing): Svg {
  return place(
    placing,
    line('M-180 0H180', 12),
    shape('M-150 -4V-70H-90V-4Z', paperColour),
    line('M-150 -48H-90M-150 -28H-90', 4),
    shape('M-64 -4C-84 -20 -84 -60 -56 -70V-92H-20V-70C8 -60 8 -20 -12 -4Z', '#8d909c'),
    shape('M34 -4Q20 -50 34 -54H106Q120 -50 106 -4Z', '#e9eaee'),
    line('M24 -56H116', 6),
    shape('M130 -4V-40H166V-4Z', '#5a5d68'),
  );
}

/** Draws a round clay jar for rain water. */
export function waterJar(placing: Placing): Svg {
  return place(
    placing,
    shape('M-120 0C-210 -60 -210 -220 -110 -270H110C210 -220 210 -60 120 0Z', '#6b6e7a'),
    path('M30 -270H110C210 -220 210 -60 120 0H40C110 -80 110 -200 30 -270Z', { fill: tone.dark }),
    ellipse(0, -272, 122, 26, { fill: '#3a3c47', stroke: inkColour, w: 6 }),
    path('M-140 -190C-158 -150 -154 -100 -136 -70C-140 -110 -140 -150 -128 -196Z', {
      fill: paperColour,
      o: 0.8,
    }),
    line('M-160 -170Q0 -120 160 -170', 4),
  );
}

export const cushion = (placing: Placing): Svg =>
  place(
    placing,
    shape('M-220 0C-250 -60 -200 -90 -120 -84H120C200 -90 250 -60 220 0C200 34 -200 34 -220 0Z', '#e9eaee'),
    path('M-220 0C-250 -60 -200 -90 -120 -84H120C200 -90 250 -60 220 0C200 34 -200 34 -220 0Z', {
      fill: tone.mid,
    }),
  );

export function clock(placing: Placing): Svg {
  return place(
    placing,
    ellipse(0, 0, 78, 78, { fill: paperColour, stroke: inkColour, w: 9 }),
    line('M0 -64V-54M0 64V54M-64 0H-54M64 0H54', 5),
    line('M0 0L-38 4M0 0V-48', 8),
    ellipse(0, 0, 7, 7, { fill: inkColour }),
  );
}

export const pawPrint = (placing: Placing): Svg =>
  place(
    placing,
    ellipse(0, 0, 15, 11, { fill: '#5a5d68' }),
    ellipse(-17, -14, 6, 8, { fill: '#5a5d68' }),
    ellipse(-6, -21, 6, 8, { fill: '#5a5d68' }),
    ellipse(7, -21, 6, 8, { fill: '#5a5d68' }),
    ellipse(18, -13, 6, 8, { fill: '#5a5d68' }),
  );

/** Draws a cardboard box, seen slightly from above; its rim is at y = 0. */
export function boxBack(placing: Placing): Svg {
  return place(
    placing,
    shape('M-230 0L-170 -70H170L230 0Z', '#5a5d68'),
    shape('M-170 -70L-200 -120H140L170 -70Z', '#c9cad0'),
  );
}
export function boxFront(placing: Placing): Svg {
  return place(
    placing,
    shape('M-230 0H230L210 190H-210Z', '#d5d7dd'),
    path('M90 0H230L210 190H96Z', { fill: tone.mid }),
    shape('M-230 0L-290 46L-262 66L-228 18Z', '#e9eaee'),
    shape('M230 0L290 46L262 66L228 18Z', '#b4b7c1'),
    line('M-60 60H60V120H-60ZM-36 90H36', 4),
  );
}

export function fish(placing: Placing): Svg {
  return place(
    placing,
    shape('M-90 0C-50 -56 50 -56 88 0C50 56 -50 56 -90 0Z', '#d5d7dd'),
    shape('M80 0L136 -40Q124 0 136 40Z', '#b4b7c1'),
    line('M-46 -30Q-26 0 -46 30M-10 -16q12 16 0 32M20 -14q12 14 0 28M46 -10q8 10 0 20', 4),
    ellipse(-62, -8, 7, 7, { fill: inkColour }),
  );
}
