import { sound } from '../bubble.ts';
import { bend } from '../cast/body.ts';
import { kitten, lyingCat, walkingCat } from '../cast/cats.ts';
import { grandmother } from '../cast/grandmother.ts';
import { may } from '../cast/may.ts';
import { box, type Page } from '../page.ts';
import { boxBack, boxFront, cushion, fish, outlook, room, shelf, umbrellaStand } from '../scenery/home.ts';
import { house, lamp, paving, puddle } from '../scenery/street.ts';
import { closedUmbrella, umbrella } from '../scenery/umbrella.ts';
import { stars } from '../scenery/weather.ts';
import { accent, ellipse, inkColour, join, line, paperColour, path, place, rect } from '../svg.ts';
import { tone } from '../tones.ts';

const slipper = (x: number, y: number, turn: number): string =>
  place(
    { x, y, turn },
    path('M-60 0C-60 -30 60 -34 66 0C60 22 -60 22 -60 0Z', { fill: '#c9cad0', stroke: inkColour, w: 5 }),
    path('M-6 -22Q20 -60 56 -18Q30 -4 -6 18Z', { fill: accent, stroke: inkColour, w: 5 }),
  );

export const home: Page = [
  {
    frame: box(46, 46, 1108, 830),
    art: join(
      rect(0, 0, 1108, 830, { fill: tone.night }),
      stars(1108, 360, 131, 60),
      ellipse(150, 130, 150, 150, { fill: tone.light, o: 0.6 }),
      path('M110 70A74 74 0 1 0 214 170A88 88 0 0 1 110 70Z', { fill: paperColour }),
      house({ x: -30, y: 690 }, { w: 240, h: 460, seed: 133, lit: true }),
      house({ x: 860, y: 690 }, { w: 270, h: 460, seed: 138, lit: true, wall: '#7b7e8a' }),
      house({ x: 660, y: 660, s: 0.8 }, { w: 230, h: 460, seed: 141, wall: '#5d606c' }),
      house({ x: 220, y: 660, s: 0.8 }, { w: 230, h: 460, seed: 147, wall: '#666975', lit: true }),
      lamp({ x: 940, y: 760, s: 1.1, flip: true }),
      paving(1108, 640, 200, 540),
      puddle(860, 790, 140),
      umbrella({ x: 592, y: 640, s: 1.4, turn: 2 }, 188),
      grandmother(
        { x: 706, y: 506, s: 0.88 },
        { mood: 'happy', side: -0.5, left: bend(-110, 150, -122, 130), right: bend(110, 170, 60, 208) },
      ),
      may(
        { x: 430, y: 520, s: 0.84 },
        {
          mood: 'laughing',
          side: 0.3,
          coat: true,
          left: bend(-100, 170, -120, 200),
          right: bend(100, 170, 120, 200),
        },
      ),
      boxBack({ x: 430, y: 676, s: 0.46 }),
      kitten({ x: 366, y: 640, s: 0.37 }, 'snow', 'proud'),
      kitten({ x: 432, y: 636, s: 0.39 }, 'tiger', 'asleep'),
      kitten({ x: 498, y: 640, s: 0.37 }, 'soot', 'calm'),
      boxFront({ x: 430, y: 676, s: 0.46 }),
      walkingCat({ x: 190, y: 706, s: 0.58, flip: true }, 'walk', 'proud'),
    ),
    bubbles: [
      {
        text: 'Thôi, cả nhà mình cùng về cho ấm nào.',
        speaker: 'Bà',
        at: { x: 930, y: 150 },
        tail: { x: 800, y: 456 },
        lines: 3,
      },
      {
        text: 'Ô bé thế này, bà cháu mình ướt mất!',
        speaker: 'Mây',
        at: { x: 170, y: 350 },
        tail: { x: 330, y: 500 },
        lines: 3,
      },
    ],
  },
  {
    frame: box(620, 898, 534, 756),
    art: join(
      room(534, 756, 540),
      outlook(60, 170, 220, 210, false),
      shelf({ x: 420, y: 280, s: 0.66 }),
      path('M60 380L0 756H200L280 380Z', { fill: paperColour, o: 0.6 }),
      closedUmbrella({ x: 446, y: 520, s: 1.1 }),
      umbrellaStand({ x: 446, y: 660, s: 1 }),
      cushion({ x: 190, y: 684, s: 0.76 }),
      lyingCat({ x: 140, y: 604, s: 0.66 }, 'asleep'),
      sound('Khò…', { x: 110, y: 470 }, 60, -8),
    ),
    bubbles: [
      {
        text: 'Từ hôm ấy, nhà tôi không mất ô nữa.',
        speaker: 'narrator',
        kind: 'caption',
        at: { x: 267, y: 82 },
        lines: 2,
      },
    ],
  },
  {
    frame: box(46, 898, 552, 756),
    art: join(
      room(552, 756, 480),
      rect(0, 0, 552, 756, { fill: tone.pale, o: 0.4 }),
      may(
        { x: 380, y: 440, s: 0.98 },
        {
          mood: 'fierce',
          side: -0.5,
          left: bend(-120, 130, -150, 70),
          right: bend(130, 150, 110, 60),
          handsUp: true,
        },
      ),
      slipper(196, 690, -14),
      fish({ x: 410, y: 712, s: 0.8, turn: 10 }),
      kitten({ x: 96, y: 614, s: 0.62 }, 'tiger', 'proud'),
      kitten({ x: 300, y: 644, s: 0.56 }, 'soot', 'calm'),
      kitten({ x: 496, y: 630, s: 0.56 }, 'snow', 'proud'),
      line('M40 560l-20 -16M150 556l16 -18', 5),
      sound('Hết', { x: 70, y: 716 }, 52, -6),
    ),
    bubbles: [
      {
        text: 'Chỉ mất dép, mất tất, và mất cả cá kho.',
        speaker: 'narrator',
        kind: 'caption',
        at: { x: 276, y: 82 },
        lines: 2,
      },
      {
        text: 'Mun ơi, dạy lại các em đi chứ!',
        speaker: 'Mây',
        kind: 'shout',
        at: { x: 196, y: 244 },
        tail: { x: 330, y: 370 },
        lines: 2,
      },
    ],
  },
];
