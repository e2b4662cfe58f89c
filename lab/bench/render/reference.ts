import sharp from 'sharp';
import type { PieceToDraw } from '../../../workers/renderer/drawing/draw-piece.ts';
import { DrawingMemory } from '../../../workers/renderer/drawing/drawing-memory.ts';
import { planesFromRgb } from '../../../workers/renderer/drawing/planes.ts';
import { preparePicture } from '../../../workers/renderer/drawing/prepare-picture.ts';
import {
  frameSizes,
  type PlacedShot,
  placementAt,
  transitionFrames,
} from '../../../workers/renderer/shots/shot.ts';

const oversampling = 4;
const memory = new DrawingMemory();

/** Returns the frames of a piece to compare: some of each shot, outside its transition. */
export function comparedFrames({
  shots,
}: PieceToDraw): { shot: PlacedShot; inShot: number; inPiece: number }[] {
  let start = 0;
  return shots.flatMap((shot) => {
    const first = transitionFrames(shot);
    const shown = ({ inShot }: { inShot: number }) => inShot >= shot.first && inShot < shot.end;
    const picked = [0.2, 0.5, 0.8].map((part) => first + Math.floor(part * (shot.frames - first - 1)));
    const frames = picked.map((inShot) => ({ shot, inShot, inPiece: start + inShot - shot.first }));
    start += shot.end - shot.first;
    return frames.filter(shown);
  });
}

/**
 * Computes a reference frame slowly: the art is scaled by Lanczos to four times its size in the frame, and every pixel
 * is the mean of the sixteen that it covers, including the backdrop.
 */
export async function referenceFrame(
  { format, pageFiles }: PieceToDraw,
  shot: PlacedShot,
  frame: number,
): Promise<Uint8Array> {
  const { width, height } = frameSizes[format];
  const file = pageFiles[shot.page] ?? '';
  memory.clear();
  const { backdrop } = await preparePicture(file, shot, frameSizes[format], memory);
  const place = placementAt(shot, frame);
  const [w, h] = [place.width, place.height].map((size) => Math.round(size * oversampling)) as [
    number,
    number,
  ];
  const { x, y, w: artW, h: artH } = shot.art;
  const art = await sharp(file)
    .extract({ left: x, top: y, width: artW, height: artH })
    .resize(w, h, { fit: 'fill', kernel: 'lanczos3' })
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .raw()
    .toBuffer();
  const out = planesFromRgb(new Uint8Array(width * height * 3), { width, height });
  const frameBytes = new Uint8Array((width * height * 3) / 2);
  const source = planesFromRgbFull(art, w, h);
  let offset = 0;
  for (const [index, plane] of out.planes.entries()) {
    const step = index === 0 ? 1 : 2;
    const behind = backdrop.planes[index];
    if (!behind) continue;
    for (let row = 0; row < plane.height; row++) {
      for (let column = 0; column < plane.width; column++) {
        const below = bilinear(
          behind,
          ((column + 0.5) * behind.width) / plane.width - 0.5,
          ((row + 0.5) * behind.height) / plane.height - 0.5,
        );
        let sum = 0;
        for (let sub = 0; sub < oversampling * oversampling; sub++) {
          // Chroma is located on the left of its pair of pixels, and between its two rows.
          const atX = (column + ((sub % oversampling) + 0.5) / oversampling - (step === 2 ? 0.25 : 0)) * step;
          const atY = (row + (Math.floor(sub / oversampling) + 0.5) / oversampling) * step;
          const sx = Math.floor(((atX - place.x) * w) / place.width);
          const sy = Math.floor(((atY - place.y) * h) / place.height);
          const inside = sx >= 0 && sy >= 0 && sx < w && sy < h;
          sum += inside ? (source[index]?.[sy * w + sx] ?? 0) : below;
        }
        frameBytes[offset++] = Math.round(sum / (oversampling * oversampling));
      }
    }
  }
  return frameBytes;
}

/** Returns Y, U and V of every pixel according to BT.709 in video range. */
function planesFromRgbFull(rgb: Uint8Array, width: number, height: number): Float32Array[] {
  const planes = [0, 1, 2].map(() => new Float32Array(width * height));
  const [luma, u, v] = planes as [Float32Array, Float32Array, Float32Array];
  for (let pixel = 0; pixel < width * height; pixel++) {
    const r = (rgb[pixel * 3] ?? 0) / 255;
    const g = (rgb[pixel * 3 + 1] ?? 0) / 255;
    const b = (rgb[pixel * 3 + 2] ?? 0) / 255;
    const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    luma[pixel] = 16 + 219 * y;
    u[pixel] = 128 + (224 * (b - y)) / 1.8556;
    v[pixel] = 128 + (224 * (r - y)) / 1.5748;
  }
  return planes;
}

interface PlaneLike {
  data: Uint8Array;
  width: number;
  height: number;
  stride: number;
}

function bilinear({ data, width, height, stride }: PlaneLike, x: number, y: number): number {
  const [cx, cy] = [Math.max(0, Math.min(width - 1, x)), Math.max(0, Math.min(height - 1, y))];
  const [left, top] = [Math.floor(cx), Math.floor(cy)];
  const [right, bottom] = [Math.min(width - 1, left + 1), Math.min(height - 1, top + 1)];
  const at = (px: number, py: number) => data[py * stride + px] ?? 0;
  const mix = (a: number, b: number, part: number) => a + (b - a) * part;
  const upper = mix(at(left, top), at(right, top), cx - left);
  return mix(upper, mix(at(left, bottom), at(right, bottom), cx - left), cy - top);
}
