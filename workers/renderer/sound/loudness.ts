/** Coefficients of ITU-R BS.1770-4 for 48 kHz: a shelf for the head, then a high-pass. */
const [b0, b1, b2] = [1.53512485958697, -2.69169618940638, 1.19839281085285];
const [a1, a2] = [-1.69065929318241, 0.73248077421585];
const [c1, c2] = [-1.99004745483398, 0.99007225036621];

const rate = 48_000;
const blockSize = 0.4 * rate;
/** Samples from one block to the next, and of one power: a tenth of a second. */
const hop = 0.1 * rate;
const absoluteGate = -70;
const relativeGate = -10;

const loudnessOf = (power: number) => -0.691 + 10 * Math.log10(power);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Returns the integrated loudness of mono audio in LUFS by ITU-R BS.1770-4, without its pauses; undefined for silence.
 * Audio shorter than a block counts as one.
 */
export const integratedLoudness = (samples: Int16Array): number | undefined =>
  loudnessOfPowers(powersOf(samples));

/** Returns the integrated loudness of a sound in LUFS from the powers of all its tenths of a second; undefined for silence. */
export function loudnessOfPowers(powers: readonly number[]): number | undefined {
  const perBlock = Math.min(blockSize / hop, powers.length);
  const blocks = Array.from({ length: Math.max(0, powers.length - perBlock + 1) }, (_, first) =>
    mean(powers.slice(first, first + perBlock)),
  );
  const heard = blocks.filter((power) => loudnessOf(power) > absoluteGate);
  if (heard.length === 0) return undefined;
  const gate = loudnessOf(mean(heard)) + relativeGate;
  return loudnessOf(mean(heard.filter((power) => loudnessOf(power) > gate)));
}

/**
 * Returns the mean square of the weighted audio for each tenth of a second of mono audio; an incomplete last one is left out, unless it
 * is the only one. The samples before `from` only settle the filters. No object is created per sample: garbage of millions of them
 * enlarges V8's heap by 40 MB for minutes.
 */
export function powersOf(samples: Int16Array, from = 0): number[] {
  const powers: number[] = [];
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  let z1 = 0;
  let z2 = 0;
  let sum = 0;
  let count = -from;
  for (let at = 0; at < samples.length; at++) {
    const x = (samples[at] as number) / 32_768;
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    const z = y - 2 * y1 + y2 - c1 * z1 - c2 * z2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    z2 = z1;
    z1 = z;
    if (count >= 0) sum += z * z;
    if (++count === hop) {
      powers.push(sum / hop);
      sum = 0;
      count = 0;
    }
  }
  if (powers.length === 0 && count > 0) powers.push(sum / count);
  return powers;
}
