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
    const [top, low] = [rows.first[y] as number, rows.second[y] as number];
    const down = rows.share[y] as number;
    for (let x = 0; x < out.width; x++) {
      const [left, right] = [columns.first[x] as number, columns.second[x] as number];
      const across = columns.share[x] as number;
      const corners = [
        (top * raster.width + left) * channels,
        (top * raster.width + right) * channels,
        (low * raster.width + left) * channels,
        (low * raster.width + right) * channels,
      ] as const;
      for (let channel = 0; channel < channels; channel++) {
        const [a, b] = [data[corners[0] + channel] as number, data[corners[1] + channel] as number];
        const [c, d] = [data[corners[2] + channel] as number, data[corners[3] + channel] as number];
        const above = a + (b - a) * across;
        out.data[at++] = above + (c + (d - c) * across - above) * down + 0.5;
      }
    }
  }
  return out;
}

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
