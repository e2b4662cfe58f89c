/** Mono sound; samples are 16-bit. */
export interface Sound {
  samples: Int16Array;
  sampleRate: number;
}

/** Below this a sample counts as silence: −50 dB of full scale. */
const silence = 32768 * 10 ** (-50 / 20);
/** Left before the first and after the last sound, so that no consonant is cut, in seconds. */
const lead = 0.02;
const tail = 0.08;
const fade = 0.01;
/** What every segment is brought to: the RMS of its speech, pauses not counted, and the highest peak allowed. */
const targetRms = 32768 * 10 ** (-20 / 20);
const highestPeak = 32768 * 10 ** (-1.5 / 20);

/**
 * Cuts the silence around speech to natural edges and brings it to the level that all segments share. `offset` is
 * what was cut from the start, in seconds. Returns undefined when there is only silence.
 */
export function levelSpeech(sound: Sound): { sound: Sound; offset: number } | undefined {
  const { samples, sampleRate } = sound;
  const first = samples.findIndex((sample) => Math.abs(sample) > silence);
  if (first < 0) return undefined;
  const last = samples.findLastIndex((sample) => Math.abs(sample) > silence);
  const from = Math.max(0, first - Math.round(lead * sampleRate));
  const to = Math.min(samples.length, last + 1 + Math.round(tail * sampleRate));
  const speech = samples.subarray(from, to);

  const gain = levelGain(speech, sampleRate);
  const fadeSamples = Math.round(fade * sampleRate);
  const levelled = speech.map((sample, index) => {
    const edge = Math.min(1, index / fadeSamples, (speech.length - 1 - index) / fadeSamples);
    return Math.round(sample * gain * edge);
  });
  return { sound: { samples: levelled, sampleRate }, offset: from / sampleRate };
}

function levelGain(speech: Int16Array, sampleRate: number): number {
  const peak = speech.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 1);
  return Math.min(targetRms / speechRms(speech, sampleRate), highestPeak / peak);
}

/** RMS over the 20 ms windows that are no more than 30 dB below the loudest one. */
function speechRms(speech: Int16Array, sampleRate: number): number {
  const size = Math.round(0.02 * sampleRate);
  const powers: number[] = [];
  for (let start = 0; start < speech.length; start += size) {
    const window = speech.subarray(start, start + size);
    powers.push(window.reduce((sum, sample) => sum + sample * sample, 0) / window.length);
  }
  const threshold = Math.max(...powers) / 1000;
  const loud = powers.filter((power) => power >= threshold);
  return Math.max(1, Math.sqrt(loud.reduce((sum, power) => sum + power, 0) / loud.length));
}
