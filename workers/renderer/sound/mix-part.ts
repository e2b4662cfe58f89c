import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ArtifactInvalid, RenderError } from '../../../domain/errors.ts';
import { runFfmpeg } from '../../../providers/media/run-ffmpeg.ts';
import { collectGarbage } from '../collect-garbage.ts';
import { type TimingError, timingErrors } from '../subtitles/speech-timing.ts';
import { framesPerSecond, sampleAt, type TimedSegment, type Timeline } from '../timeline.ts';
import { levelSpeech } from './level-speech.ts';
import { mixMusic, type StoredMusic } from './mix-music.ts';
import { type MusicPart, shareAt } from './music-by-mood.ts';
import { musicGain } from './music-level.ts';
import { beginsIn, heardIn, type SoundPart } from './plan-parts.ts';
import { samplesOf } from './raw-samples.ts';
import { decodeArguments } from './sound-arguments.ts';

export interface MixOptions {
  ffmpeg: string;
  /** A folder for the decoded segments of a batch. */
  folder: string;
  signal: AbortSignal;
  /** Fetches a recording into a file. */
  fetch: (key: string, toFile: string) => Promise<void>;
  /** Music under the voice, and where it is heard. */
  music: readonly (Pick<MusicPart, 'stretches'> & { stored: StoredMusic })[];
}

/** Number of segments decoded by one FFmpeg: starting it costs more than decoding a sentence. */
const batchSize = 16;

/**
 * Mixes what is heard in a part of the sound, before mastering: mono at 48 kHz, with the samples around the part. Every segment begins at
 * its exact sample whatever its file contains. Also returns how far the sounds of the segments that begin in the part are from their
 * words. Throws RenderError if speech can't be read. Uses the memory of a part and of one batch of segments.
 */
export async function mixPart(part: SoundPart, { segments, frames }: Timeline, options: MixOptions) {
  const mixed = new Int16Array(part.end - part.begin);
  const timing: TimingError[] = [];
  const heard = heardIn(part, segments);
  for (let start = 0; start < heard.length; start += batchSize) {
    options.signal.throwIfAborted();
    const batch = heard.slice(start, start + batchSize);
    for (const [timed, speech] of await decode(batch, part, options)) {
      if (beginsIn(part, timed)) timing.push(...timingErrors(timed.segment.index, timed.words, speech));
      levelSpeech(speech);
      place(speech, sampleAt(timed.start) - part.begin, mixed);
    }
    // Samples are outside of V8's heap, which would keep a hundred segments of them.
    collectGarbage();
  }
  for (const { stored, stretches } of options.music) {
    const gainAt = musicGain(segments, frames / framesPerSecond);
    await mixMusic(mixed, part.begin, stored, (time) => gainAt(time) * shareAt({ stretches }, time));
  }
  return { mixed, timing };
}

/** Copies speech to a position of a mix; what is outside of the mix is left out. */
function place(speech: Int16Array, at: number, mix: Int16Array): void {
  const first = Math.max(0, -at);
  const end = Math.min(speech.length, mix.length - at);
  if (first < end) mix.set(speech.subarray(first, end), at + first);
}

/** Returns the speech of each segment, cut to its duration: a wrong length never moves what follows. */
async function decode(
  segments: readonly TimedSegment[],
  part: SoundPart,
  { folder, ffmpeg, signal, fetch }: MixOptions,
): Promise<[TimedSegment, Int16Array][]> {
  const files = segments.map(({ segment }) => {
    const name = join(folder, `speech-${part.index}-${segment.index}`);
    return { mp3: `${name}.mp3`, raw: `${name}.s16` };
  });
  try {
    await Promise.all(segments.map(({ audio }, index) => fetch(audio, files[index]?.mp3 ?? '')));
    await runFfmpeg(decodeArguments(files), { binary: ffmpeg, timeoutMs: 120_000, signal });
    return await Promise.all(
      segments.map(async (timed, index): Promise<[TimedSegment, Int16Array]> => {
        const samples = samplesOf(await readFile(files[index]?.raw ?? ''));
        return [timed, samples.subarray(0, sampleAt(timed.speechEnd) - sampleAt(timed.start))];
      }),
    );
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ArtifactInvalid) throw error;
    const names = segments.map(({ audio }) => audio);
    throw new RenderError(`The speech of ${names[0]} to ${names.at(-1)} can't be read: ${message(error)}`, {
      cause: error,
    });
  } finally {
    await Promise.all(files.flatMap(({ mp3, raw }) => [rm(mp3, { force: true }), rm(raw, { force: true })]));
  }
}

const message = (error: unknown) => (error instanceof Error ? error.message : String(error));
