import { ellipse, inkColour, join, line, paperColour, path, type Svg } from '../svg.ts';
import { tone } from '../tones.ts';

type Mood =
  | 'calm'
  | 'happy'
  | 'shock'
  | 'fierce'
  | 'sleepy'
  | 'moved'
  | 'sly'
  | 'puzzled'
  | 'shy'
  | 'laughing';

export interface Gaze {
  mood: Mood;
  /** Turn of the face: -1 is left, 1 is right. */
  side?: number;
  /** Rise (negative) or fall of the face. */
  tilt?: number;
}

const skinShade = tone.hatch;

/** Draws a tall eye with two highlights; `wide` is for surprise and tears. */
function openEye(x: number, y: number, rx: number, ry: number, lookX: number): Svg {
  return join(
    ellipse(x, y, rx, ry, { fill: inkColour }),
    ellipse(x - rx * 0.3 + lookX, y - ry * 0.4, rx * 0.42, ry * 0.34, { fill: paperColour }),
    ellipse(x + rx * 0.35 + lookX, y + ry * 0.45, rx * 0.22, ry * 0.18, { fill: paperColour }),
    line(`M${x - rx - 5} ${y - ry * 0.75}Q${x} ${y - ry * 1.45} ${x + rx + 5} ${y - ry * 0.75}`, 5.5),
  );
}

function eye(mood: Mood, x: number, y: number, look: number): Svg {
  switch (mood) {
    case 'happy':
    case 'laughing':
      return line(`M${x - 19} ${y + 8}Q${x} ${y - 22} ${x + 19} ${y + 8}`, 6.5);
    case 'shy':
      return line(`M${x - 18} ${y}Q${x} ${y + 16} ${x + 18} ${y}`, 6.5);
    case 'shock':
      return join(
        ellipse(x, y, 23, 28, { fill: paperColour, stroke: inkColour, w: 5.5 }),
        ellipse(x + look * 6, y, 6, 7, { fill: inkColour }),
      );
    case 'sleepy':
      return join(
        path(
          `M${x - 19} ${y}H${x + 19}Q${x + 15} ${y + 22} ${x} ${y + 22}Q${x - 15} ${y + 22} ${x - 19} ${y}Z`,
          {
            fill: inkColour,
          },
        ),
        line(`M${x - 22} ${y}H${x + 22}`, 6.5),
        line(`M${x - 14} ${y + 31}Q${x} ${y + 37} ${x + 14} ${y + 31}`, 3.5),
      );
    case 'sly':
      return join(
        openEye(x, y + 2, 15, 20, look * 4),
        path(`M${x - 24} ${y - 28}H${x + 24}V${y - 5}H${x - 24}Z`, { fill: paperColour }),
        line(`M${x - 22} ${y - 5}H${x + 22}`, 6.5),
      );
    case 'moved':
      return join(
        openEye(x, y, 21, 27, look * 4),
        ellipse(x + 5, y + 12, 9, 8, { fill: paperColour }),
        path(
          `M${x - 17} ${y + 24}Q${x - 22} ${y + 46} ${x - 11} ${y + 50}Q${x + 1} ${y + 46} ${x - 6} ${y + 26}Z`,
          {
            fill: paperColour,
            stroke: inkColour,
            w: 3.5,
          },
        ),
      );
    default:
      return openEye(x, y, 16, 22, look * 4);
  }
}

function brow(mood: Mood, x: number, y: number, outer: number): Svg {
  const slope = { fierce: 14, sly: 6, shock: -8, moved: -14, puzzled: outer > 0 ? -10 : 8, shy: -8 }[
    mood as string
  ];
  const tiltBy = slope ?? -2;
  const lift = mood === 'shock' || mood === 'laughing' ? -10 : 0;
  return line(
    `M${x - 18 * outer} ${y + tiltBy + lift}Q${x} ${y - 6 + lift} ${x + 20 * outer} ${y - tiltBy * 0.7 + lift}`,
    6.5,
  );
}

function mouth(mood: Mood, x: number, y: number): Svg {
  const open = (d: string): Svg =>
    join(
      path(d, { fill: '#4a4b55', stroke: inkColour, w: 5 }),
      ellipse(x, y + 19, 9, 6, { fill: '#d8d8dc' }),
    );
  switch (mood) {
    case 'happy':
    case 'laughing':
      return open(
        `M${x - 25} ${y - 5}Q${x} ${y + 2} ${x + 25} ${y - 5}Q${x + 21} ${y + 30} ${x} ${y + 30}Q${x - 21} ${y + 30} ${x - 25} ${y - 5}Z`,
      );
    case 'shock':
      return ellipse(x, y + 8, 14, 19, { fill: '#4a4b55', stroke: inkColour, w: 5 });
    case 'fierce':
      return open(
        `M${x - 24} ${y + 20}Q${x - 14} ${y - 10} ${x} ${y - 8}Q${x + 14} ${y - 10} ${x + 24} ${y + 20}Q${x} ${y + 31} ${x - 24} ${y + 20}Z`,
      );
    case 'sleepy':
      return line(`M${x - 16} ${y + 6}Q${x - 8} ${y - 2} ${x} ${y + 6}T${x + 16} ${y + 6}`, 5);
    case 'moved':
      return line(
        `M${x - 17} ${y + 10}Q${x - 9} ${y - 4} ${x} ${y + 5}Q${x + 9} ${y - 4} ${x + 17} ${y + 10}`,
        5.5,
      );
    case 'sly':
      return line(`M${x - 16} ${y + 4}Q${x + 6} ${y + 12} ${x + 20} ${y - 5}`, 5.5);
    case 'puzzled':
      return ellipse(x + 4, y + 4, 8, 7, { fill: '#4a4b55', stroke: inkColour, w: 5 });
    case 'shy':
      return line(`M${x - 17} ${y}Q${x} ${y + 15} ${x + 17} ${y}`, 5.5);
    default:
      return line(`M${x - 15} ${y}Q${x} ${y + 13} ${x + 15} ${y}`, 5.5);
  }
}

/** Draws eyes, brows, mouth and blush on a head with a radius of about 100 units. */
export function face({ mood, side = 0, tilt = 0 }: Gaze, browed = true): Svg {
  const dx = side * 26;
  const dy = tilt * 16;
  const near = 44 - Math.abs(side) * 5;
  const y = 16 + dy;
  return join(
    path(`M${dx - near - 38} ${y + 30}h34v20h-34Z`, { fill: skinShade, o: 0.55 }),
    path(`M${dx + near + 4} ${y + 30}h34v20h-34Z`, { fill: skinShade, o: 0.55 }),
    eye(mood, dx - near, y, side),
    eye(mood, dx + near, y, side),
    browed && brow(mood, dx - near, y - 48, -1),
    browed && brow(mood, dx + near, y - 48, 1),
    line(`M${dx + side * 8 - 3} ${y + 25}q4 5 8 1`, 4),
    mouth(mood, dx * 1.1, y + 44),
  );
}
