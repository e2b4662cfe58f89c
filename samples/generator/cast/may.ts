import {
  ellipse,
  inkColour,
  join,
  line,
  type Placing,
  paperColour,
  path,
  place,
  type Svg,
  shape,
} from '../svg.ts';
import { tone } from '../tones.ts';
import { arm, type Bend, bend, leg } from './body.ts';
import { face, type Gaze } from './face.ts';

/** Mây, eight years old, a detective. Drawn around the centre of her head, which is about 200 units wide. */
export interface MayPose extends Gaze {
  coat?: boolean;
  left?: Bend;
  right?: Bend;
  legs?: [Bend, Bend];
  /** Only draws head and shoulders. */
  bust?: boolean;
  /** Her hands cover her face. */
  handsUp?: boolean;
}

const headOutline = 'M-98 -8C-102 -100 102 -100 98 -8C97 46 58 90 0 92C-58 90 -97 46 -98 -8Z';
const coatColour = '#e9eaee';

const fringe = (dx: number): Svg =>
  join(
    path(
      `M-103 6C-122 -152 122 -152 103 6C98 -26 94 -40 86 -50C${72 + dx} -34 ${58 + dx} -34 ${46 + dx} -58C${36 + dx} -32 ${10 + dx} -28 ${-6 + dx} -56C${-20 + dx} -28 ${-50 + dx} -28 ${-60 + dx} -56C-78 -46 -94 -30 -103 6Z`,
      { fill: inkColour, stroke: inkColour, w: 4 },
    ),
    path('M-74 -58Q-56 -88 -16 -92Q-48 -78 -62 -54ZM6 -92Q28 -90 42 -82Q26 -85 6 -86Z', {
      fill: paperColour,
    }),
  );

const pigtail = (flip: boolean): Svg =>
  place(
    { flip, x: 0, y: 0 },
    path('M98 20C150 -24 178 20 164 78C158 96 148 92 146 80C136 98 122 88 126 72C110 70 100 50 98 20Z', {
      fill: inkColour,
      stroke: inkColour,
      w: 4,
    }),
    path('M136 22Q150 34 150 60Q142 40 130 28Z', { fill: paperColour }),
    ellipse(104, 22, 12, 16, { fill: paperColour, stroke: inkColour, w: 5 }),
  );

/** The hood of her raincoat is a frog. */
const hood = join(
  shape('M-82 -98A34 34 0 1 1 -20 -122Z', coatColour),
  shape('M82 -98A34 34 0 1 0 20 -122Z', coatColour),
  ellipse(-56, -122, 13, 15, { fill: inkColour }),
  ellipse(56, -122, 13, 15, { fill: inkColour }),
  ellipse(-60, -127, 4, 5, { fill: paperColour }),
  ellipse(52, -127, 4, 5, { fill: paperColour }),
  shape('M-112 84C-162 -58 -96 -130 0 -130C96 -130 162 -58 112 84C60 118 -60 118 -112 84Z', coatColour),
  path('M60 -118C128 -92 148 -20 112 84C104 92 96 96 88 98C126 10 120 -80 60 -118Z', { fill: tone.mid }),
);

const shoulder = { left: { x: -44, y: 116 }, right: { x: 44, y: 116 } };
const hanging: [Bend, Bend] = [bend(-80, 160, -76, 212), bend(80, 160, 76, 212)];
const standing: [Bend, Bend] = [bend(-34, 300, -36, 340), bend(34, 300, 36, 340)];

const coatBody = join(
  shape('M-40 84Q-58 96 -66 130L-106 272Q0 306 106 272L66 130Q58 96 40 84Z', coatColour),
  path('M40 84Q58 96 66 130L106 272Q80 281 52 285Q62 180 40 84Z', { fill: tone.mid }),
  line('M0 92V290', 4),
  ellipse(14, 140, 6, 6, { fill: inkColour }),
  ellipse(16, 184, 6, 6, { fill: inkColour }),
  ellipse(17, 228, 6, 6, { fill: inkColour }),
);

const homeBody = join(
  shape('M-66 206L-70 270Q-38 284 -6 276L0 250L6 276Q38 284 70 270L66 206Z', '#8d909c'),
  shape('M-38 84Q-58 94 -64 128L-70 224Q0 244 70 224L64 128Q58 94 38 84Q0 104 -38 84Z', paperColour),
  path('M-66 140Q0 158 66 140L67 160Q0 178 -67 160ZM-68 180Q0 198 68 180L70 200Q0 218 -70 200Z', {
    fill: '#4a4c58',
  }),
  line('M-38 84Q-58 94 -64 128L-70 224Q0 244 70 224L64 128Q58 94 38 84', 5),
);

export function may(placing: Placing, pose: MayPose): Svg {
  const { coat = false, left = hanging[0], right = hanging[1], legs = standing } = pose;
  const sleeve = coat ? coatColour : paperColour;
  const trousers = coat ? '#8d909c' : paperColour;
  const shoe = coat ? inkColour : '#8d909c';
  const arms = join(arm(shoulder.left, left, sleeve), arm(shoulder.right, right, sleeve));
  const side = pose.side ?? 0;
  const backHair = path('M-108 62C-136 -166 136 -166 108 62Q60 86 0 84Q-60 86 -108 62Z', {
    fill: inkColour,
    stroke: inkColour,
    w: 4,
  });
  const head = join(
    coat ? hood : join(pigtail(false), pigtail(true), backHair),
    shape(headOutline, paperColour),
    face(pose),
    fringe(side * 14),
    coat && line('M-112 60C-140 -50 -92 -112 0 -112C92 -112 140 -50 112 60', 5),
    coat &&
      path(
        'M-110 62C-138 -50 -92 -114 0 -114C92 -114 138 -50 110 62C124 -40 92 -98 0 -98C-92 -98 -124 -40 -110 62Z',
        { fill: coatColour },
      ),
  );
  return place(
    placing,
    pose.bust
      ? ''
      : join(
          leg({ x: -34, y: 260 }, legs[0], trousers, shoe, side),
          leg({ x: 34, y: 260 }, legs[1], trousers, shoe, side),
        ),
    coat ? coatBody : homeBody,
    pose.handsUp ? '' : arms,
    head,
    pose.handsUp ? arms : '',
  );
}
