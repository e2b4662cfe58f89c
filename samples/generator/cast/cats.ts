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

export type CatMood = 'calm' | 'guilty' | 'glowing' | 'asleep' | 'proud';

interface Coat {
  fur: string;
  mark: string;
  stripes?: boolean;
}

const mun: Coat = { fur: inkColour, mark: paperColour };
const kittens: Record<'snow' | 'tiger' | 'soot', Coat> = {
  snow: { fur: paperColour, mark: inkColour },
  tiger: { fur: '#b4b7c1', mark: inkColour, stripes: true },
  soot: { fur: inkColour, mark: paperColour },
};

const skull =
  'M-88 6C-92 -30 -88 -70 -80 -104C-78 -112 -70 -112 -64 -106L-30 -72Q0 -80 30 -72L64 -106C70 -112 78 -112 80 -104C88 -70 92 -30 88 6C84 50 44 70 0 70C-44 70 -84 50 -88 6Z';

function eyes(mood: CatMood, { mark, fur }: Coat): Svg {
  const dark = fur === inkColour;
  const white = dark ? paperColour : inkColour;
  const pupil = dark ? inkColour : paperColour;
  const both = (draw: (x: number) => Svg): Svg => draw(-40) + draw(40);
  switch (mood) {
    case 'asleep':
    case 'proud':
      return both((x) => line(`M${x - 20} -2Q${x} ${mood === 'proud' ? -24 : 18} ${x + 20} -2`, 6, mark));
    case 'glowing':
      return both((x) =>
        join(
          ellipse(x, -4, 27, 29, { fill: paperColour, stroke: inkColour, w: 3 }),
          ellipse(x, -4, 5, 22, { fill: inkColour }),
        ),
      );
    default: {
      const aside = mood === 'guilty' ? 11 : 0;
      return both((x) =>
        join(
          ellipse(x, -4, dark ? 25 : 17, dark ? 27 : 21, { fill: white }),
          dark && ellipse(x + aside, -4, 13, 20, { fill: pupil }),
          ellipse(x + aside - 4, -13, 6, 7, { fill: paperColour }),
        ),
      );
    }
  }
}

function head(mood: CatMood, coat: Coat): Svg {
  const { fur, mark } = coat;
  return join(
    shape(skull, fur, 5),
    path('M-72 -86L-46 -66Q-62 -58 -70 -44ZM72 -86L46 -66Q62 -58 70 -44Z', {
      fill: fur === inkColour ? '#8b8e99' : '#d8d9de',
    }),
    coat.stripes &&
      line('M0 -72V-46M-20 -70L-16 -50M20 -70L16 -50M-84 6L-62 10M84 6L62 10M-80 26L-60 26M80 26L60 26', 6),
    eyes(mood, coat),
    path('M-9 22H9L0 32Z', { fill: mark, stroke: mark, w: 3 }),
    line('M0 32V38M0 38Q-12 50 -24 40M0 38Q12 50 24 40', 4, mark),
    line(
      'M-70 24L-122 12M-70 34L-124 36M-68 44L-116 60M70 24L122 12M70 34L124 36M68 44L116 60',
      3,
      fur === inkColour ? '#8b8e99' : inkColour,
    ),
    mood === 'guilty' &&
      path('M96 -78q-18 26 0 34q18 -8 0 -34Z', { fill: paperColour, stroke: inkColour, w: 4 }),
  );
}

/** Gives black parts a white outline, so that they are visible at night. */
const rimmed = (parts: string[], fill: string): Svg =>
  join(
    ...parts.map((d) => path(d, { fill: paperColour, stroke: paperColour, w: 17 })),
    ...parts.map((d) => path(d, { fill, stroke: inkColour, w: 5 })),
  );
const tail = (d: string): Svg => join(line(d, 39, paperColour), line(d, 27));
const rimHead = path(skull, { fill: paperColour, stroke: paperColour, w: 17 });

export function catHead(placing: Placing, mood: CatMood): Svg {
  return place(placing, rimHead, head(mood, mun));
}

/** Draws a sitting cat from the front, around the centre of its head. */
export function sittingCat(placing: Placing, mood: CatMood): Svg {
  return place(
    placing,
    tail('M70 250C150 262 176 190 134 160'),
    rimmed(['M-46 50C-96 120 -110 210 -92 262Q0 284 92 262C110 210 96 120 46 50Z'], inkColour),
    line('M-24 170V258M24 170V258', 4, '#8b8e99'),
    path('M-20 70Q0 132 20 70Z', { fill: paperColour }),
    ellipse(-40, 262, 32, 17, { fill: inkColour, stroke: '#8b8e99', w: 3 }),
    ellipse(40, 262, 32, 17, { fill: inkColour, stroke: '#8b8e99', w: 3 }),
    rimHead,
    head(mood, mun),
  );
}

/** Draws a cat curled up on a cushion. */
export function lyingCat(placing: Placing, mood: CatMood): Svg {
  return place(
    placing,
    tail('M250 60C320 70 320 -10 276 -8'),
    rimmed(['M-60 66C-60 -20 60 -76 150 -66C250 -54 290 10 276 66Q120 92 -60 66Z'], inkColour),
    line('M196 62C160 50 160 6 200 -4', 4, '#8b8e99'),
    rimHead,
    ellipse(-60, 70, 34, 16, { fill: inkColour, stroke: '#8b8e99', w: 3 }),
    ellipse(40, 74, 34, 16, { fill: inkColour, stroke: '#8b8e99', w: 3 }),
    head(mood, mun),
  );
}

const strides = {
  walk: ['M70 40L86 168', 'M116 40L146 160', 'M-104 50L-122 166', 'M-140 40L-164 160'],
  run: ['M100 40L196 92', 'M120 20L236 40', 'M-110 50L-214 112', 'M-90 60L-160 154'],
} as const;

const body = {
  walk: 'M-172 20C-174 -62 -60 -52 20 -54C90 -58 164 -50 160 24C154 84 60 76 -10 74C-80 90 -168 92 -172 20Z',
  run: 'M-172 30C-170 -50 -60 -70 20 -66C90 -62 168 -40 160 24C150 74 60 56 -10 62C-80 94 -170 96 -172 30Z',
} as const;

/** Draws a cat from the side, walking to the right; its head is at (150, -66). */
export function walkingCat(placing: Placing, gait: 'walk' | 'run', mood: CatMood): Svg {
  const tailUp =
    gait === 'walk' ? 'M-150 -4C-240 -50 -200 -150 -160 -196' : 'M-150 6C-230 -10 -270 -80 -330 -64';
  const legs = strides[gait];
  return place(
    placing,
    tail(tailUp),
    ...legs.map((d) => line(d, 58, paperColour)),
    rimmed([body[gait]], inkColour),
    ...legs.map((d) => line(d, 44)),
    place({ x: 150, y: -66, s: 1.04 }, rimHead, head(mood, mun)),
  );
}

/** Draws a kitten down to its front paws, which rest on an edge. */
export function kitten(placing: Placing, who: keyof typeof kittens, mood: CatMood): Svg {
  const coat = kittens[who];
  return place(
    placing,
    shape('M-60 130C-72 70 -50 40 0 40C50 40 72 70 60 130Z', coat.fur),
    head(mood, coat),
    ellipse(-42, 96, 24, 19, {
      fill: coat.fur,
      stroke: coat.fur === inkColour ? '#8b8e99' : inkColour,
      w: 4,
    }),
    ellipse(42, 96, 24, 19, { fill: coat.fur, stroke: coat.fur === inkColour ? '#8b8e99' : inkColour, w: 4 }),
  );
}
