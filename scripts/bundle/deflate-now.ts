import { deflateSync } from 'fflate';

/** In bytes; what is larger comes from a package, and its last per cents of size would be a fifth of the whole work. */
const large = 1024 * 1024;

function levelFor(bytes: Uint8Array): 0 | 1 | 6 {
  // Compressed already, as trained data is.
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 0;
  return bytes.byteLength < large ? 6 : 1;
}

/** Raw deflate, at once. */
export const deflateNow = (bytes: Uint8Array): Uint8Array => deflateSync(bytes, { level: levelFor(bytes) });
