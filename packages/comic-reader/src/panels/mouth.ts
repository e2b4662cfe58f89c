import { indexIn, type Plane } from './plane.ts';

/** Distance of a frame's line from its corner across the gutter's end, and along it where corners are round, in pixels. */
const cornerDepth = 5;
const beyondEdge = 6;

/** A pixel of a plane. */
export interface Place {
  x: number;
  y: number;
}

/** Returns whether the frames of two panels end at a place of the gutter between them: in a picture no frame does. */
export function framesEnd(
  plane: Plane,
  place: Place,
  sides: { above: number; below: number },
  run: number,
): boolean {
  const isFrame = lineAcross(plane, place);
  for (let away = beyondEdge; away <= run; away++)
    if (!isFrame(place.y - sides.above - away) || !isFrame(place.y + sides.below + away)) return false;
  return true;
}

/** Returns which rows have ink near the end of a gutter. */
function lineAcross(plane: Plane, { x }: Place) {
  const columns = Array.from({ length: 2 * cornerDepth }, (_, i) => x + i - cornerDepth).filter(
    (column) => column >= 0 && column < plane.width,
  );
  return (row: number) => columns.some((column) => plane.ink[indexIn(plane, column, row)] === 1);
}
