import type { Component } from './components.ts';
import type { Ink, Upright } from './looks.ts';

/** Where stems stand alone, below what is between them, in the letter's height; the room there is this wide at least. */
const BELOW = { from: 0.65, to: 0.9, width: 0.2 };
/** Ink that is found higher is a stem's, in the letter's height. */
const TIPS = 0.12;
/** The least columns between the stems that tell something. */
const FEWEST = 5;
/**
 * How much deeper the middle is open than the two ends together, and than the deeper one, in the letter's height. An M's
 * strokes meet there; an H's bar is level or rises to one side.
 */
const MEETS = { M: 0.2, least: 0.03, H: 0.12 };
/** How far the stroke of an N goes on below, between the stems, in the letter's width. */
const FALLS = 0.15;

/**
 * Tells H, M and N by how far down the room between their stems is open from above: an H has a level floor, an M's is
 * deepest in the middle; the stroke of an N reaches the foot of its right stem. Hands draw the M so narrow that recognisers, which learnt from print,
 * read an H with great confidence.
 * @returns null where the shape is none of these, or between two
 */
export function uprightOf(body: Component, ink: Ink): Upright | null {
  const below = roomsBelow(body, ink);
  const ends = below.map((room) => room.to);
  if (Math.max(...ends) - Math.min(...ends) >= FALLS * body.w) return 'N';
  const depths = depthsOf(body, ink, below);
  if (depths.length < FEWEST) return null;
  const [left, right] = [mean(depths.slice(0, 2)), mean(depths.slice(-2))];
  const middle = Math.max(...depths.slice(1, -1).map((_, i) => mean(depths.slice(i, i + 3))));
  const [meets, least] = [2 * middle - left - right, middle - Math.max(left, right)];
  if (meets >= MEETS.M && least >= MEETS.least) return 'M';
  return meets <= MEETS.H ? 'H' : null;
}

interface Room {
  from: number;
  to: number;
}

/** The room between the stems, row by row, where nothing else stands between them. */
function roomsBelow(body: Component, ink: Ink): Room[] {
  const rooms: Room[] = [];
  const { y, w, h } = body;
  for (let row = Math.round(y + BELOW.from * h); row < y + BELOW.to * h; row++) {
    const room = widestRoom(body, ink, row);
    if (room && room.to - room.from >= BELOW.width * w) rooms.push(room);
  }
  return rooms;
}

/** How far each column between the stems is open from above, in the letter's height. */
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
  const opens = depths.findIndex((depth) => depth > TIPS);
  const closes = depths.findLastIndex((depth) => depth > TIPS);
  return opens < 0 ? [] : depths.slice(opens, closes + 1);
}

/** The widest stretch of a row between two strokes. */
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
