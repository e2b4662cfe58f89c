/** Returns the frames of a stream of AAC in ADTS (ISO/IEC 14496-3, 1.A.3.2), each with its header. */
export function framesOfAdts(stream: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at < stream.length; ) {
    const length = (stream.readUIntBE(at + 3, 3) >>> 5) & 0x1fff;
    if (stream.readUInt16BE(at) >>> 4 !== 0xfff || length < 7)
      throw new Error(`The stream of AAC has no frame at byte ${at}`);
    frames.push(stream.subarray(at, at + length));
    at += length;
  }
  return frames;
}
