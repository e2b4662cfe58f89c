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

/** The grandmother (Bà): round glasses, white hair in a bun, and a conical hat in the rain. */
export interface GrandmotherPose extends Gaze {
  hat?: boolean;
  left?: Bend;
  right?: Bend;
  bust?: boolean;
}

const blouse = '#a9acb8';

const hat = join(
  shape('M-206 -14Q-110 -120 0 -176Q110 -120 206 -14Q0 -66 -206 -14Z', '#f2f2f4'),
  path('M0 -176Q110 -120 206 -14Q150 -32 96 -41Q70 -120 0 -176Z', { fill: tone.mid }),
  line('M-160 -52Q0 -104 160 -52M-112 -96Q0 -132 112 -96M-62 -136Q0 -152 62 -136', 3),
  line('M-96 -30Q-104 60 -40 98M96 -30Q104 60 40 98', 4),
);

const hairBack = join(
  ellipse(0, -112, 46, 38, { fill: '#f4f4f6', stroke: inkColour, w: 5 }),
  line('M-24 -122Q0 -138 26 -118M-30 -106Q2 -120 32 -100', 3),
  shape('M-106 40C-128 -122 128 -122 106 40Z', '#f4f4f6'),
);

const hairFront = join(
  shape('M-100 4C-112 -112 112 -112 100 4C92 -40 50 -62 -6 -74C-30 -52 -84 -40 -100 4Z', '#f4f4f6'),
  line('M-80 -36Q-60 -64 -22 -80M84 -34Q66 -62 30 -78M94 -18Q86 -42 62 -62', 3),
);

const glasses = (dx: number): Svg =>
  join(
    ellipse(dx - 44, 18, 36, 34, { stroke: inkColour, w: 5.5 }),
    ellipse(dx + 44, 18, 36, 34, { stroke: inkColour, w: 5.5 }),
    line(`M${dx - 9} 14Q${dx} 6 ${dx + 9} 14`, 5),
    line(`M${dx - 66} -2Q${dx - 58} -10 ${dx - 50} -10`, 3),
    line(`M${dx - 74} 66q8 8 18 4M${dx + 74} 66q-8 8 -18 4`, 3.5),
  );

export function grandmother(placing: Placing, pose: GrandmotherPose): Svg {
  const { left = bend(-92, 170, -58, 208), right = bend(92, 170, 58, 208) } = pose;
  const side = pose.side ?? 0;
  return place(
    placing,
    pose.bust
      ? ''
      : join(
          leg({ x: -34, y: 262 }, bend(-36, 290, -36, 318), inkColour, '#8d909c', side),
          leg({ x: 34, y: 262 }, bend(36, 290, 36, 318), inkColour, '#8d909c', side),
        ),
    shape('M-44 84Q-78 96 -86 150L-100 272Q0 300 100 272L86 150Q78 96 44 84Z', blouse),
    path('M-44 84Q-78 96 -86 150L-100 272Q0 300 100 272L86 150Q78 96 44 84Z', { fill: tone.snow }),
    line('M-20 92L0 128L20 92M0 128V286', 4),
    ellipse(9, 160, 6, 6, { fill: paperColour, stroke: inkColour, w: 3 }),
    ellipse(9, 204, 6, 6, { fill: paperColour, stroke: inkColour, w: 3 }),
    ellipse(9, 248, 6, 6, { fill: paperColour, stroke: inkColour, w: 3 }),
    arm({ x: -54, y: 118 }, left, blouse, 38),
    arm({ x: 54, y: 118 }, right, blouse, 38),
    hairBack,
    shape('M-98 -8C-100 -98 100 -98 98 -8C102 52 58 90 0 92C-58 90 -102 52 -98 -8Z', paperColour),
    face(pose, false),
    glasses(side * 26),
    hairFront,
    pose.hat ? hat : '',
  );
}
