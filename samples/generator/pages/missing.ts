import { sound } from '../bubble.ts';
import { bend } from '../cast/body.ts';
import { lyingCat } from '../cast/cats.ts';
import { grandmother } from '../cast/grandmother.ts';
import { may } from '../cast/may.ts';
import { box, type Page } from '../page.ts';
import { cushion, outlook, pawPrint, room, shelf, stove, umbrellaStand } from '../scenery/home.ts';
import { burst } from '../scenery/weather.ts';
import { ellipse, inkColour, join, line, rect } from '../svg.ts';

export const missing: Page = [
  {
    frame: box(46, 46, 1108, 480),
    art: join(
      room(1108, 480, 360),
      outlook(80, 70, 270, 190, true),
      umbrellaStand({ x: 930, y: 440, s: 1 }),
      line('M850 340l-34 -20M846 384h-38M1010 340l30 -20', 5),
      may(
        { x: 590, y: 182, s: 0.98 },
        {
          mood: 'shock',
          side: 0.8,
          left: bend(-110, 130, -96, 70),
          right: bend(110, 130, 96, 70),
          handsUp: true,
        },
      ),
    ),
    bubbles: [
      {
        text: 'Ơ kìa! Chiếc ô đỏ lại biến mất rồi!',
        speaker: 'Mây',
        kind: 'shout',
        at: { x: 922, y: 130 },
        tail: { x: 722, y: 190 },
        lines: 3,
      },
    ],
  },
  {
    frame: box(612, 548, 542, 500),
    art: join(
      room(542, 500, 380),
      shelf({ x: 120, y: 210, s: 0.6 }),
      grandmother(
        { x: 390, y: 286, s: 0.98 },
        { mood: 'calm', side: -0.5, left: bend(-130, 150, -150, 90), right: bend(100, 170, 60, 208) },
      ),
      stove({ x: 140, y: 390, s: 0.88 }),
    ),
    bubbles: [
      {
        text: 'Lại mất ô à? Tuần này ba lần rồi đấy.',
        speaker: 'Bà',
        at: { x: 176, y: 100 },
        tail: { x: 300, y: 240 },
        lines: 3,
      },
    ],
  },
  {
    frame: box(46, 548, 544, 500),
    art: join(
      rect(0, 0, 544, 500, { fill: '#fff' }),
      burst([544, 500], { x: 250, y: 380 }, { x: 250, y: 260 }, 4),
      may(
        { x: 235, y: 372, s: 1.12 },
        { mood: 'fierce', side: 0.3, left: bend(-130, 170, -86, 200), right: bend(150, 130, 150, 42) },
      ),
    ),
    bubbles: [
      {
        text: 'Chắc chắn là có kẻ trộm! Cháu sẽ bắt quả tang!',
        speaker: 'Mây',
        kind: 'shout',
        at: { x: 284, y: 104 },
        tail: { x: 256, y: 290 },
        lines: 3,
      },
    ],
  },
  {
    frame: box(46, 1070, 1108, 584),
    art: join(
      room(1108, 584, 330),
      outlook(300, 50, 220, 190, true),
      ...[0, 1, 2, 3, 4, 5].map((step) =>
        pawPrint({ x: 1040 - step * 92, y: 540 - (step % 2) * 44 - step * 4, turn: -80, s: 1.1 }),
      ),
      cushion({ x: 290, y: 480, s: 1.2 }),
      lyingCat({ x: 230, y: 360, s: 0.98 }, 'proud'),
      ellipse(150, 450, 8, 11, { fill: '#fff', stroke: inkColour, w: 3 }),
      ellipse(300, 468, 8, 11, { fill: '#fff', stroke: inkColour, w: 3 }),
      may(
        { x: 880, y: 270, s: 1.05 },
        {
          mood: 'sly',
          side: -0.8,
          left: bend(-120, 140, -72, 96),
          right: bend(120, 180, 72, 222),
          handsUp: true,
        },
      ),
      sound('Meo~', { x: 130, y: 170 }, 84, -10),
    ),
    bubbles: [
      {
        text: 'Mun ơi, sao chân em ướt sũng thế kia?',
        speaker: 'Mây',
        at: { x: 680, y: 112 },
        tail: { x: 800, y: 214 },
        lines: 3,
      },
    ],
  },
];
