import { sound } from '../bubble.ts';
import { bend } from '../cast/body.ts';
import { walkingCat } from '../cast/cats.ts';
import { may } from '../cast/may.ts';
import { vendor } from '../cast/vendor.ts';
import { box, corners, type Page } from '../page.ts';
import { house, lamp, noodleStall, paving, puddle, wires } from '../scenery/street.ts';
import { umbrella } from '../scenery/umbrella.ts';
import { rain, speed } from '../scenery/weather.ts';
import { inkColour, join, line, paperColour, path, rect, type Svg } from '../svg.ts';
import { tone } from '../tones.ts';

function stairs(): Svg {
  let steps = '';
  for (let step = 0; step < 11; step++) {
    const y = 732 - step * 44;
    const inset = 40 + step * 11;
    steps += `M${inset} ${y}H${454 - inset}`;
  }
  return join(
    path('M20 740L160 250H294L434 740Z', { fill: '#8d909c', stroke: inkColour, w: 5 }),
    path('M20 740L160 250H294L434 740Z', { fill: tone.pale }),
    line(steps, 4),
  );
}

export const chase: Page = [
  {
    frame: corners(46, 46, 1154, 46, 1154, 436, 46, 530),
    art: join(
      rect(0, 0, 1108, 490, { fill: paperColour }),
      speed(1108, 490, 51, 70, { colour: inkColour, clear: 40 }),
      may(
        { x: 710, y: 150, s: 0.8, turn: -14 },
        {
          mood: 'fierce',
          side: -0.9,
          coat: true,
          left: bend(-140, 130, -150, 40),
          right: bend(130, 150, 150, 210),
          legs: [bend(-90, 270, -110, 320), bend(90, 270, 170, 290)],
        },
      ),
      line('M890 356q30 -26 56 0q30 -22 50 4M840 384q16 -18 34 0', 5),
      sound('Vút!', { x: 190, y: 330 }, 130, -12),
    ),
    bubbles: [
      {
        text: 'Đứng lại! Trả ô cho chị ngay!',
        speaker: 'Mây',
        kind: 'shout',
        at: { x: 400, y: 120 },
        tail: { x: 628, y: 196 },
        lines: 2,
      },
    ],
  },
  {
    frame: corners(46, 556, 1154, 462, 1154, 900, 46, 900),
    art: join(
      rect(0, 0, 1108, 440, { fill: '#5a5d68' }),
      rect(0, 0, 1108, 440, { fill: tone.mid }),
      speed(1108, 440, 57, 60, { colour: paperColour, clear: 30 }),
      rect(0, 380, 1108, 70, { fill: '#3a3c47' }),
      puddle(420, 408, 170),
      path(
        'M250 400Q230 330 196 310Q236 316 268 360Q276 300 262 262Q302 306 300 372Q330 330 360 320Q334 356 330 400Z',
        { fill: paperColour, stroke: inkColour, w: 4 },
      ),
      umbrella({ x: 350, y: 296, s: 0.94, turn: 34 }, 128),
      walkingCat({ x: 490, y: 308, s: 0.92, flip: true }, 'run', 'calm'),
      rain(1108, 440, 61, 50, 0.5),
      sound('Bõm!', { x: 122, y: 250 }, 88, -14),
      sound('Bõm!', { x: 830, y: 340 }, 84, 8),
    ),
    bubbles: [
      {
        text: 'Nó phóng qua chợ, qua cầu, nhanh như gió.',
        speaker: 'narrator',
        kind: 'caption',
        at: { x: 860, y: 120 },
        lines: 2,
      },
    ],
  },
  {
    frame: box(700, 922, 454, 732),
    art: join(
      rect(0, 0, 454, 732, { fill: tone.night }),
      house({ x: 150, y: 262, s: 0.7 }, { w: 220, h: 460, seed: 71, lit: true }),
      stairs(),
      house({ x: -110, y: 720, s: 1 }, { w: 200, h: 690, seed: 73, wall: '#666975', lit: true }),
      house({ x: 366, y: 720, s: 1 }, { w: 220, h: 690, seed: 78, wall: '#7b7e8a', lit: true }),
      wires(454, 120, 74, 4),
      walkingCat({ x: 236, y: 314, s: 0.34 }, 'run', 'calm'),
      umbrella({ x: 282, y: 296, s: 0.42, turn: -18 }, 40),
      may(
        { x: 226, y: 480, s: 0.54 },
        {
          mood: 'fierce',
          side: 0.3,
          coat: true,
          left: bend(-130, 120, -120, 40),
          right: bend(130, 120, 130, 40),
          legs: [bend(-50, 300, -60, 320), bend(80, 270, 60, 300)],
        },
      ),
      rain(454, 732, 77, 70),
      sound('Huỵch', { x: 330, y: 640 }, 70, 10),
    ),
  },
  {
    frame: box(46, 922, 632, 732),
    art: join(
      rect(0, 0, 632, 732, { fill: tone.night }),
      house({ x: 380, y: 560 }, { w: 240, h: 690, seed: 82, wall: '#5d606c' }),
      lamp({ x: 610, y: 640, flip: true }),
      paving(632, 560, 180, 300),
      vendor({ x: 412, y: 380, s: 0.92 }, { mood: 'shock', side: -0.7 }),
      noodleStall({ x: 396, y: 690, s: 0.84 }),
      umbrella({ x: 92, y: 640, s: 0.66, turn: -26 }, 40),
      walkingCat({ x: 150, y: 680, s: 0.5, flip: true }, 'run', 'calm'),
      line('M260 660H330M270 690H370M262 716H330', 6, paperColour),
      rain(632, 732, 83, 50),
    ),
    bubbles: [
      {
        text: 'Ơ kìa, con mèo nhà ai biết che ô!',
        speaker: 'cô bán phở',
        at: { x: 170, y: 110 },
        tail: { x: 304, y: 372 },
        lines: 3,
      },
    ],
  },
];
