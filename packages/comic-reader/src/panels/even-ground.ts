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

interface Place {
  x: number;
  y: number;
  colour: readonly [number, number, number];
}

/**
 * Returns a page as if its ground had one colour, if the ground along its border changes evenly from one side to another; otherwise the
 * page itself. Ink stays as dark on light ground, and light stays as light on dark ground.
 * @param depth of the border, in pixels
 */
export function withEvenGround(page: Raster, depth: number): Raster {
  const places = borderPlaces(page, depth);
  let near = places;
  let planes: Plane[] = [];
  for (let round = 0; round < rounds && near.length > places.length / 4; round++) {
    planes = [0, 1, 2].map((channel) => planeThrough(near, channel));
    near = places.filter((place) => isOn(planes, place));
  }
  const changes = planes.some(
    ({ across, down }) => Math.abs(across) * page.width + Math.abs(down) * page.height > leastChange,
  );
  const share = near.length / places.length;
  if (!changes || share < leastShare || share <= borderColour(page, depth).share) return page;
  return evened(page, planes);
}

const valueAt = ({ level, across, down }: Plane, x: number, y: number) => level + across * x + down * y;

const isOn = (planes: readonly Plane[], { x, y, colour }: Place) =>
  planes.every((plane, channel) => Math.abs(valueAt(plane, x, y) - (colour[channel] as number)) <= onPlane);

/** Returns every other pixel of the border. */
function borderPlaces({ width, height, data }: Raster, depth: number): Place[] {
  const places: Place[] = [];
  for (let y = 0; y < height; y += 2) {
    const isWhole = y < depth || y >= height - depth;
    for (let x = 0; x < width; x += 2) {
      if (!isWhole && x >= depth && x < width - depth) x = width - depth;
      const at = 3 * (y * width + x);
      const colour = [data[at], data[at + 1], data[at + 2]] as [number, number, number];
      places.push({ x, y, colour });
    }
  }
  return places;
}

/** Fits a plane to a channel by least squares. */
function planeThrough(places: readonly Place[], channel: number): Plane {
  const mean = (of: (place: Place) => number) =>
    places.reduce((sum, place) => sum + of(place), 0) / Math.max(1, places.length);
  const brightness = ({ colour }: Place) => colour[channel] as number;
  const [x, y, value] = [mean((p) => p.x), mean((p) => p.y), mean(brightness)];
  const sums = { xx: 0, yy: 0, xy: 0, xv: 0, yv: 0 };
  for (const place of places) {
    const [dx, dy, dv] = [place.x - x, place.y - y, brightness(place) - value];
    sums.xx += dx * dx;
    sums.yy += dy * dy;
    sums.xy += dx * dy;
    sums.xv += dx * dv;
    sums.yv += dy * dv;
  }
  const determinant = Math.max(1, sums.xx * sums.yy - sums.xy * sums.xy);
  const across = (sums.xv * sums.yy - sums.yv * sums.xy) / determinant;
  const down = (sums.yv * sums.xx - sums.xv * sums.xy) / determinant;
  return { level: value - across * x - down * y, across, down };
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
