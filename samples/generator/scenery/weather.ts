import { chance, ellipse, inkColour, join, line, type Point, paperColour, path, type Svg } from '../svg.ts';

/** Draws slanted white streaks. */
export function rain(w: number, h: number, seed: number, count = 60, slant = 0.22): Svg {
  const next = chance(seed);
  let thin = '';
  let thick = '';
  for (let drop = 0; drop < count; drop++) {
    const x = next(-20, w + h * slant);
    const y = next(-60, h);
    const length = next(28, 90);
    const d = `M${x} ${y}l${(-length * slant).toFixed(1)} ${length}`;
    if (drop % 3) thin += d;
    else thick += d;
  }
  return join(
    path(thin, { stroke: paperColour, w: 2, o: 0.75 }),
    path(thick, { stroke: paperColour, w: 3.5, o: 0.85 }),
  );
}

/** Draws rings and small splashes where drops hit the ground. */
export function splashes(w: number, y: number, h: number, seed: number, count = 10): Svg {
  const next = chance(seed);
  const parts: Svg[] = [];
  for (let drop = 0; drop < count; drop++) {
    const x = next(10, w - 10);
    const at = y + next(0, h);
    const r = next(10, 24);
    parts.push(
      `<ellipse cx="${x}" cy="${at}" rx="${r}" ry="${(r * 0.3).toFixed(1)}" fill="none" stroke="${paperColour}" stroke-width="3" opacity="0.8"/>`,
      line(`M${x - 6} ${at - 4}l-5 -12M${x + 6} ${at - 4}l5 -12M${x} ${at - 5}v-16`, 2.5, paperColour),
    );
  }
  return join(...parts);
}

export function stars(w: number, h: number, seed: number, count = 40): Svg {
  const next = chance(seed);
  let parts = '';
  for (let star = 0; star < count; star++)
    parts += ellipse(next(0, w), next(0, h), next(1, 3.2), next(1, 3.2), { fill: paperColour });
  return parts;
}

/** Draws wedges that converge on a point, for surprise or emphasis. */
export function burst(
  size: readonly [w: number, h: number],
  at: Point,
  hole: Point,
  seed: number,
  { fill = inkColour, count = 90 } = {},
): Svg {
  const next = chance(seed);
  const far = Math.hypot(...size);
  let d = '';
  for (let ray = 0; ray < count; ray++) {
    const angle = (ray / count) * Math.PI * 2 + next(-0.03, 0.03);
    const reach = next(1, 1.45);
    const width = next(2, 10) / 1000;
    const tip = { x: at.x + Math.cos(angle) * hole.x * reach, y: at.y + Math.sin(angle) * hole.y * reach };
    const end = (turn: number): string =>
      `${(at.x + Math.cos(angle + turn) * far).toFixed(1)} ${(at.y + Math.sin(angle + turn) * far).toFixed(1)}`;
    d += `M${tip.x.toFixed(1)} ${tip.y.toFixed(1)}L${end(-width)}L${end(width)}Z`;
  }
  return path(d, { fill });
}

/** Draws level streaks behind something fast; `turn` tilts them. */
export function speed(
  w: number,
  h: number,
  seed: number,
  count: number,
  { colour, clear }: { colour: string; clear: number },
): Svg {
  const next = chance(seed);
  let d = '';
  for (let streak = 0; streak < count; streak++) {
    const y = next(-20, h + 20);
    if (Math.abs(y - h / 2) < clear) continue;
    const fromLeft = streak % 2 === 0;
    const length = next(w * 0.2, w * 0.7);
    const thick = next(1.5, 6);
    const x = fromLeft ? -10 : w + 10;
    d += `M${x} ${y - thick}L${(fromLeft ? length : w - length).toFixed(1)} ${y}L${x} ${y + thick}Z`;
  }
  return path(d, { fill: colour });
}
