const bytesPerSample = 2;

/** Returns a copy of raw samples; these, and every machine that this runs on, are little-endian. An incomplete last one is left out. */
export function samplesOf(bytes: Buffer): Int16Array {
  const samples = new Int16Array(Math.floor(bytes.length / bytesPerSample));
  Buffer.from(samples.buffer).set(bytes.subarray(0, samples.byteLength));
  return samples;
}

/** Returns samples as raw bytes, without a copy. */
export const bytesOf = ({ buffer, byteOffset, byteLength }: Int16Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
