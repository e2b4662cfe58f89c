import type { Component } from '../image/components.ts';
import type { Ink, Upright } from './looks.ts';

/** Zone below what is between the stems, in the letter's height, and the least width of the room between them. */
const zoneBelow = { from: 0.65, to: 0.9, width: 0.2 };
/** Ink above this, in the letter's height, belongs to a stem. */
const tips = 0.12;
/** Least number of columns between the stems. */
const fewest = 5;
/**
 * Difference by which the middle is open deeper than the two ends together, and than the deeper one, in the letter's height. The
 * strokes of an M meet there; the bar of an H is level or rises to one side.
 */
const meetingDepth = { M: 0.2, least: 0.03, H: 0.12 };
/** Sideways movement of the stroke of an N in the zone below, in the letter's width. */
const falls = 0.15;

/**
 * Distinguishes H, M and N by how far down the room between their stems is open from above: the floor of an H is level, that
 * of an M is deepest in the middle, and the stroke of an N reaches the foot of its right stem. A handwritten M is often so
 * narrow that recognizers, which learnt from print, read an H with high confidence.
 * @returns null if the shape is another one, or between two
 */
export function uprightOf(body: Component, ink: Ink): Upright | null {
  const below = roomsBelow(body, ink);
  const ends = below.map((room) => room.to);
  if (Math.max(...ends) - Math.min(...ends) >= falls * body.w) return 'N';
  const depths = depthsOf(body, ink, below);
  if (depths.length < fewest) return null;
  const [left, right] = [mean(depths.slice(0, 2)), mean(depths.slice(-2))];
  const middle = Math.max(...depths.slice(1, -1).map((_, i) => mean(depths.slice(i, i + 3))));
  const [meets, least] = [2 * middle - left - right, middle - Math.max(left, right)];
  if (meets >= meetingDepth.M && least >= meetingDepth.least) return 'M';
  return meets <= meetingDepth.H ? 'H' : null;
}

interface Room {
  from: number;
  to: number;
}

/** Returns the room between the stems, row by row, as long as nothing else is between them. */
function roomsBelow(body: Component, ink: Ink): Room[] {
  const rooms: Room[] = [];
  const { y, w, h } = body;
  for (let row = Math.round(y + zoneBelow.from * h); row < y + zoneBelow.to * h; row++) {
    const room = widestRoom(body, ink, row);
    if (room && room.to - room.from >= zoneBelow.width * w) rooms.push(room);
  }
  return rooms;
}

/** Returns how far down each column between the stems is open from above, in the letter's height. */
function depthsOf(
  { x, y, w, h, label }: Component,
  { labels, width }: Ink,
  below: readonly Room[],
): number[] {
  const from = Math.max(x, ...below.map((room) => room.from));
  const to = Math.min(x + w, ...below.map((room) => room.to));
  const depths: number[] = [];
  for (let column = from; column < to; column++) {
    let row = y;
    while (row < y + h && labels[row * width + column] !== label) row++;
    depths.push((row - y) / h);
  }
  const opens = depths.findIndex((depth) => depth > tips);
  const closes = depths.findLastIndex((depth) => depth > tips);
  return opens < 0 ? [] : depths.slice(opens, closes + 1);
}

/** Returns the widest stretch of a row between two strokes. */
function widestRoom({ x, w, label }: Component, { labels, width }: Ink, row: number): Room | null {
  let widest: Room | null = null;
  let open: number | null = null;
  for (let column = x; column < x + w; column++) {
    if (labels[row * width + column] !== label) continue;
    if (open !== null && column - open > (widest ? widest.to - widest.from : 0))
      widest = { from: open, to: column };
    open = column + 1;
  }
  return widest;
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
