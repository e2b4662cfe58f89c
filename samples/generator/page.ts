import { type Bubble, drawBubble } from './bubble.ts';
import { type Box, inkColour, join, type Point, paperColour, path, type Svg } from './svg.ts';
import { tones } from './tones.ts';

export const pageSize = { w: 1200, h: 1700 } as const;
const frameWidth = 7;

interface Panel {
  /** The frame's corners on the page, clockwise from the top left: a rectangle or a slanted shape. */
  frame: Point[];
  /** Drawn in the panel's coordinates, with the origin at the top left of the frame's bounding box. */
  art: Svg;
  bubbles?: Bubble[];
}

/** Panels in reading order, from right to left. */
export type Page = Panel[];

interface TrueBubble extends Box {
  panel: number;
  kind: string;
  speaker: string;
  text: string;
}

export interface DrawnPage {
  svg: Svg;
  panels: Box[];
  bubbles: TrueBubble[];
}

export const box = (x: number, y: number, w: number, h: number): Point[] => [
  { x, y },
  { x: x + w, y },
  { x: x + w, y: y + h },
  { x, y: y + h },
];

/** Returns the corners of a frame from numbers: x, y, x, y, … */
export const corners = (...numbers: number[]): Point[] => {
  const points: Point[] = [];
  for (let index = 0; index + 1 < numbers.length; index += 2)
    points.push({ x: numbers[index] ?? 0, y: numbers[index + 1] ?? 0 });
  return points;
};

function bounds(points: Point[]): Box {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
}

/** Rounds outwards to whole pixels and includes the frame's line. */
function outward({ x, y, w, h }: Box, margin: number): Box {
  const left = Math.round(x - margin);
  const top = Math.round(y - margin);
  return { x: left, y: top, w: Math.round(x + w + margin) - left, h: Math.round(y + h + margin) - top };
}

const bubbleMargin = 16;

/** Rejects a bubble that crosses its frame: it would close the gutter, and detection would not find the panels. */
function inside(bubble: Bubble, area: Box): Bubble {
  const { x, y, w, h } = drawBubble(bubble).box;
  const shift = (from: number, length: number, room: number): number =>
    Math.max(bubbleMargin - from, 0) || Math.min(room - bubbleMargin - from - length, 0);
  return { ...bubble, at: { x: bubble.at.x + shift(x, w, area.w), y: bubble.at.y + shift(y, h, area.h) } };
}

export function drawPage(page: Page): DrawnPage {
  const parts: Svg[] = [];
  const panels: Box[] = [];
  const bubbles: TrueBubble[] = [];
  page.forEach((panel, index) => {
    const area = bounds(panel.frame);
    const edge = `M${panel.frame.map(({ x, y }) => `${x} ${y}`).join('L')}Z`;
    const drawn = (panel.bubbles ?? []).map((bubble) => ({ bubble, ...drawBubble(inside(bubble, area)) }));
    parts.push(
      `<clipPath id="panel${index}"><path d="${edge}"/></clipPath>`,
      `<g clip-path="url(#panel${index})"><g transform="translate(${area.x} ${area.y})">${panel.art}</g></g>`,
      `<path d="${edge}" fill="none" stroke="${inkColour}" stroke-width="${frameWidth}" stroke-linejoin="miter"/>`,
      `<g transform="translate(${area.x} ${area.y})">${join(...drawn.map(({ svg }) => svg))}</g>`,
    );
    panels.push(outward(area, frameWidth / 2));
    for (const { bubble, box: inner } of drawn) {
      const onPage = outward({ ...inner, x: inner.x + area.x, y: inner.y + area.y }, 3);
      const { text, speaker, kind = 'speech' } = bubble;
      bubbles.push({ ...onPage, panel: index, kind, speaker, text: text.normalize('NFC') });
    }
  });
  const paper = path(`M0 0H${pageSize.w}V${pageSize.h}H0Z`, { fill: paperColour });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${pageSize.w}" height="${pageSize.h}" viewBox="0 0 ${pageSize.w} ${pageSize.h}"><defs>${tones}</defs>${paper}${parts.join('')}</svg>`;
  return { svg, panels, bubbles };
}
