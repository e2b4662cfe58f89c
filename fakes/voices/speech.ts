import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFfmpeg } from '../../providers/media/run-ffmpeg.ts';
import { isSpeaker } from './speakers.ts';

/** MPEG-2 layer III at 24 kHz and 96 kbit/s: every frame is 576 samples in 288 bytes. */
const frameBytes = 288;
const frameSeconds = 576 / 24_000;

export interface FakeWord {
  text: string;
  start: number;
  duration: number;
}

/** Shared by all fakes of a process. */
let made: Promise<FakeSpeech> | undefined;

/** Speaks a word as a tone as long as its letters, with pauses at marks: real MP3, assembled from prepared frames. */
export class FakeSpeech {
  readonly #tone: Buffer;
  readonly #silence: Buffer;

  private constructor(tone: Buffer, silence: Buffer) {
    this.#tone = tone;
    this.#silence = silence;
  }

  static make(ffmpeg: string): Promise<FakeSpeech> {
    made ??= FakeSpeech.#make(ffmpeg);
    return made;
  }

  static async #make(ffmpeg: string): Promise<FakeSpeech> {
    const folder = await mkdtemp(join(tmpdir(), 'fake-speech-'));
    const frames = async (source: string) => {
      const output = join(folder, 'frames.mp3');
      await runFfmpeg(
        [
          ...[
            '-f',
            'lavfi',
            '-i',
            source,
            '-ac',
            '1',
            '-c:a',
            'libmp3lame',
            '-b:a',
            '96k',
            '-reservoir',
            '0',
          ],
          ...['-write_xing', '0', '-id3v2_version', '0', '-f', 'mp3', output],
        ],
        { binary: ffmpeg, timeoutMs: 20_000 },
      );
      // Independent frames: without a bit reservoir they can be combined in any order.
      return (await readFile(output)).subarray(frameBytes * 4, frameBytes * 5);
    };
    try {
      const tone = await frames('sine=frequency=300:sample_rate=24000:duration=0.5');
      return new FakeSpeech(tone, await frames('sine=sample_rate=24000:duration=0.5,volume=0'));
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  /** Like the services: about 0.1 s of silence before and 0.8 s after, unless the markup says otherwise. */
  say(text: string, { lead = 0.1, tail = 0.8 } = {}): { mp3: Buffer; words: FakeWord[] } {
    const silence = (seconds: number) =>
      Array.from({ length: Math.round(seconds / frameSeconds) }, () => this.#silence);
    const frames: Buffer[] = silence(lead);
    const words: FakeWord[] = [];
    for (const token of text.split(/\s+/u).filter(Boolean)) {
      const word = token.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
      if (word !== '') {
        const count = 6 + 2 * word.length;
        words.push({ text: word, start: frames.length * frameSeconds, duration: count * frameSeconds });
        for (let n = 0; n < count; n++) frames.push(this.#tone);
      }
      if (/[.,;:!?…]["”)]?$/u.test(token)) for (let n = 0; n < 12; n++) frames.push(this.#silence);
    }
    frames.push(...silence(tail));
    return { mp3: Buffer.concat(frames), words };
  }
}

export interface Markup {
  speaker: string;
  rate: string;
  pitch: string;
  text: string;
  /** The text in the markup, including entities. */
  raw: string;
  /** One of Azure's styles. */
  style?: string;
  /** Seconds around the speech, if Azure's extension names them. */
  silence?: { lead: number; tail: number };
}

const form =
  /^<speak version='1\.0' xmlns='http:\/\/www\.w3\.org\/2001\/10\/synthesis'( xmlns:mstts='https:\/\/www\.w3\.org\/2001\/mstts')? xml:lang='[a-z]{2}-[A-Z]{2}'><voice name='([^'<&]+)'>((?:<mstts:silence type='[A-Z][a-z]+(?:-exact)?' value='\d+ms'\/>)*)(?:<mstts:express-as style='([a-z-]+)'>)?<prosody pitch='([+-]\d+Hz)' rate='([+-]\d+%)' volume='[+-]\d+%'>([^<]*)<\/prosody>(?:<\/mstts:express-as>)?<\/voice><\/speak>$/;

/** Parses markup; undefined if it is not well formed or names an unknown voice. */
export function readMarkup(ssml: string): Markup | undefined {
  const [, mstts, speaker = '', silences = '', style, pitch = '', rate = '', raw = ''] =
    form.exec(ssml) ?? [];
  if ((silences || style) && !mstts) return undefined;
  if (ssml.includes('</mstts:express-as>') !== (style !== undefined)) return undefined;
  if (!isSpeaker(speaker)) return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML 1.0 forbids
  if (/&(?!#\d+;|amp;|lt;|gt;|quot;|apos;)|[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(raw))
    return undefined;
  const text = raw.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
  const exact = (type: string) =>
    Number(new RegExp(`'${type}-exact' value='(\\d+)ms'`).exec(silences)?.[1]) / 1000;
  const [lead, tail] = [exact('Leading'), exact('Tailing')];
  return {
    speaker,
    pitch,
    rate,
    text,
    raw,
    ...(style && { style }),
    ...(lead >= 0 && tail >= 0 && { silence: { lead, tail } }),
  };
}
