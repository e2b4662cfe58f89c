import type { Raster } from '../image/raster.ts';
import { borderColour } from './gutter.ts';

/** Largest distance of a pixel from the plane of its channel, on ground. */
const onPlane = 14;
/** Least share of the border that is on the planes: nothing but ground is there. */
const leastShare = 0.6;
/** Least change of a channel from one side of the page to the other: less is within the tolerance of one colour. */
const leastChange = 24;
const rounds = 5;

/** A value that changes evenly over a raster. */
interface Plane {
  level: number;
  across: number;
  down: number;
}

/** Pixels by their place, and their values by channel. */
interface Pixels {
  x: Uint16Array;
  y: Uint16Array;
  channels: readonly [Uint8Array, Uint8Array, Uint8Array];
}

/**
 * Returns a page as if its ground had one colour, if the ground along its border changes evenly from one side to another; otherwise the
 * page itself. Ink stays as dark on light ground, and light stays as light on dark ground.
 * @param depth of the border, in pixels
 */
export function withEvenGround(page: Raster, depth: number): Raster {
  const border = borderPixels(page, depth);
  const all = new Uint32Array(border.x.length).map((_, i) => i);
  let near: Uint32Array = all;
  let planes: Plane[] = [];
  for (let round = 0; round < rounds && near.length > all.length / 4; round++) {
    planes = border.channels.map((values) => planeThrough(border, values, near));
    const before = near;
    near = onPlanes(border, planes);
    // The same pixels have the same planes.
    if (near.length === before.length && near.every((i, k) => i === before[k])) break;
  }
  const changes = planes.some(
    ({ across, down }) => Math.abs(across) * page.width + Math.abs(down) * page.height > leastChange,
  );
  const share = near.length / all.length;
  if (!changes || share < leastShare || share <= borderColour(page, depth).share) return page;
  return evened(page, planes);
}

const valueAt = ({ level, across, down }: Plane, x: number, y: number) => level + across * x + down * y;

/** Returns the pixels that are on the planes of all channels. */
function onPlanes({ x, y, channels }: Pixels, planes: readonly Plane[]): Uint32Array {
  const isOff = new Uint8Array(x.length);
  for (const [channel, plane] of planes.entries()) {
    const values = channels[channel] as Uint8Array;
    for (let i = 0; i < values.length; i++)
      if (Math.abs(valueAt(plane, x[i] as number, y[i] as number) - (values[i] as number)) > onPlane)
        isOff[i] = 1;
  }
  const on = new Uint32Array(x.length);
  let count = 0;
  for (let i = 0; i < isOff.length; i++) if (!isOff[i]) on[count++] = i;
  return on.subarray(0, count);
}

/** Returns every other pixel of the border. */
function borderPixels({ width, height, data }: Raster, depth: number): Pixels {
  const places: number[] = [];
  for (let y = 0; y < height; y += 2) {
    const isWhole = y < depth || y >= height - depth;
    for (let x = 0; x < width; x += 2) {
      if (!isWhole && x >= depth && x < width - depth) x = width - depth;
      places.push(y * width + x);
    }
  }
  const [x, y] = [new Uint16Array(places.length), new Uint16Array(places.length)];
  const channels = [0, 1, 2].map(() => new Uint8Array(places.length)) as [Uint8Array, Uint8Array, Uint8Array];
  const [red, green, blue] = channels;
  for (let i = 0; i < places.length; i++) {
    const at = places[i] as number;
    x[i] = at % width;
    y[i] = (at - (x[i] as number)) / width;
    red[i] = data[3 * at] as number;
    green[i] = data[3 * at + 1] as number;
    blue[i] = data[3 * at + 2] as number;
  }
  return { x, y, channels };
}

/** Fits a plane to the values of some pixels by least squares. */
function planeThrough({ x, y }: Pixels, values: Uint8Array, of: Uint32Array): Plane {
  const count = Math.max(1, of.length);
  let [sumX, sumY, sum] = [0, 0, 0];
  for (let k = 0; k < of.length; k++) {
    const i = of[k] as number;
    sumX += x[i] as number;
    sumY += y[i] as number;
    sum += values[i] as number;
  }
  const [meanX, meanY, mean] = [sumX / count, sumY / count, sum / count];
  let [xx, yy, xy, xv, yv] = [0, 0, 0, 0, 0];
  for (let k = 0; k < of.length; k++) {
    const i = of[k] as number;
    const dx = (x[i] as number) - meanX;
    const dy = (y[i] as number) - meanY;
    const dv = (values[i] as number) - mean;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
    xv += dx * dv;
    yv += dy * dv;
  }
  const determinant = Math.max(1, xx * yy - xy * xy);
  const across = (xv * yy - yv * xy) / determinant;
  const down = (yv * xx - xv * xy) / determinant;
  return { level: mean - across * meanX - down * meanY, across, down };
}

/** Changes each channel in proportion, so that the ground has the value of the plane's middle: its distance from black, or from white. */
function evened({ width, height, data, ...page }: Raster, planes: readonly Plane[]): Raster {
  const out = new Uint8Array(data.length);
  for (const [channel, plane] of planes.entries()) {
    const middle = valueAt(plane, width / 2, height / 2);
    const far = middle >= 128 ? 0 : 255;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = 3 * (y * width + x) + channel;
        const distance = valueAt(plane, x, y) - far;
        const gain = (middle - far) / (Math.abs(distance) < 20 ? Math.sign(distance || 1) * 20 : distance);
        out[at] = Math.max(0, Math.min(255, far + ((data[at] as number) - far) * gain));
      }
    }
  }
  return { ...page, width, height, data: out };
}
