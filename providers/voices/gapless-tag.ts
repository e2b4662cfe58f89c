import { frameHeader, type Mp3Frames } from './mp3-frames.ts';

/** Delay of every decoder in samples; players add it to the delay in a tag. */
export const decoderDelay = 529;
/** Maximum number of samples in the tag: 12 bits. */
const longest = 4095;

export const mostAtStart = longest + decoderDelay;

const infoSize = 120;
const lameSize = 36;

/**
 * Prepends a silent frame that says how many samples to skip at both ends (LAME's Info frame, which every player reads). So a
 * recording is cut to the sample without being decoded.
 */
export function withGaplessTag(
  { frames, samplesPerFrame }: Mp3Frames,
  cut: { start: number; end: number },
): Buffer {
  const [first] = frames;
  if (!first) throw new RangeError('There are no frames');
  const tag = emptyFrame(first);
  const { tagAt } = frameHeader(tag, 0) ?? { tagAt: 0 };
  const bytes = frames.reduce((sum, { length }) => sum + length, tag.length);

  tag.write('Info', tagAt, 'latin1');
  // Frames, bytes, a table of contents and a quality follow.
  tag.writeUInt32BE(0xf, tagAt + 4);
  tag.writeUInt32BE(frames.length, tagAt + 8);
  tag.writeUInt32BE(bytes, tagAt + 12);
  for (let index = 0; index < 100; index++) tag[tagAt + 16 + index] = Math.floor((index * 256) / 100);

  const lame = tagAt + infoSize;
  // Players trust a delay only under this name.
  tag.write('LAME3.100', lame, 'latin1');
  const delay = within(cut.start - decoderDelay);
  const padding = within(cut.end + decoderDelay);
  tag.writeUIntBE(delay * 4096 + padding, lame + 21, 3);
  tag.writeUInt32BE(bytes, lame + 28);
  tag.writeUInt16BE(crc16(tag.subarray(0, lame + 34)), lame + 34);
  if (cut.start + cut.end >= frames.length * samplesPerFrame) throw new RangeError('Nothing would be left');
  return Buffer.concat([tag, ...frames]);
}

function within(samples: number): number {
  if (samples < 0 || samples > longest) throw new RangeError(`The tag has no room for ${samples} samples`);
  return samples;
}

/** Returns a frame of the same kind, without a checksum, as small as possible for the tag. */
function emptyFrame(like: Buffer): Buffer {
  const header = Buffer.from(like.subarray(0, 4));
  for (let bitRate = 1; bitRate < 15; bitRate++) {
    header[1] = (header[1] ?? 0) | 1;
    header[2] = (bitRate << 4) | ((header[2] ?? 0) & 0x0c);
    const made = frameHeader(header, 0);
    if (made && made.size >= made.tagAt + infoSize + lameSize) {
      const frame = Buffer.alloc(made.size);
      header.copy(frame);
      return frame;
    }
  }
  throw new RangeError('No frame of this kind has room for a tag');
}

/** CRC-16 of IBM, as LAME writes it. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return crc;
}
