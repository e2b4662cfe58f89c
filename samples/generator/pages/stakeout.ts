import { sound } from '../bubble.ts';
import { bend } from '../cast/body.ts';
import { catHead } from '../cast/cats.ts';
import { may } from '../cast/may.ts';
import { box, type Page } from '../page.ts';
import { clock, umbrellaStand, waterJar } from '../scenery/home.ts';
import { house, paving, puddle } from '../scenery/street.ts';
import { umbrella } from '../scenery/umbrella.ts';
import { burst, rain, splashes } from '../scenery/weather.ts';
import { ellipse, halo, inkColour, join, line, paperColour, path, rect } from '../svg.ts';
import { tone } from '../tones.ts';

export const stakeout: Page = [
  {
    frame: box(46, 46, 1108, 450),
    art: join(
      rect(0, 0, 1108, 450, { fill: tone.night }),
      house({ x: 40, y: 380 }, { w: 250, h: 460, seed: 31, lit: true }),
      house({ x: 330, y: 380 }, { w: 200, h: 230, seed: 12, wall: '#5d606c' }),
      paving(1108, 370, 80, 300),
      path('M764 334L250 170V470L764 370Z', { fill: paperColour, o: 0.2 }),
      may(
        { x: 880, y: 196, s: 1.02 },
        { mood: 'sly', side: -0.9, coat: true, left: bend(-80, 140, -70, 108) },
      ),
      waterJar({ x: 900, y: 566, s: 0.94 }),
      rect(780, 336, 74, 30, { fill: '#8d909c', stroke: inkColour, w: 5, r: 6 }),
      rect(762, 328, 26, 46, { fill: paperColour, stroke: inkColour, w: 5, r: 5 }),
      ellipse(838, 354, 18, 18, { fill: paperColour, stroke: inkColour, w: 5 }),
      rain(1108, 450, 23, 80),
      splashes(700, 390, 50, 3, 8),
    ),
    bubbles: [
      {
        text: 'Tối hôm sau, tôi nấp sau chum nước rình trộm.',
        speaker: 'narrator',
        kind: 'caption',
        at: { x: 420, y: 88 },
        lines: 2,
      },
    ],
  },
  {
    frame: box(664, 518, 490, 420),
    art: join(
      rect(0, 0, 490, 420, { fill: '#5a5d68' }),
      rect(0, 0, 490, 420, { fill: tone.dark }),
      clock({ x: 96, y: 322, s: 0.86 }),
      line('M34 220q16 14 30 6M160 232q12 -14 6 -26', 4, paperColour),
      may({ x: 336, y: 318, s: 1.24 }, { mood: 'sleepy', side: -0.2, coat: true, bust: true }),
    ),
    bubbles: [
      {
        text: 'Chín giờ rồi mà chẳng thấy ai…',
        speaker: 'Mây',
        kind: 'thought',
        at: { x: 162, y: 96 },
        tail: { x: 232, y: 230 },
        lines: 3,
      },
    ],
  },
  {
    frame: box(46, 518, 596, 420),
    art: join(
      rect(0, 0, 596, 420, { fill: '#3a3c47' }),
      rect(0, 0, 596, 420, { fill: tone.deep, o: 0.6 }),
      path('M170 420V40H360V420Z', { fill: '#23252e', stroke: inkColour, w: 8 }),
      path('M360 40L440 74V420H360Z', { fill: '#8d909c', stroke: inkColour, w: 7 }),
      path('M360 40V420H420L360 420Z', { fill: tone.dark }),
      ellipse(422, 250, 9, 9, { fill: inkColour }),
      path('M170 420H360L560 420L360 330Z', { fill: paperColour, o: 0.14 }),
      ellipse(232, 300, 17, 20, { fill: paperColour }),
      ellipse(292, 300, 17, 20, { fill: paperColour }),
      ellipse(232, 300, 4, 15, { fill: inkColour }),
      ellipse(292, 300, 4, 15, { fill: inkColour }),
      umbrellaStand({ x: 90, y: 404, s: 0.82 }),
      sound('Cạch…', { x: 412, y: 128 }, 104, 6),
    ),
  },
  {
    frame: box(560, 960, 594, 694),
    art: join(
      rect(0, 0, 594, 694, { fill: tone.night }),
      house({ x: 30, y: 480 }, { w: 240, h: 460, seed: 41, wall: '#5d606c' }),
      house({ x: 300, y: 480 }, { w: 260, h: 690, seed: 44, wall: '#767985', lit: true }),
      paving(594, 470, 230, 180),
      puddle(210, 560, 120),
      line('M110 470V542M176 474V548M240 470V544', 22, paperColour),
      line('M110 470V538M176 474V544M240 470V540', 13),
      umbrella({ x: 176, y: 470, s: 0.95, turn: -4 }, 20),
      rain(594, 694, 29, 70),
      splashes(400, 560, 90, 8, 6),
      may(
        { x: 450, y: 560, s: 1.16 },
        {
          mood: 'shock',
          side: -0.7,
          coat: true,
          left: bend(-90, 130, -86, 78),
          right: bend(90, 130, 92, 74),
          handsUp: true,
        },
      ),
      line('M330 440l-30 -36M370 404l-18 -44M300 490l-42 -18', 7, paperColour),
    ),
    bubbles: [
      {
        text: 'Trời ơi! Cái ô nó tự đi kìa!',
        speaker: 'Mây',
        kind: 'shout',
        at: { x: 380, y: 116 },
        tail: { x: 440, y: 380 },
        lines: 2,
      },
    ],
  },
  {
    frame: box(46, 960, 492, 694),
    art: join(
      rect(0, 0, 492, 694, { fill: '#2c2e38' }),
      burst([492, 694], { x: 246, y: 450 }, { x: 210, y: 230 }, 7, { fill: paperColour, count: 80 }),
      halo('M110 700C90 560 180 500 246 500C312 500 402 560 382 700Z', 22),
      path('M110 700C90 560 180 500 246 500C312 500 402 560 382 700Z', { fill: inkColour }),
      umbrella({ x: 292, y: 520, s: 1.02, turn: 4 }, 84),
      catHead({ x: 238, y: 486, s: 1.5 }, 'glowing'),
      rain(492, 694, 37, 40),
    ),
    bubbles: [
      {
        text: 'Mun? Kẻ trộm hoá ra chính là em!',
        speaker: 'Mây',
        at: { x: 250, y: 104 },
        tail: { x: 478, y: 190 },
        lines: 3,
      },
    ],
  },
];
