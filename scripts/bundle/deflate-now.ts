import { deflateSync } from 'fflate';

/** In bytes. A larger file comes from a package, and its last percent of size would take a fifth of the whole time. */
const large = 1024 * 1024;

function levelFor(bytes: Uint8Array): 0 | 1 | 6 {
  // Already compressed, like trained data.
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 0;
  return bytes.byteLength < large ? 6 : 1;
}

/** Compresses synchronously (raw deflate). */
export const deflateNow = (bytes: Uint8Array): Uint8Array => deflateSync(bytes, { level: levelFor(bytes) });
