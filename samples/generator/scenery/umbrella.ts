import {
  accent,
  accentDark,
  inkColour,
  line,
  type Placing,
  paperColour,
  path,
  place,
  type Svg,
  shape,
} from '../svg.ts';

const canopy =
  'M-196 0C-186 -128 -84 -196 0 -200C84 -196 186 -128 196 0Q146 -40 98 0Q50 -40 0 0Q-50 -40 -98 0Q-146 -40 -196 0Z';

/** Draws the open red umbrella; its origin is where a hand or a mouth holds it. */
export function umbrella(placing: Placing, shaft = 150): Svg {
  return place(
    placing,
    line(`M0 ${-shaft - 190}V18Q0 46 -24 46Q-46 46 -46 26`, 17),
    line(`M0 ${-shaft - 180}V18Q0 46 -24 46Q-46 46 -46 26`, 8, '#c9cad0'),
    place(
      { y: -shaft },
      path(canopy, { fill: paperColour, stroke: paperColour, w: 18 }),
      shape(canopy, accent, 6),
      path('M0 -200C84 -196 186 -128 196 0Q146 -40 98 0C96 -90 60 -170 0 -200Z', { fill: accentDark }),
      line('M0 -200C-60 -170 -96 -90 -98 0M0 -200C60 -170 96 -90 98 0M0 -200V0', 4.5),
      path('M-150 -66C-136 -112 -104 -144 -70 -160C-108 -128 -128 -96 -134 -56Z', {
        fill: paperColour,
        o: 0.85,
      }),
      line(canopy, 6),
      line('M0 -200V-228', 12, inkColour),
    ),
  );
}

/** Draws the folded umbrella with its hook up; the origin is where it stands in its stand. */
export function closedUmbrella(placing: Placing): Svg {
  const hook = 'M0 -120V-196Q0 -226 -22 -226Q-42 -226 -42 -206';
  return place(
    placing,
    line(hook, 17),
    line(hook, 8, '#c9cad0'),
    shape('M-30 20L-40 -104Q-20 -132 0 -134Q22 -132 40 -104L30 20Z', accent),
    path('M4 -132Q22 -130 40 -104L30 20H8Z', { fill: accentDark }),
    line('M-14 -126L-6 20M16 -124L10 20M-37 -60Q0 -40 36 -66', 4),
  );
}
