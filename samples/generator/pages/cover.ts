import { sound } from '../bubble.ts';
import { bend } from '../cast/body.ts';
import { walkingCat } from '../cast/cats.ts';
import { may } from '../cast/may.ts';
import { box, type Page } from '../page.ts';
import { house, lamp, paving, puddle, wires } from '../scenery/street.ts';
import { umbrella } from '../scenery/umbrella.ts';
import { rain, splashes } from '../scenery/weather.ts';
import { accent, ellipse, join, paperColour, rect } from '../svg.ts';
import { tone } from '../tones.ts';

const coverWidth = 1108;
const coverHeight = 1608;

const alley = join(
  rect(0, 0, coverWidth, coverHeight, { fill: tone.night }),
  rect(0, 0, coverWidth, 700, { fill: tone.pale, o: 0.6 }),
  house({ x: 430, y: 1010, s: 0.62 }, { w: 250, h: 700, wall: '#5d606c', seed: 5, lit: true }),
  house({ x: 585, y: 1020, s: 0.68 }, { w: 220, h: 560, wall: '#7b7e8a', seed: 9 }),
  house({ x: 292, y: 1040, s: 0.8 }, { w: 230, h: 690, wall: '#7f828e', seed: 3, lit: true }),
  house({ x: 690, y: 1050, s: 0.86 }, { w: 240, h: 920, wall: '#6b6e7a', seed: 13, lit: true }),
  house({ x: 80, y: 1090, s: 1 }, { w: 240, h: 700, wall: '#666975', seed: 21 }),
  house({ x: 860, y: 1110, s: 1.1 }, { w: 300, h: 690, wall: '#858894', seed: 4, lit: true }),
  house({ x: -150, y: 1180, s: 1.2 }, { w: 230, h: 920, wall: '#878a96', seed: 8, lit: true }),
  wires(coverWidth, 520, 6, 6),
  paving(coverWidth, 1000, 620, 560),
  rect(0, 840, coverWidth, 330, { fill: tone.fog, o: 0.5 }),
);

export const cover: Page = [
  {
    frame: box(46, 46, coverWidth, coverHeight),
    art: join(
      alley,
      lamp({ x: 1040, y: 1270, s: 1.2, flip: true }),
      splashes(coverWidth, 1180, 400, 5, 22),
      ellipse(926, 1352, 110, 16, { fill: '#2c2e38', o: 0.6 }),
      puddle(330, 1500, 190),
      puddle(860, 1440, 120),
      may(
        { x: 926, y: 1010, s: 0.92 },
        {
          mood: 'shock',
          side: -0.7,
          coat: true,
          left: bend(-96, 140, -80, 96),
          right: bend(90, 160, 50, 196),
        },
      ),
      ellipse(500, 1492, 290, 34, { fill: '#2c2e38', o: 0.6 }),
      walkingCat({ x: 540, y: 1260, s: 1.25, flip: true }, 'walk', 'guilty'),
      umbrella({ x: 382, y: 1226, s: 1.66, turn: -7 }, 62),
      rain(coverWidth, coverHeight, 17, 150),
      sound('Kẻ trộm', { x: 420, y: 172 }, 204, -4, paperColour),
      sound('ô', { x: 912, y: 176 }, 290, 6, accent),
    ),
    bubbles: [
      {
        text: 'Ngõ nhà tôi, cứ hễ trời mưa là có chuyện lạ.',
        speaker: 'narrator',
        kind: 'caption',
        at: { x: 770, y: 420 },
        lines: 2,
      },
      {
        text: 'Đây là chuyện về một chiếc ô biết đi…',
        speaker: 'narrator',
        kind: 'caption',
        at: { x: 700, y: 1556 },
        lines: 1,
      },
    ],
  },
];
