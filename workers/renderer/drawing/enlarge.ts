import type { Size } from '../shots/shot.ts';
import type { DrawingMemory } from './drawing-memory.ts';
import { type Plane, type Planes, repeatLastColumn } from './planes.ts';
import { lanes, stretchLayout } from './sampling-loops.ts';

const taps = 4;
/** Weights are fractions of this; the largest 16-bit value represents one. */
const one = 32768;

/** Sources of the pixels of one axis: for each its first neighbour of four, and the weights of the four. */
interface Taps {
  first: Int32Array;
  weights: Int32Array;
}

/**
 * Enlarges planes by Catmull and Rom's cubic; all of them are in `memory`. A plane can shrink by a quarter at most, for
 * chroma in the size of luma.
 */
export function enlarge(source: Planes, out: Planes, memory: DrawingMemory): void {
  for (const [index, plane] of out.planes.entries()) {
    const from = source.planes[index] as Plane;
    const step = index === 0 ? 1 : Math.round(source.width / from.width);
    enlargePlane(from, { width: source.width / step, height: source.height / step }, plane, memory);
  }
}

/** `extent` is the part of the source that the plane shows, in the source's pixels. */
function enlargePlane(source: Plane, extent: Size, out: Plane, memory: DrawingMemory): void {
  const { loops } = memory;
  const across = tapsOf(out.width, extent.width, source.width, memory);
  const down = tapsOf(out.height, extent.height, source.height, memory);
  const table = memory.allocateForShot(Math.ceil(out.width / lanes) * stretchLayout.size);
  fillTable(table, across, source.width);
  // 16-bit numbers, plus those that a last step of `mix` reads beyond the end.
  const rowBytes = (out.width + 2 * lanes) * 2;
  const rows = Array.from({ length: taps }, () => memory.allocateForShot(rowBytes).byteOffset);
  const held = new Int32Array(taps).fill(-1);
  const [tableStart, tableEnd] = [table.byteOffset, table.byteOffset + table.length];

  /** Returns the address of a row of the source, scaled to the result's width; four consecutive rows are kept. */
  const stretched = (row: number): number => {
    const place = row % taps;
    const at = rows[place] as number;
    if (held[place] !== row) {
      held[place] = row;
      loops.stretch(at, source.data.byteOffset + row * source.stride, tableStart, tableEnd);
    }
    return at;
  };

  const last = source.height - 1;
  for (let y = 0; y < out.height; y++) {
    const first = down.first[y] as number;
    const row = (tap: number) => stretched(Math.max(0, Math.min(last, first + tap)));
    const weight = (tap: number) => down.weights[y * taps + tap] as number;
    const start = out.data.byteOffset + y * out.stride;
    loops.mix(
      start,
      start + out.stride,
      row(0),
      row(1),
      row(2),
      row(3),
      weight(0),
      weight(1),
      weight(2),
      weight(3),
    );
  }
  repeatLastColumn(out);
}

function tapsOf(size: number, extent: number, sourceSize: number, memory: DrawingMemory): Taps {
  const first = memory.integersForShot(size);
  const weights = memory.integersForShot(size * taps);
  for (let pixel = 0; pixel < size; pixel++) {
    const place = Math.max(0, Math.min(sourceSize - 1, ((pixel + 0.5) * extent) / size - 0.5));
    first[pixel] = Math.floor(place) - 1;
    const t = place - Math.floor(place);
    for (let tap = 0; tap < taps; tap++)
      weights[pixel * taps + tap] = Math.min(one - 1, Math.round(cubic(Math.abs(t + 1 - tap)) * one));
  }
  return { first, weights };
}

/** Weight of a neighbour at a distance (Keys 1981, a = −1/2). */
const cubic = (distance: number): number =>
  distance < 1
    ? (1.5 * distance - 2.5) * distance * distance + 1
    : ((2.5 - 0.5 * distance) * distance - 4) * distance + 2;

/** The last block ends with the last pixel and overlaps the one before. */
function fillTable(table: Uint8Array, { first, weights }: Taps, sourceSize: number): void {
  const { indices, weights: weightsAt, source, target, size } = stretchLayout;
  const numbers = new DataView(table.buffer, table.byteOffset, table.length);
  for (let block = 0; block * size < table.length; block++) {
    const at = block * size;
    const start = Math.max(0, Math.min(block * lanes, first.length - lanes));
    const column = Math.max(0, first[start] as number);
    numbers.setInt32(at + source, column, true);
    numbers.setInt32(at + target, start * 2, true);
    for (let lane = 0; lane < lanes; lane++) {
      const pixel = Math.min(start + lane, first.length - 1);
      for (let tap = 0; tap < taps; tap++) {
        const place = Math.max(0, Math.min(sourceSize - 1, (first[pixel] as number) + tap));
        table[at + indices + tap * lanes + lane] = place - column;
        numbers.setInt16(
          at + weightsAt + (tap * lanes + lane) * 2,
          weights[pixel * taps + tap] as number,
          true,
        );
      }
    }
  }
}
