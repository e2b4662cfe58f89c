import { FakeAzure } from '../../fakes/voices/azure.ts';
import { findFfmpeg } from '../media/find-media-binary.ts';
import { AzureVoice } from './azure.ts';
import { createVoice } from './index.ts';

let ffmpeg: string;
let fake: FakeAzure;
let voice: AzureVoice;
const manner = { speaker: 'vi-VN-HoaiMyNeural', ratePercent: 0, pitchHz: 0 };
const retry = { attempts: 3, backoffMs: 5, budgetMs: 3_000 };

beforeAll(async () => {
  ffmpeg = await findFfmpeg(undefined);
});
beforeEach(async () => {
  fake = await FakeAzure.start({ ffmpeg });
  const { endpoint, key } = fake;
  voice = new AzureVoice({
    ...manner,
    endpoint,
    key,
    region: 'nowhere',
    timeoutMs: 500,
    retry,
  });
});
afterEach(async () => {
  await voice.close();
  await fake.stop();
});

const sentence = 'Hôm nay, trời đẹp 25°C. Ta đi thôi!';

describe('the azure voice', () => {
  test('needs a key and a region, and says how to set them', async () => {
    const noFfmpeg = () => Promise.reject(new Error('azure needs no FFmpeg'));
    await expect(createVoice('azure', { ffmpeg: noFfmpeg })).rejects.toThrow('store both as the secret');
    const azure = async () => ({ key: 'k', region: 'southeastasia' });
    expect((await createVoice('azure', { ffmpeg: noFfmpeg, azure })).name).toBe(
      'azure vi-VN-HoaiMyNeural rate 0 pitch 0 v4',
    );
  });

  test('speaks, and gives every word its share of the audio', async () => {
    const { words, duration, mp3 } = await voice.speak(sentence);
    expect(mp3.length).toBeGreaterThan(10_000);
    expect(words.map(({ text }) => text).join(' ')).toBe(sentence);
    let before = 0;
    for (const { start, end } of words) {
      expect(start).toBeGreaterThanOrEqual(before);
      expect(end).toBeGreaterThan(start);
      before = end;
    }
    expect(before).toBeLessThanOrEqual(duration);
    expect(fake.spoken[0]?.text).toBe('Hôm nay, trời đẹp hai mươi lăm độ xê. Ta đi thôi!');
  });

  test.each([
    'cut',
    'no answer',
    'empty',
    { answer: 429, retryAfter: 0 },
    { answer: 502 },
    { answer: 503 },
  ] as const)('%j, then success', async (fault) => {
    fake.faults.push(fault);
    expect((await voice.speak(sentence)).duration).toBeGreaterThan(2);
    expect(fake.requests).toBe(2);
  });

  test('an exhausted quota makes the voice unavailable and does not blame the text', async () => {
    fake.lasting = { answer: 429, retryAfter: 60 };
    await expect(voice.speak(sentence)).rejects.toMatchObject({ name: 'VoiceUnavailable' });
    expect(fake.requests).toBe(1);
  });

  test('reports a rejected key without repeating it', async () => {
    const wrong = new AzureVoice({
      ...manner,
      endpoint: fake.endpoint,
      key: 'wrong-key-123',
      region: '',
    });
    const error = await wrong.speak(sentence).catch((error: Error) => error);
    expect(error).toMatchObject({
      name: 'VoiceUnavailable',
      message: expect.stringContaining('rejects the key'),
    });
    expect(JSON.stringify([error, String(error), (error as Error).stack])).not.toContain('wrong-key');
    expect(fake.requests).toBe(1);
  });

  test('reports a rejected request as an error of its text', async () => {
    fake.faults.push({ answer: 400 });
    await expect(voice.speak(sentence)).rejects.toMatchObject({ name: 'SpeechFailed' });
  });
});
