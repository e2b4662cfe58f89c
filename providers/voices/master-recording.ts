import { globalArguments } from '../media/run-ffmpeg.ts';
import { runProcess } from '../media/run-process.ts';
import { encodeSpeech } from './encode-speech.ts';
import { levelSpeech, type Sound } from './level-speech.ts';

/** What Microsoft's voices are recorded at. */
const sampleRate = 24_000;

export function decodeSpeechArguments(): string[] {
  return [
    ...globalArguments({ progress: false, readsStdin: true }),
    ...['-f', 'mp3', '-i', 'pipe:0'],
    ...['-f', 's16le', '-ac', '1', '-ar', String(sampleRate), 'pipe:1'],
  ];
}

async function decode(mp3: Uint8Array, ffmpeg: string): Promise<Sound> {
  const parts: Buffer[] = [];
  async function* input() {
    yield mp3;
  }
  await runProcess(ffmpeg, decodeSpeechArguments(), {
    timeoutMs: 60_000,
    input: input(),
    onOutput: (chunk) => parts.push(chunk),
  });
  const bytes = Buffer.concat(parts);
  const samples = new Int16Array(bytes.length >> 1);
  for (let index = 0; index < samples.length; index++) samples[index] = bytes.readInt16LE(index * 2);
  return { samples, sampleRate };
}

export interface Master {
  mp3: Uint8Array;
  /** Of the decoded sound in seconds, exact to the sample. */
  duration: number;
  /** What was cut from the start, in seconds. */
  offset: number;
  /** Of the recording as it came, in seconds. */
  recorded: number;
}

/**
 * A service's MP3 as all segments are: without the silence around it (almost a second), at the common level, and
 * encoded so that its length is known to the sample, which no frame count of a foreign encoder's can tell. Undefined
 * when there is only silence.
 */
export async function masterRecording(
  mp3: Uint8Array,
  options: { ffmpeg: string },
): Promise<Master | undefined> {
  const sound = await decode(mp3, options.ffmpeg);
  const levelled = levelSpeech(sound);
  if (!levelled) return undefined;
  return {
    mp3: await encodeSpeech(levelled.sound, options),
    duration: levelled.sound.samples.length / sampleRate,
    offset: levelled.offset,
    recorded: sound.samples.length / sampleRate,
  };
}
