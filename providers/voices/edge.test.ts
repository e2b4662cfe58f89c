import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type EdgeFault, FakeEdge, type FakeEdgeOptions } from '../../fakes/voices/edge.ts';
import { findFfmpeg } from '../media/find-media-binary.ts';
import { runFfmpeg } from '../media/run-ffmpeg.ts';
import { type EdgeSettings, EdgeVoice } from './edge.ts';
import { securityToken } from './edge-token.ts';
import { createVoice } from './index.ts';
import type { Utterance } from './voice.ts';

let ffmpeg: string;
beforeAll(async () => {
  ffmpeg = await findFfmpeg(undefined);
});

const manner = { speaker: 'vi-VN-HoaiMyNeural', ratePercent: 0, pitchHz: 0 };
const sentence = 'Hôm nay, cô phù thủy chuẩn bị một lọ thuốc bay mới. Lần này nhất định thành công!';

/** Runs a test with a fake and a voice that uses it, and closes both. */
async function withEdge(
  options: { fake?: Partial<FakeEdgeOptions>; voice?: Partial<EdgeSettings>; faults?: EdgeFault[] },
  use: (voice: EdgeVoice, fake: FakeEdge) => Promise<void>,
): Promise<void> {
  const fake = await FakeEdge.start({ ffmpeg, ...options.fake });
  fake.faults.push(...(options.faults ?? []));
  const retry = { attempts: 4, backoffMs: 5, budgetMs: 5_000 };
  const voice = new EdgeVoice({ ...manner, endpoint: fake.endpoint, retry, ...options.voice });
  try {
    await use(voice, fake);
  } finally {
    await voice.close();
    await fake.stop();
  }
}

async function samplesOf({ mp3 }: Utterance): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'edge-test-'));
  await writeFile(join(folder, 'in.mp3'), mp3);
  await runFfmpeg(['-i', join(folder, 'in.mp3'), '-f', 's16le', join(folder, 'out.pcm')], {
    binary: ffmpeg,
    timeoutMs: 20_000,
  });
  const bytes = await readFile(join(folder, 'out.pcm'));
  await rm(folder, { recursive: true });
  return bytes.length / 2;
}

/** Checks a complete utterance of `sentence`: nothing is cut, whatever happened before. */
async function expectWhole(utterance: Utterance): Promise<void> {
  expect(utterance.words.map(({ text }) => text).join(' ')).toBe(sentence);
  expect(utterance.words.at(-1)?.end).toBeGreaterThan(utterance.duration - 0.15);
  expect((await samplesOf(utterance)) / 24_000).toBe(utterance.duration);
}

describe('the edge voice', () => {
  test('is the voice called edge in the configuration, and its name says how it speaks', async () => {
    const noFfmpeg = () => Promise.reject(new Error('edge needs no FFmpeg'));
    const settings = { ffmpeg: noFfmpeg, speaker: 'vi-VN-NamMinhNeural', ratePercent: 10, pitchHz: -5 };
    expect((await createVoice('edge', settings)).name).toBe('edge vi-VN-NamMinhNeural rate 10 pitch -5 v4');
  });

  test('speaks each mood in its manner, and other moods as usual', () => {
    const moods = { sad: { ratePercent: -10 }, angry: { speaker: 'vi-VN-NamMinhNeural', pitchHz: 4 } };
    return withEdge({ voice: { moods, ratePercent: 5 } }, async (voice, fake) => {
      await voice.speak('một', { mood: 'sad' });
      await voice.speak('hai', { mood: 'angry' });
      await voice.speak('ba', { mood: 'joyful' });
      expect(fake.spoken).toMatchObject([
        { speaker: 'vi-VN-HoaiMyNeural', rate: '-10%', pitch: '+0Hz' },
        { speaker: 'vi-VN-NamMinhNeural', rate: '+5%', pitch: '+4Hz' },
        { speaker: 'vi-VN-HoaiMyNeural', rate: '+5%', pitch: '+0Hz' },
      ]);
      expect(voice.soundOf({ mood: 'sad' })).not.toBe(voice.soundOf({ mood: 'neutral' }));
      expect(voice.soundOf({ mood: 'joyful' })).toBe(voice.name);
    });
  });

  test('reports the duration of the decoded audio, to the sample, without the silence around it', () =>
    withEdge({}, async (voice) => {
      const utterance = await voice.speak(sentence);
      await expectWhole(utterance);
      expect(utterance.words[0]?.start).toBeLessThan(0.06);
    }));

  test('times the words of the text by the boundaries of their spoken form', () =>
    withEdge({}, async (voice) => {
      const { words, duration } = await voice.speak('Giá 1.500đ — rẻ 😀 thật!');
      expect(words.map(({ text }) => text)).toEqual(['Giá', '1.500đ —', 'rẻ 😀', 'thật!']);
      let before = 0;
      for (const { start, end } of words) {
        expect(start).toBeGreaterThanOrEqual(before);
        expect(end).toBeGreaterThan(start);
        before = end;
      }
      expect(before).toBeLessThanOrEqual(duration);
      // The second word is spoken as five.
      const [first, second] = words.map(({ start, end }) => end - start);
      expect(second ?? 0).toBeGreaterThan(4 * (first ?? 1));
    }));

  test('passes rate, pitch and speaker on, and the text as text', () =>
    withEdge(
      { voice: { speaker: 'vi-VN-NamMinhNeural', ratePercent: 12, pitchHz: -3 } },
      async (voice, fake) => {
        await voice.speak('Tom & "Jerry" </prosody><break/> d\'or');
        expect(fake.spoken[0]).toMatchObject({ speaker: 'vi-VN-NamMinhNeural', rate: '+12%', pitch: '-3Hz' });
        expect(fake.spoken[0]?.raw).not.toMatch(/[<>"']/);
        expect(fake.spoken[0]?.text).toContain('Tom và "Jerry"');
      },
    ));

  test('makes the same token as other clients', () => {
    // The same five minutes give the same token, the next ones another.
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(securityToken(now)).toMatch(/^[0-9A-F]{64}$/);
    expect(securityToken(now + 299_999)).toBe(securityToken(now));
    expect(securityToken(now + 300_000)).not.toBe(securityToken(now));
  });

  test('never has more utterances in progress than allowed', () =>
    withEdge({ voice: { concurrency: 3 }, fake: { latencyMs: 20, maxParallel: 3 } }, async (voice, fake) => {
      await Promise.all(Array.from({ length: 9 }, (_, n) => voice.speak(`câu số ${n}`)));
      expect(fake.mostParallel).toBe(3);
      expect(fake.handshakes.filter(({ status }) => status === 429)).toEqual([]);
    }));

  test('rejects a text with nothing to say, without a request', () =>
    withEdge({}, async (voice, fake) => {
      await expect(voice.speak(' … 🐉 — ')).rejects.toMatchObject({ name: 'SpeechFailed' });
      expect(fake.handshakes).toEqual([]);
    }));
});

describe('faults of the service', () => {
  test('connection cut in the middle of the audio: requests it again, completely', () =>
    withEdge({ faults: [{ cutAfter: 2 }, { cutAfter: 0 }] }, async (voice, fake) => {
      await expectWhole(await voice.speak(sentence));
      expect(fake.handshakes.length).toBe(3);
    }));

  test('connection cut in the middle of the audio every time: an error, never truncated audio', () =>
    withEdge({}, async (voice, fake) => {
      fake.lasting = { cutAfter: 2 };
      await expect(voice.speak(sentence)).rejects.toMatchObject({
        name: 'VoiceUnavailable',
        message: expect.stringContaining('connection was cut'),
      });
      expect(fake.handshakes.length).toBe(4);
    }));

  test.each([-20, 20])(
    'clock %i minutes off: the server’s Date corrects it, once for all later requests',
    (minutes) =>
      withEdge({ voice: { clock: () => Date.now() + minutes * 60_000 } }, async (voice, fake) => {
        await expectWhole(await voice.speak(sentence));
        await voice.speak('một');
        expect(fake.handshakes.map(({ status }) => status)).toEqual([403, 101, 101]);
      }),
  );

  test('permanent 403: one more attempt, then an error that says what to do', () =>
    withEdge({}, async (voice, fake) => {
      fake.lasting = { refuse: 403 };
      await expect(voice.speak(sentence)).rejects.toMatchObject({
        name: 'VoiceUnavailable',
        message: expect.stringMatching(/403.*Set `voice` to another/),
      });
      expect(fake.handshakes.length).toBe(2);
    }));

  test('fails on a 403 without a Date', () =>
    withEdge({}, async (voice, fake) => {
      fake.lasting = { refuse: 403, headers: { Date: 'yesterday' } };
      await expect(voice.speak(sentence)).rejects.toMatchObject({ name: 'VoiceUnavailable' });
    }));

  test('a series of 429: every utterance waits as long as the service asks', () =>
    withEdge({ faults: [{ refuse: 429, headers: { 'Retry-After': '1' } }] }, async (voice, fake) => {
      const started = performance.now();
      await voice.speak('một');
      expect(performance.now() - started).toBeGreaterThan(950);
      expect(fake.handshakes.map(({ status }) => status)).toEqual([429, 101]);
    }));

  test('an endless series of 429: an error within the time limit', () =>
    withEdge({ voice: { retry: { attempts: 9, backoffMs: 50, budgetMs: 600 } } }, async (voice, fake) => {
      fake.lasting = { refuse: 429 };
      await expect(voice.speak('một')).rejects.toThrow('429');
      expect(fake.handshakes.length).toBeLessThan(9);
    }));

  test('5xx, then success', () =>
    withEdge({ faults: [{ refuse: 503 }, { refuse: 500 }] }, async (voice) => {
      await expectWhole(await voice.speak(sentence));
    }));

  test('ends each attempt that stays silent', () =>
    withEdge({ faults: ['no answer'], voice: { timeoutMs: 300 } }, async (voice) => {
      await expectWhole(await voice.speak(sentence));
    }));

  test('fails within the time limit when the service stays silent', () =>
    withEdge(
      { voice: { timeoutMs: 200, retry: { attempts: 2, backoffMs: 5, budgetMs: 1_000 } } },
      async (voice, fake) => {
        fake.lasting = 'no answer';
        await expect(voice.speak('một')).rejects.toThrow('no end of the audio within 0.2 s');
      },
    ));

  test.each(['no sound', 'invalid sound', 'half the sound'] as const)('%s: requests it again', (fault) =>
    withEdge({ faults: [fault] }, async (voice) => {
      await expectWhole(await voice.speak(sentence));
    }),
  );

  test('does not repeat a rejected request', () =>
    withEdge({ faults: [{ closeWith: 1007, reason: 'Unsupported voice' }] }, async (voice, fake) => {
      await expect(voice.speak('một')).rejects.toMatchObject({
        name: 'VoiceUnavailable',
        message: expect.stringContaining('Unsupported voice'),
      });
      expect(fake.handshakes.length).toBe(1);
    }));

  test('fails if nothing listens at the address', async () => {
    const retry = { attempts: 2, backoffMs: 5, budgetMs: 1_000 };
    const voice = new EdgeVoice({ ...manner, endpoint: 'ws://127.0.0.1:9/edge', retry });
    await expect(voice.speak('một')).rejects.toMatchObject({ name: 'VoiceUnavailable' });
  });

  test('closing ends utterances in progress', () =>
    withEdge({}, async (voice, fake) => {
      fake.lasting = 'no answer';
      const waiting = expect(voice.speak('một')).rejects.toThrow('closed');
      await voice.close();
      await waiting;
    }));

  test('closing ends a pause between attempts', () =>
    withEdge(
      { voice: { retry: { attempts: 2, backoffMs: 60_000, budgetMs: 600_000 } } },
      async (voice, fake) => {
        fake.lasting = { refuse: 503 };
        const waiting = expect(voice.speak('một')).rejects.toThrow('closed');
        await setTimeout(100);
        await voice.close();
        await waiting;
      },
    ));
});
