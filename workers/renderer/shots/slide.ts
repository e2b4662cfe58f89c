import type { Transition } from '../../../domain/shots.ts';
import type { Plane, Planes } from '../drawing/planes.ts';

export type Towards = Extract<Transition, { kind: 'slide' }>['towards'];

/**
 * Moves one picture out of the frame and the next one in behind it. A `progress` of 1 shows only the next. Whole chroma
 * pixels: at this speed fractions are invisible.
 */
export function slide(
  out: Planes,
  leaving: Planes,
  coming: Planes,
  progress: number,
  towards: Towards,
): void {
  for (const [index, plane] of out.planes.entries()) {
    const [a, b] = [leaving.planes[index] as Plane, coming.planes[index] as Plane];
    const step = index === 0 ? 2 : 1;
    const size = towards === 'up' ? out.height : out.width;
    const moved = Math.round((progress * size) / 2) * step;
    if (towards === 'up') slideUp(plane, a, b, moved);
    else if (towards === 'left') slideLeft(plane, a, b, moved);
    else slideLeft(plane, b, a, plane.width - moved);
  }
}

function slideUp(out: Plane, a: Plane, b: Plane, moved: number): void {
  const at = moved * out.stride;
  const end = out.height * out.stride;
  out.data.set(a.data.subarray(at, end), 0);
  out.data.set(b.data.subarray(0, at), end - at);
}

function slideLeft(out: Plane, a: Plane, b: Plane, moved: number): void {
  const { width, height, stride } = out;
  for (let start = 0; start < height * stride; start += stride) {
    out.data.set(a.data.subarray(start + moved, start + width), start);
    out.data.set(b.data.subarray(start, start + moved), start + width - moved);
  }
}
