import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFfmpeg } from '../media/run-ffmpeg.ts';
import type { Sound } from './trim-silence.ts';

/**
 * Encodes into a file, not a pipe: length and encoder delay are in the first frame, which is written last, and without them a
 * decoder yields up to 2,000 samples too many.
 */
export function encodeSpeechArguments(sampleRate: number, output: string): string[] {
  return [
    ...['-f', 's16le', '-ar', String(sampleRate), '-ac', '1', '-i', 'pipe:0'],
    ...['-c:a', 'libmp3lame', '-b:a', '80k', '-threads', '1'],
    ...['-map_metadata', '-1', '-id3v2_version', '0', '-write_xing', '1', '-fflags', '+bitexact'],
    ...['-f', 'mp3', output],
  ];
}

/** Encodes speech to MP3 that decodes to exactly the same number of samples. */
export async function encodeSpeech(sound: Sound, options: { ffmpeg: string }): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'speech-'));
  const output = join(folder, 'speech.mp3');
  const { buffer, byteOffset, byteLength } = sound.samples;
  async function* samples() {
    yield new Uint8Array(buffer, byteOffset, byteLength);
  }
  try {
    await runFfmpeg(encodeSpeechArguments(sound.sampleRate, output), {
      binary: options.ffmpeg,
      timeoutMs: 60_000,
      input: samples(),
    });
    return await readFile(output);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
