import { ellipse, inkColour, line, type Placing, paperColour, path, place, type Svg, shape } from '../svg.ts';
import { tone } from '../tones.ts';
import { arm, bend } from './body.ts';
import { face, type Gaze } from './face.ts';

/** Draws the noodle seller: headscarf, apron, ladle. She stands behind her stall, so she has no legs. */
export function vendor(placing: Placing, gaze: Gaze): Svg {
  return place(
    placing,
    shape('M-50 84Q-90 100 -94 160L-100 290H100L94 160Q90 100 50 84Z', '#b4b7c1'),
    shape('M-52 120L-64 290H64L52 120Q0 140 -52 120Z', paperColour),
    line('M-40 86L-52 120M40 86L52 120', 6),
    line('M152 70L132 -40', 12),
    ellipse(130, -56, 30, 20, { fill: '#8d909c', stroke: inkColour, w: 5 }),
    arm({ x: 58, y: 120 }, bend(130, 160, 150, 78), '#b4b7c1', 38),
    arm({ x: -58, y: 120 }, bend(-110, 190, -80, 236), '#b4b7c1', 38),
    shape('M-98 -8C-100 -98 100 -98 98 -8C100 52 56 90 0 92C-56 90 -100 52 -98 -8Z', paperColour),
    face(gaze),
    shape('M-106 -4C-128 -150 128 -150 106 -4C80 -54 -80 -54 -106 -4Z', '#6b6e7a'),
    path('M-106 -4C-128 -150 128 -150 106 -4C80 -54 -80 -54 -106 -4Z', { fill: tone.snow }),
    shape('M96 -40C140 -70 160 -50 150 -30C168 -20 150 6 104 -16Z', '#6b6e7a'),
  );
}
