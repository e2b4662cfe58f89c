/** A recording split into its frames, all of one kind (MPEG audio layer III). */
export interface Mp3Frames {
  sampleRate: number;
  samplesPerFrame: number;
  /** The original frames, without a frame of tags (Xing, Info). */
  frames: Buffer[];
}

interface FrameHeader {
  /** Header bits that are the same in every frame of a recording: all except bit rate, padding and private bit. */
  kind: number;
  sampleRate: number;
  samplesPerFrame: number;
  size: number;
  /** Position of the tags in a frame of tags: after the side information. */
  tagAt: number;
}

const kbits = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
const sampleRates = [44_100, 48_000, 32_000] as const;

/** Returns the header of the frame at `at`; undefined without one (ISO 11172-3, 13818-3). */
export function frameHeader(bytes: Buffer, at: number): FrameHeader | undefined {
  if (at + 4 > bytes.length) return undefined;
  const header = bytes.readUInt32BE(at);
  const version = (header >>> 19) & 3;
  const isLayer3 = ((header >>> 17) & 3) === 1;
  if (header >>> 21 !== 0x7ff || version === 1 || !isLayer3) return undefined;
  const isVersion1 = version === 3;
  const kbit = kbits[isVersion1 ? 0 : 1][(header >>> 12) & 15];
  const fullRate = sampleRates[(header >>> 10) & 3];
  if (!kbit || !fullRate) return undefined;
  const sampleRate = fullRate / (isVersion1 ? 1 : version === 2 ? 2 : 4);
  const samplesPerFrame = isVersion1 ? 1152 : 576;
  const isMono = ((header >>> 6) & 3) === 3;
  const sideInformation = isVersion1 ? (isMono ? 17 : 32) : isMono ? 9 : 17;
  return {
    kind: (header & 0xfffe0cc0) >>> 0,
    sampleRate,
    samplesPerFrame,
    size: Math.floor((samplesPerFrame * 125 * kbit) / sampleRate) + ((header >>> 9) & 1),
    tagAt: 4 + sideInformation,
  };
}

/**
 * Splits a recording into frames. Throws unless it consists of complete frames of one kind from its first byte to its last:
 * a truncated or garbled response is never taken for audio.
 */
export function mp3Frames(bytes: Buffer): Mp3Frames {
  let at = tagLength(bytes);
  const first = frameHeader(bytes, at);
  if (!first) throw new Error('it does not begin with an MP3 frame');
  const frames: Buffer[] = [];
  while (at < bytes.length) {
    const header = frameHeader(bytes, at);
    if (!header || header.kind !== first.kind) throw new Error(`there is no MP3 frame at byte ${at}`);
    if (at + header.size > bytes.length) throw new Error('its last frame is cut');
    const frame = bytes.subarray(at, at + header.size);
    const isTag =
      at === tagLength(bytes) &&
      /^(Xing|Info)$/.test(frame.toString('latin1', header.tagAt, header.tagAt + 4));
    if (!isTag) frames.push(frame);
    at += header.size;
  }
  const { sampleRate, samplesPerFrame } = first;
  return { sampleRate, samplesPerFrame, frames };
}

/** Returns the length of an ID3v2 tag at the start. */
function tagLength(bytes: Buffer): number {
  if (bytes.toString('latin1', 0, 3) !== 'ID3' || bytes.length < 10) return 0;
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(6, 10);
  return 10 + ((a << 21) | (b << 14) | (c << 7) | d);
}
