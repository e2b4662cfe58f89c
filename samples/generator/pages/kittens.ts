import { sound } from '../bubble.ts';
import { bend } from '../cast/body.ts';
import { kitten, sittingCat, walkingCat } from '../cast/cats.ts';
import { may } from '../cast/may.ts';
import { box, type Page } from '../page.ts';
import { boxBack, boxFront } from '../scenery/home.ts';
import { almondTree, house, lamp, paving, puddle } from '../scenery/street.ts';
import { umbrella } from '../scenery/umbrella.ts';
import { rain, splashes } from '../scenery/weather.ts';
import { ellipse, inkColour, join, line, paperColour, path, rect } from '../svg.ts';
import { tone } from '../tones.ts';

export const kittens: Page = [
  {
    frame: box(46, 46, 1108, 520),
    art: join(
      rect(0, 0, 1108, 520, { fill: tone.dusk }),
      house({ x: 560, y: 400, s: 0.7 }, { w: 240, h: 460, seed: 91 }),
      house({ x: 760, y: 400, s: 0.8 }, { w: 260, h: 460, seed: 95, lit: true }),
      lamp({ x: 590, y: 440, s: 0.8 }),
      paving(1108, 400, 130, 640, '#6b6e7a'),
      almondTree({ x: 210, y: 450, s: 0.84 }),
      closedBox(190, 410, 0.34),
      walkingCat({ x: 410, y: 420, s: 0.46, flip: true }, 'walk', 'calm'),
      umbrella({ x: 344, y: 396, s: 0.6, turn: -8 }, 40),
      may(
        { x: 930, y: 260, s: 0.86 },
        { mood: 'puzzled', side: -0.8, coat: true, left: bend(-110, 150, -120, 110) },
      ),
      rain(1108, 520, 93, 80),
      splashes(700, 440, 60, 4, 8),
    ),
    bubbles: [
      {
        text: 'Sao nó lại dừng dưới gốc bàng nhỉ?',
        speaker: 'Mây',
        kind: 'thought',
        at: { x: 650, y: 106 },
        tail: { x: 832, y: 190 },
        lines: 3,
      },
    ],
  },
  {
    frame: box(640, 588, 514, 420),
    art: join(
      rect(0, 0, 514, 420, { fill: '#5a5d68' }),
      rect(0, 0, 514, 420, { fill: tone.dark }),
      closedBox(190, 290, 0.62),
      umbrella({ x: 316, y: 282, s: 0.86, turn: -32 }, 40),
      sittingCat({ x: 400, y: 236, s: 0.74 }, 'guilty'),
      rain(514, 420, 97, 40),
      sound('Meo…', { x: 106, y: 104 }, 76, -10, paperColour),
      sound('meo…', { x: 80, y: 190 }, 54, 8, paperColour),
    ),
  },
  {
    frame: box(46, 588, 572, 420),
    art: join(
      rect(0, 0, 572, 420, { fill: '#3a3c47' }),
      path('M560 420L0 150V420Z', { fill: paperColour, o: 0.18 }),
      may({ x: 310, y: 236, s: 1.5 }, { mood: 'shock', side: -0.5, tilt: 0.3, coat: true, bust: true }),
      line('M100 130l-40 -26M84 190H34M120 76L96 34', 8, paperColour),
      rain(572, 420, 99, 34),
    ),
  },
  {
    frame: box(46, 1030, 1108, 624),
    art: join(
      rect(0, 0, 1108, 624, { fill: tone.dusk }),
      rect(0, 0, 1108, 624, { fill: tone.pale, o: 0.5 }),
      paving(1108, 470, 170, 500, '#7b7e8a'),
      ellipse(480, 360, 420, 300, { fill: tone.light, o: 0.75 }),
      rain(1108, 624, 101, 70),
      umbrella({ x: 470, y: 380, s: 1.62, turn: -5 }, 10),
      puddle(180, 590, 120),
      boxBack({ x: 470, y: 430, s: 1.05 }),
      kitten({ x: 310, y: 350, s: 0.82 }, 'snow', 'calm'),
      kitten({ x: 470, y: 342, s: 0.86 }, 'tiger', 'asleep'),
      kitten({ x: 628, y: 352, s: 0.82 }, 'soot', 'calm'),
      boxFront({ x: 470, y: 430, s: 1.05 }),
      sittingCat({ x: 108, y: 400, s: 0.8 }, 'proud'),
      may(
        { x: 930, y: 304, s: 0.96 },
        {
          mood: 'moved',
          side: -0.6,
          coat: true,
          left: bend(-90, 180, -34, 150),
          right: bend(90, 180, 30, 154),
          handsUp: true,
        },
      ),
      line('M236 300q-10 -8 0 -16M706 300q10 -8 0 -16', 4, inkColour),
    ),
    bubbles: [
      {
        text: 'Ôi… ba bé mèo con ướt run cầm cập!',
        speaker: 'Mây',
        at: { x: 890, y: 84 },
        tail: { x: 930, y: 186 },
        lines: 2,
      },
      {
        text: 'Hoá ra em mang ô che mưa cho các bé.',
        speaker: 'Mây',
        at: { x: 880, y: 550 },
        tail: { x: 940, y: 462 },
        lines: 2,
      },
    ],
  },
];

function closedBox(x: number, y: number, s: number): string {
  return join(boxBack({ x, y, s }), boxFront({ x, y, s }));
}
