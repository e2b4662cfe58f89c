import { emptyRaster, type Raster } from './raster.ts';

/** Returns a raster at another size, by bilinear interpolation between its pixels. */
export function resized(raster: Raster, factor: number): Raster {
  const { channels, data } = raster;
  const out = emptyRaster(
    Math.max(1, Math.round(raster.width * factor)),
    Math.max(1, Math.round(raster.height * factor)),
    channels,
  );
  const columns = placesOf(raster.width, out.width);
  const rows = placesOf(raster.height, out.height);
  let at = 0;
  for (let y = 0; y < out.height; y++) {
    const top = (rows.first[y] as number) * raster.width;
    const low = (rows.second[y] as number) * raster.width;
    const down = rows.share[y] as number;
    for (let x = 0; x < out.width; x++) {
      const left = columns.first[x] as number;
      const right = columns.second[x] as number;
      const across = columns.share[x] as number;
      const [a, b] = [(top + left) * channels, (top + right) * channels];
      const [c, d] = [(low + left) * channels, (low + right) * channels];
      for (let channel = 0; channel < channels; channel++) {
        const above = mix(data[a + channel] as number, data[b + channel] as number, across);
        const under = mix(data[c + channel] as number, data[d + channel] as number, across);
        out.data[at++] = mix(above, under, down) + 0.5;
      }
    }
  }
  return out;
}

const mix = (one: number, other: number, share: number) => one + (other - one) * share;

/** Returns for each new pixel the two old ones that it is between, and how far it is from the first. */
function placesOf(length: number, wanted: number) {
  const first = new Uint32Array(wanted);
  const second = new Uint32Array(wanted);
  const share = new Float64Array(wanted);
  for (let i = 0; i < wanted; i++) {
    const place = Math.min(length - 1, Math.max(0, ((i + 0.5) * length) / wanted - 0.5));
    first[i] = Math.floor(place);
    second[i] = Math.min(length - 1, Math.floor(place) + 1);
    share[i] = place - Math.floor(place);
  }
  return { first, second, share };
}
