import fc from 'fast-check';
import { retryAfterMs } from '../../../providers/retry/retry-after.ts';
import { cutRecording, readRecording, recordedSeconds } from '../../../providers/voices/cut-recording.ts';
import { wordTimes } from '../../../providers/voices/word-times.ts';
import { mutated } from '../mutate.ts';
import { type Target, target } from '../target.ts';

/** MPEG-2 layer III, 24 kHz, 48 kbit/s, mono: what edge and azure send. */
const header = Buffer.from([0xff, 0xf3, 0x64, 0xc4]);
const recording = Buffer.concat(
  Array.from({ length: 40 }, (_, index) => Buffer.concat([header, Buffer.alloc(140, index)])),
);
const tagged = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\x05hello'), recording]);

/** Attacks the readers of sound from edge and azure, complete or not, and of its metadata. */
export async function voiceAnswer(): Promise<Target> {
  return target(
    fc.record({
      mp3: mutated([recording, tagged], [header, 'ID3\x7f\x7f\x7f\x7f\x7f\x7f\x7f', 'Xing', 'Info']),
      from: fc.double({ noNaN: true, min: -5, max: 1e6 }),
      to: fc.double({ noNaN: true, min: -5, max: 1e6 }),
      later: fc.oneof(fc.string(), fc.constantFrom('-1', '1e999', 'Thu, 01 Jan 1970 00:00:00 GMT')),
      text: fc.string({ unit: 'grapheme', maxLength: 60 }),
      times: fc.array(fc.double({ noNaN: true, min: -1, max: 100 }), { maxLength: 12 }),
    }),
    ({ mp3, from, to, later, text, times }) => {
      const wait = retryAfterMs({ 'retry-after': later });
      if (wait !== undefined && !(wait >= 0)) throw new Error(`waits ${wait} ms`);
      const words = [...text].map((one, index) => ({ text: one, start: index, end: index + 1 }));
      const events = times.map((time, index) => ({ type: 'word' as const, position: index, time }));
      for (const { start, end } of wordTimes(words, events, 100, 0))
        if (!(start >= 0 && end >= start && end <= 100)) throw new Error(`a word from ${start} to ${end} s`);
      let whole: ReturnType<typeof readRecording>;
      try {
        whole = readRecording(mp3);
      } catch (error) {
        // The voice reports this with its own message and retries.
        if (error instanceof Error && /MP3|its last frame is cut/.test(error.message)) return;
        throw error;
      }
      if (whole.frames.length === 0) return;
      const { duration, offset, mp3: cut } = cutRecording(whole, { from, to });
      if (!(duration > 0 && duration <= recordedSeconds(whole) && offset >= 0))
        throw new Error(`${duration} s`);
      readRecording(cut);
    },
  );
}
