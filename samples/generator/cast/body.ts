import { ellipse, inkColour, join, limb, type Point, paperColour, type Svg } from '../svg.ts';

/** An arm or a leg, given by its joint and its end. */
export type Bend = [joint: Point, end: Point];

export const bend = (jx: number, jy: number, x: number, y: number): Bend => [
  { x: jx, y: jy },
  { x, y },
];

export function arm(from: Point, [joint, end]: Bend, sleeve: string, width = 32): Svg {
  const reach = Math.hypot(end.x - joint.x, end.y - joint.y) || 1;
  const short = Math.min(0.8, 24 / reach);
  const cuff = { x: end.x - (end.x - joint.x) * short, y: end.y - (end.y - joint.y) * short };
  return join(
    ellipse(end.x, end.y, 18, 18, { fill: paperColour, stroke: inkColour, w: 5 }),
    limb(
      `M${from.x} ${from.y}Q${joint.x} ${joint.y} ${cuff.x.toFixed(1)} ${cuff.y.toFixed(1)}`,
      width,
      sleeve,
    ),
  );
}

export function leg(from: Point, [joint, end]: Bend, cloth: string, shoe: string, toe: number): Svg {
  return join(
    limb(`M${from.x} ${from.y}Q${joint.x} ${joint.y} ${end.x} ${end.y}`, 32, cloth),
    `<path d="M${end.x - 22} ${end.y - 22}H${end.x + 22}V${end.y + 12}Q${end.x + 22 + Math.max(toe, 0) * 26} ${end.y + 14} ${end.x + 22 + Math.max(toe, 0) * 26} ${end.y + 34}H${end.x - 22 - Math.max(-toe, 0) * 26}Q${end.x - 22 - Math.max(-toe, 0) * 26} ${end.y + 14} ${end.x - 22} ${end.y + 12}Z" fill="${shoe}" stroke="${inkColour}" stroke-width="5" stroke-linejoin="round"/>`,
  );
}
