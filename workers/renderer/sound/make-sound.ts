import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ArtifactInvalid, RenderError } from '../../../domain/errors.ts';
import { runFfmpeg } from '../../../providers/media/run-ffmpeg.ts';
import { collectGarbage } from '../collect-garbage.ts';
import { SpeechTiming } from '../subtitles/speech-timing.ts';
import { sampleAt, samplesPerFrame, type TimedSegment, type Timeline } from '../timeline.ts';
import { levelSpeech } from './level-speech.ts';
import { masterSound } from './master-sound.ts';
import { mixMusic, readMusic } from './mix-music.ts';
import { type MusicPart, shareAt } from './music-by-mood.ts';
import { musicGain } from './music-level.ts';
import { decodeArguments } from './sound-arguments.ts';

export interface SoundOptions {
  ffmpeg: string;
  /** The output file. */
  output: string;
  /** A folder for the segments and the track: about 350 MB for an hour. */
  folder: string;
  signal: AbortSignal;
  /** Fetches an artifact into a file. */
  download: (key: string, toFile: string) => Promise<void>;
  /** Music under the voice. */
  music: readonly MusicPart[];
}

/** Number of segments decoded by one FFmpeg: starting it costs more than decoding a sentence. */
const batchSize = 16;
const bytesPerSample = 2;

/**
 * Makes the sound of the whole video (AAC in MP4), exactly as long as the timeline's frames. Every segment begins at its
 * exact sample whatever its file contains. Throws RenderError if speech can't be read, or does not match its word times.
 * Uses the memory of one batch of segments.
 */
export async function makeSound(timeline: Timeline, options: SoundOptions): Promise<void> {
  const track = join(options.folder, 'track.s16');
  const timing = new SpeechTiming();
  const file = await open(track, 'w');
  try {
    for (let start = 0; start < timeline.segments.length; start += batchSize) {
      options.signal.throwIfAborted();
      await appendBatch(file, timeline.segments.slice(start, start + batchSize), timing, options);
      // Samples are outside of V8's heap, which would keep a hundred segments of them.
      collectGarbage();
    }
    // Unwritten parts of the file are holes, which read as silence.
    await file.truncate(timeline.frames * samplesPerFrame * bytesPerSample);
  } finally {
    await file.close();
  }
  timing.check();
  const seconds = timeline.frames / 30;
  const run = (args: string[]) =>
    runFfmpeg(args, { binary: options.ffmpeg, timeoutMs: 60_000 + seconds * 1000, signal: options.signal });
  for (const part of options.music) await addMusic(part);
  await masterSound(track, options.output, run);
  await rm(track);

  async function addMusic(part: MusicPart): Promise<void> {
    const { folder, download } = options;
    const music = await readMusic(part.source, folder, { run, download }).catch((error: unknown) => {
      options.signal.throwIfAborted();
      throw new RenderError(`The music can't be read: ${message(error)}`, { cause: error });
    });
    const gainAt = musicGain(timeline.segments, seconds);
    await mixMusic(track, music, (time) => gainAt(time) * shareAt(part, time));
  }
}

async function appendBatch(
  file: FileHandle,
  segments: readonly TimedSegment[],
  timing: SpeechTiming,
  options: SoundOptions,
): Promise<void> {
  const files = segments.map(({ segment }) => ({
    mp3: join(options.folder, `${segment.index}.mp3`),
    raw: join(options.folder, `${segment.index}.s16`),
  }));
  try {
    await Promise.all(segments.map(({ audio }, index) => options.download(audio, files[index]?.mp3 ?? '')));
    await runFfmpeg(decodeArguments(files), {
      binary: options.ffmpeg,
      timeoutMs: 120_000,
      signal: options.signal,
    });
    for (const [index, segment] of segments.entries()) {
      await append(file, segment, timing, await readFile(files[index]?.raw ?? ''));
    }
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof ArtifactInvalid) throw error;
    const names = segments.map(({ audio }) => audio);
    throw new RenderError(`The speech of ${names[0]} to ${names.at(-1)} can't be read: ${message(error)}`, {
      cause: error,
    });
  } finally {
    await Promise.all(files.flatMap(({ mp3, raw }) => [rm(mp3, { force: true }), rm(raw, { force: true })]));
  }
}

/**
 * Levels a segment at its own position in the track, cut to its duration: a wrong length never moves what follows. Raw
 * samples, and every machine that this runs on, are little-endian.
 */
async function append(
  file: FileHandle,
  { segment, start, speechEnd, words }: TimedSegment,
  timing: SpeechTiming,
  samples: Buffer,
): Promise<void> {
  const first = sampleAt(start);
  const length = Math.min(Math.floor(samples.length / bytesPerSample), sampleAt(speechEnd) - first);
  if (length <= 0) return;
  const speech = new Int16Array(length);
  Buffer.from(speech.buffer).set(samples.subarray(0, length * bytesPerSample));
  timing.add(segment.index, words, speech);
  levelSpeech(speech);
  await file.write(Buffer.from(speech.buffer), 0, length * bytesPerSample, first * bytesPerSample);
}

const message = (error: unknown) => (error instanceof Error ? error.message : String(error));
