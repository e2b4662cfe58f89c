/** Mono audio with 16-bit samples. */
export interface Sound {
  samples: Int16Array;
  sampleRate: number;
}

/** Samples below this are silent: −50 dB of full scale. */
const silence = 32768 * 10 ** (-50 / 20);
/** Time kept before the first and after the last sound, so that no consonant is cut, in seconds. */
const lead = 0.02;
const tail = 0.08;
const fade = 0.01;
/**
 * Trims the silence around speech. The level is not changed, since the renderer brings every segment to one level. `offset`
 * is the duration of what was cut from the start, in seconds. Returns undefined when there is only silence.
 */
export function trimSilence(sound: Sound): { sound: Sound; offset: number } | undefined {
  const { samples, sampleRate } = sound;
  const first = samples.findIndex((sample) => Math.abs(sample) > silence);
  if (first < 0) return undefined;
  const last = samples.findLastIndex((sample) => Math.abs(sample) > silence);
  const from = Math.max(0, first - Math.round(lead * sampleRate));
  const to = Math.min(samples.length, last + 1 + Math.round(tail * sampleRate));
  const speech = samples.subarray(from, to);

  const fadeSamples = Math.round(fade * sampleRate);
  const faded = speech.map((sample, index) => {
    const edge = Math.min(1, index / fadeSamples, (speech.length - 1 - index) / fadeSamples);
    return Math.round(sample * edge);
  });
  return { sound: { samples: faded, sampleRate }, offset: from / sampleRate };
}
