import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { findFfmpeg } from '../media/find-media-binary.ts';
import { runFfmpeg } from '../media/run-ffmpeg.ts';
import { encodeSpeechArguments } from './encode-speech.ts';
import { EspeakVoice } from './espeak.ts';
import { createVoice } from './index.ts';
import type { Utterance } from './voice.ts';

let folder: string;
let ffmpeg: string;
let voice: EspeakVoice;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'espeak-test-'));
  ffmpeg = await findFfmpeg(undefined);
  voice = new EspeakVoice({ ffmpeg });
});
afterAll(async () => {
  await voice.close();
  await rm(folder, { recursive: true });
});

async function decode({ mp3 }: Utterance): Promise<Int16Array> {
  const input = join(folder, 'speech.mp3');
  const output = join(folder, 'speech.pcm');
  await writeFile(input, mp3);
  await runFfmpeg(['-i', input, '-f', 's16le', output], { binary: ffmpeg, timeoutMs: 20_000 });
  const bytes = await readFile(output);
  return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
}

const sentence = 'Hôm nay, cô phù thủy chuẩn bị một lọ thuốc bay mới. Lần này nhất định thành công!';

describe('the espeak voice', () => {
  test('is the voice called espeak in the configuration', async () => {
    expect((await createVoice('espeak', { ffmpeg: async () => ffmpeg })).name).toMatch(/^espeak vi/);
  });

  test('reports the duration of the decoded audio, to the sample', async () => {
    for (const text of ['Ừ.', 'Xin chào các bạn!', sentence]) {
      const utterance = await voice.speak(text);
      expect((await decode(utterance)).length / 22_050).toBe(utterance.duration);
    }
  });

  test('gives every word of the text a time, in order, within the audio', async () => {
    const { words, duration } = await voice.speak(sentence);
    expect(words.map(({ text }) => text).join(' ')).toBe(sentence);
    let before = 0;
    for (const { start, end } of words) {
      expect(start).toBeGreaterThanOrEqual(before);
      expect(end).toBeGreaterThan(start);
      before = end;
    }
    expect(before).toBeLessThanOrEqual(duration);
    // The pause after the first sentence belongs to no word.
    const [last, first] = [words[11], words[12]];
    expect([last?.text, first?.text]).toEqual(['mới.', 'Lần']);
    expect((first?.start ?? 0) - (last?.end ?? 0)).toBeGreaterThan(0.15);
  });

  test('speaks loudly enough without clipping, without silence around it', async () => {
    for (const text of ['Ừ.', sentence]) {
      const samples = await decode(await voice.speak(text));
      const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
      expect(peak).toBeGreaterThan(8_000);
      expect(peak).toBeLessThan(32_000);
      expect(samples.findIndex((sample) => Math.abs(sample) > 200)).toBeLessThan(0.06 * 22_050);
    }
  });

  test('gives the same bytes for the same text, whatever was spoken before', async () => {
    const hash = ({ mp3 }: Utterance) => createHash('sha256').update(mp3).digest('hex');
    const first = hash(await voice.speak('Ngày xửa ngày xưa'));
    await voice.speak('có một nàng công chúa');
    // espeak seeds its noise by the second.
    await setTimeout(1100);
    expect(hash(await voice.speak('Ngày xửa ngày xưa'))).toBe(first);
  });

  test('treats markup as text', async () => {
    const plain = await voice.speak('một hai');
    const marked = await voice.speak('một <break time="3s"/> hai [[h@l\'oU]] &lt; _ \u{1f47b}');
    expect(marked.words[0]?.text).toBe('một');
    expect(marked.duration).toBeLessThan(plain.duration + 5);
    const { duration } = await voice.speak('một <> [[ ]] hai — …');
    expect(duration).toBeCloseTo(plain.duration, 1);
  });

  test('speaks a long text, and many in parallel', async () => {
    const texts = ['một', 'hai', `${sentence} `.repeat(6), 'ba'];
    const durations = (await Promise.all(texts.map((text) => voice.speak(text)))).map((it) => it.duration);
    expect(durations[2]).toBeGreaterThan(20);
    expect(Math.max(durations[0] ?? 9, durations[1] ?? 9, durations[3] ?? 9)).toBeLessThan(1);
  });

  test('rejects a text with nothing to say', async () => {
    for (const text of ['', ' … — !', '🐉']) {
      await expect(voice.speak(text)).rejects.toMatchObject({
        name: 'SpeechFailed',
        message: expect.stringContaining('no letters'),
      });
    }
  });

  test('has its dialects with their variants, and no other voice', async () => {
    const { voices, has, keeps, isNarrators } = await voice.offer();
    expect(voices.every((one) => has(one) && keeps(one) && !isNarrators(one))).toBe(true);
    const named = (speaker: string) => ({ speaker, rate: 0, pitch: 0 });
    expect(['vi', 'vi+m8', 'vi-vn-x-south+croak'].map((one) => has(named(one)))).toEqual([true, true, true]);
    expect(['vi+f9', 'en+m3', 'vi-VN', 'vi+f1+f2', ''].some((one) => has(named(one)))).toBe(false);
  });

  test('starts a new process when the old one died', async () => {
    await voice.speak('một');
    const { pid } = voice.engine;
    const lost = voice.speak(sentence);
    process.kill(pid ?? 0, 'SIGKILL');
    await expect(lost).rejects.toMatchObject({ name: 'SpeechFailed' });
    expect((await voice.speak('hai')).duration).toBeGreaterThan(0.1);
    expect(voice.engine.pid).not.toBe(pid);
  });

  test('gives up on a process that does not respond', async () => {
    const hasty = new EspeakVoice({ ffmpeg, timeoutMs: 1 });
    await expect(hasty.speak(sentence)).rejects.toThrow('no audio within 0.001 s');
    await hasty.close();
  });

  test('encodes into a file, with the length in its first frame', () => {
    expect(encodeSpeechArguments(22_050, 'out.mp3').join(' ')).toMatchInlineSnapshot(
      `"-f s16le -ar 22050 -ac 1 -i pipe:0 -c:a libmp3lame -b:a 80k -threads 1 -map_metadata -1 -id3v2_version 0 -write_xing 1 -fflags +bitexact -f mp3 out.mp3"`,
    );
  });
});
