import { emptyRaster, type Raster } from './raster.ts';

/** Returns a raster at another size, by bilinear interpolation between its pixels. */
export function resized(raster: Raster, factor: number): Raster {
  const { channels } = raster;
  const out = emptyRaster(
    Math.max(1, Math.round(raster.width * factor)),
    Math.max(1, Math.round(raster.height * factor)),
    channels,
  );
  const columns = placesOf(raster.width, out.width);
  const rows = placesOf(raster.height, out.height);
  const length = out.width * channels;
  // Neighbouring rows of a larger raster are between the same two rows.
  let [above, under] = [1, 2].map(() => ({ row: -1, values: new Float64Array(length) })) as [Row, Row];
  let at = 0;
  for (let y = 0; y < out.height; y++) {
    const [top, low] = [rows.first[y] as number, rows.second[y] as number];
    if (top === under.row) [above, under] = [under, above];
    fill(above, raster, top, columns);
    fill(under, raster, low, columns);
    const down = rows.share[y] as number;
    const [one, other] = [above.values, under.values];
    for (let i = 0; i < length; i++) out.data[at++] = mix(one[i] as number, other[i] as number, down) + 0.5;
  }
  return out;
}

const mix = (one: number, other: number, share: number) => one + (other - one) * share;

/** A row of a raster at the new width. */
interface Row {
  row: number;
  values: Float64Array;
}

/** Computes a row unless it is there. */
function fill(into: Row, { width, channels, data }: Raster, row: number, columns: Places): void {
  if (into.row === row) return;
  into.row = row;
  const { first, second, share } = columns;
  for (let channel = 0; channel < channels; channel++) {
    const start = row * width * channels + channel;
    for (let x = 0, at = channel; x < first.length; x++, at += channels) {
      const left = data[start + (first[x] as number) * channels] as number;
      const right = data[start + (second[x] as number) * channels] as number;
      into.values[at] = mix(left, right, share[x] as number);
    }
  }
}

type Places = ReturnType<typeof placesOf>;

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
