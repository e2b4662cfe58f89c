/**
 * `make bench WHAT=cast`: speaks a sentence with espeak's narrator and with each voice that it has for characters, and measures how
 * far the two that are most alike are apart, in pitch and timbre.
 */

import { findFfmpeg } from '../../providers/media/find-media-binary.ts';
import { EspeakVoice } from '../../providers/voices/espeak.ts';
import { espeakSpeakers } from '../../providers/voices/espeak-speakers.ts';
import { judge, show } from '../figures/show.ts';
import { differenceOf, type Voiceprint, voiceprint } from './cast/voiceprint.ts';

const sentence = 'Con mèo nhà em chạy đi đâu mất rồi, cả buổi sáng nay không thấy nó về.';
/** Two voices are apart by one of these: listeners notice 2 semitones between speakers, and 3 dB over the whole spectrum. */
const apart = { semitones: 2, timbre: 3 };

const voice = new EspeakVoice({ ffmpeg: await findFfmpeg(undefined) });
const prints: { name: string; print: Voiceprint }[] = [];
for (const part of [undefined, ...espeakSpeakers]) {
  const { samples, sampleRate } = await voice.engine.speak(voice.requestOf(sentence, { part }));
  const name = part ? `${part.age} ${part.gender} ${part.speaker}` : 'narrator';
  prints.push({ name, print: voiceprint(samples, sampleRate) });
}
await voice.close();

for (const { name, print } of prints) show(name, `${print.pitch.toFixed(0)} Hz`);
const pairs = prints.flatMap(({ name, print }, n) =>
  prints
    .slice(n + 1)
    .map((other) => ({ names: `${name} | ${other.name}`, ...differenceOf(print, other.print) })),
);
/** Returns the difference of two voices, as a multiple of the needed one. */
const distance = ({ semitones, timbre }: (typeof pairs)[number]) =>
  Math.max(semitones / apart.semitones, timbre / apart.timbre);
const closest = pairs.toSorted((one, other) => distance(one) - distance(other)).slice(0, 5);
for (const pair of closest) show(pair.names, `${pair.semitones.toFixed(1)} st, ${pair.timbre.toFixed(1)} dB`);
const [alike] = closest;
if (alike)
  judge('the two most alike, of what listeners notice', distance(alike), { digits: 2, sign: '≥', wanted: 1 });
