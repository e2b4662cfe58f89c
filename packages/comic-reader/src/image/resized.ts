import { emptyRaster, type Raster } from './raster.ts';

/** Returns a raster at another size, by bilinear interpolation between its pixels. */
export function resized({ width, height, channels, data }: Raster, factor: number): Raster {
  const out = emptyRaster(
    Math.max(1, Math.round(width * factor)),
    Math.max(1, Math.round(height * factor)),
    channels,
  );
  const columns = placesOf(width, out.width, channels);
  const rows = placesOf(height, out.height, width * channels);
  const to = out.data;
  for (let y = 0, at = 0; y < out.height; y++) {
    const top = rows.first[y] as number;
    const low = rows.second[y] as number;
    const down = rows.share[y] as number;
    for (let x = 0; x < out.width; x++) {
      const left = columns.first[x] as number;
      const right = columns.second[x] as number;
      const along = columns.share[x] as number;
      for (let channel = 0; channel < channels; channel++) {
        const upper = mix(data[top + left + channel] as number, data[top + right + channel] as number, along);
        const lower = mix(data[low + left + channel] as number, data[low + right + channel] as number, along);
        to[at++] = mix(upper, lower, down) + 0.5;
      }
    }
  }
  return out;
}

const mix = (one: number, other: number, share: number) => one + (other - one) * share;

/**
 * Returns for each new pixel the indices of the two old ones that it is between, and how far it is from the first.
 * @param step of an index from one old pixel to the next
 */
function placesOf(length: number, wanted: number, step: number) {
  const first = new Uint32Array(wanted);
  const second = new Uint32Array(wanted);
  const share = new Float64Array(wanted);
  for (let i = 0; i < wanted; i++) {
    const place = Math.min(length - 1, Math.max(0, ((i + 0.5) * length) / wanted - 0.5));
    first[i] = step * Math.floor(place);
    second[i] = step * Math.min(length - 1, Math.floor(place) + 1);
    share[i] = place - Math.floor(place);
  }
  return { first, second, share };
}
