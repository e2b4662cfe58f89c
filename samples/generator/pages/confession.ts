import { sound } from '../bubble.ts';
import { bend } from '../cast/body.ts';
import { sittingCat } from '../cast/cats.ts';
import { grandmother } from '../cast/grandmother.ts';
import { may } from '../cast/may.ts';
import { box, type Page } from '../page.ts';
import { fish } from '../scenery/home.ts';
import { house, paving } from '../scenery/street.ts';
import { burst, rain } from '../scenery/weather.ts';
import { ellipse, inkColour, join, line, paperColour, path, rect } from '../svg.ts';
import { tone } from '../tones.ts';

/** Draws a covered basket with the contents of the pot. */
const basket = (x: number, y: number): string =>
  join(
    fish({ x: x + 6, y: y - 34, s: 0.8, turn: -24 }),
    fish({ x: x - 14, y: y - 30, s: 0.7, turn: -150 }),
    path(`M${x - 84} ${y - 20}H${x + 84}L${x + 62} ${y + 60}H${x - 62}Z`, {
      fill: '#c9cad0',
      stroke: inkColour,
      w: 5,
    }),
    line(
      `M${x - 76} ${y + 6}H${x + 76}M${x - 70} ${y + 32}H${x + 70}M${x - 40} ${y - 20}l10 80M${x} ${y - 20}v80M${x + 40} ${y - 20}l-10 80`,
      3.5,
    ),
  );

export const confession: Page = [
  {
    frame: box(46, 46, 1108, 380),
    art: join(
      rect(0, 0, 1108, 380, { fill: tone.night }),
      path('M90 380L100 240Q40 230 -40 216Q90 110 200 60Q320 112 440 214Q360 232 300 240L320 380Z', {
        fill: '#15161b',
        stroke: paperColour,
        w: 6,
      }),
      ellipse(170, 196, 22, 20, { fill: paperColour }),
      ellipse(246, 196, 22, 20, { fill: paperColour }),
      paving(1108, 350, 40, 500),
      may(
        { x: 690, y: 250, s: 0.86 },
        {
          mood: 'calm',
          side: 0.8,
          coat: true,
          left: bend(-80, 170, -30, 190),
          right: bend(90, 170, 60, 190),
        },
      ),
      sittingCat({ x: 900, y: 250, s: 0.56 }, 'calm'),
      line('M590 120l-26 -30M624 96l-12 -38', 7, paperColour),
      rain(1108, 380, 111, 70),
      sound('Rón rén…', { x: 930, y: 96 }, 70, 5),
    ),
    bubbles: [
      {
        text: 'Suỵt! Khẽ thôi, kẻo chúng nó thức giấc.',
        speaker: 'Bà',
        at: { x: 480, y: 92 },
        tail: { x: 290, y: 170 },
        lines: 2,
      },
    ],
  },
  {
    frame: box(640, 448, 514, 560),
    art: join(
      rect(0, 0, 514, 560, { fill: paperColour }),
      burst([514, 560], { x: 250, y: 380 }, { x: 230, y: 250 }, 112),
      may(
        { x: 256, y: 404, s: 1.12 },
        {
          mood: 'shock',
          side: -0.6,
          coat: true,
          left: bend(-130, 150, -128, 60),
          right: bend(130, 150, 128, 60),
          handsUp: true,
        },
      ),
    ),
    bubbles: [
      {
        text: 'Bà? Sao bà lại ra đây giữa trời mưa?',
        speaker: 'Mây',
        kind: 'shout',
        at: { x: 262, y: 106 },
        tail: { x: 256, y: 262 },
        lines: 3,
      },
    ],
  },
  {
    frame: box(46, 448, 572, 560),
    art: join(
      rect(0, 0, 572, 560, { fill: tone.dusk }),
      house({ x: -60, y: 470 }, { w: 220, h: 460, seed: 117 }),
      paving(572, 470, 100, 200, '#7b7e8a'),
      rain(572, 560, 113, 46),
      grandmother(
        { x: 340, y: 346, s: 0.98 },
        {
          mood: 'shy',
          side: 0.3,
          hat: true,
          left: bend(-100, 190, -70, 216),
          right: bend(100, 190, 40, 216),
        },
      ),
      basket(310, 552),
    ),
    bubbles: [
      {
        text: 'Thì… tối nào bà chẳng mang cá ra đây.',
        speaker: 'Bà',
        at: { x: 180, y: 92 },
        tail: { x: 262, y: 224 },
        lines: 3,
      },
    ],
  },
  {
    frame: box(640, 1030, 514, 624),
    art: join(
      rect(0, 0, 514, 624, { fill: '#e9eaee' }),
      rect(0, 0, 514, 624, { fill: tone.mid }),
      may(
        { x: 270, y: 432, s: 1.36 },
        {
          mood: 'sly',
          side: -0.5,
          coat: true,
          left: bend(-100, 190, -40, 112),
          right: bend(90, 190, 60, 240),
          handsUp: true,
        },
      ),
    ),
    bubbles: [
      {
        text: 'Vậy nồi cá kho vơi đi cũng là do bà?',
        speaker: 'Mây',
        at: { x: 256, y: 108 },
        tail: { x: 262, y: 250 },
        lines: 3,
      },
    ],
  },
  {
    frame: box(46, 1030, 572, 624),
    art: join(
      rect(0, 0, 572, 624, { fill: paperColour }),
      burst([572, 624], { x: 300, y: 420 }, { x: 270, y: 270 }, 119, { fill: '#8d909c', count: 70 }),
      grandmother(
        { x: 336, y: 404, s: 1.06 },
        {
          mood: 'laughing',
          side: -0.2,
          hat: true,
          left: bend(-140, 150, -130, 80),
          right: bend(110, 190, 50, 226),
        },
      ),
      sittingCat({ x: 96, y: 510, s: 0.62 }, 'proud'),
      sound('Ha ha!', { x: 440, y: 566 }, 74, -8),
    ),
    bubbles: [
      {
        text: 'Thì nhà mình có tới hai kẻ trộm mà!',
        speaker: 'Bà',
        at: { x: 200, y: 104 },
        tail: { x: 276, y: 244 },
        lines: 3,
      },
    ],
  },
];
