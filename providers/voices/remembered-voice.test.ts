import type { LogLine } from '../../domain/log.ts';
import type { RememberedSpeech } from '../../domain/speech.ts';
import { RememberedVoice, type SpeechMemory } from './remembered-voice.ts';
import { noOffer, type Voice } from './voice.ts';

/** A voice that counts its paid requests, and a cache that outlives it. */
function fixture(memory: Partial<SpeechMemory> = {}) {
  const kept = new Map<string, RememberedSpeech>();
  const said: string[] = [];
  const voice: Voice = {
    provider: 'azure',
    name: 'costly',
    concurrency: 4,
    longestMs: 1,
    soundOf: ({ mood } = {}) => `costly ${mood ?? ''}`,
    offer: async () => noOffer,
    speak: async (text) => {
      said.push(text);
      return { mp3: Buffer.from(`mp3 of ${text}`), duration: 1.5, words: [{ text, start: 0, end: 1.5 }] };
    },
    close: async () => undefined,
  };
  const lines: LogLine[] = [];
  const usual: SpeechMemory = {
    find: async (hash) => kept.get(hash),
    put: async (hash, speech) => void kept.set(hash, speech),
    log: (line) => void lines.push(line),
  };
  const speaker = () => new RememberedVoice(voice, { ...usual, ...memory });
  return { said, kept, lines, speaker };
}

test('pays for a sentence once, whichever job speaks it', async () => {
  const { said, speaker } = fixture();
  const first = await speaker().speak('Đi thôi!');
  const second = await speaker().speak('Đi thôi!');
  expect(second).toEqual(first);
  expect(said).toEqual(['Đi thôi!']);
});

test('requests the same sentence once when it is needed twice at the same time', async () => {
  const { said, speaker } = fixture();
  const voice = speaker();
  await Promise.all([voice.speak('Ừ.'), voice.speak('Ừ.')]);
  expect(said).toEqual(['Ừ.']);
});

test('treats another mood that sounds different as another sentence', async () => {
  const { said, speaker } = fixture();
  await speaker().speak('Ừ.', { mood: 'sad' });
  await speaker().speak('Ừ.', { mood: 'joyful' });
  expect(said.length).toBe(2);
});

test('does not cache a sentence that failed', async () => {
  const { kept, speaker, said } = fixture();
  const voice = speaker();
  const broken = new RememberedVoice(
    {
      ...voice,
      soundOf: () => 'x',
      speak: () => Promise.reject(new Error('gone')),
      offer: voice.offer,
      close: voice.close,
    } as Voice,
    { find: async () => undefined, put: async () => undefined, log: () => undefined },
  );
  await expect(broken.speak('Ừ.')).rejects.toThrow('gone');
  expect([kept.size, said.length]).toEqual([0, 0]);
});

test('speaks without the cache if it can be neither read nor written', async () => {
  const gone = () => Promise.reject(new Error('AccessDenied'));
  const { said, lines, speaker } = fixture({ find: gone, put: gone });
  expect((await speaker().speak('Ừ.')).duration).toBe(1.5);
  expect(said).toEqual(['Ừ.']);
  expect(lines).toMatchObject([
    { level: 'WARN', event: 'speech_memory_not_read', reason: 'AccessDenied' },
    { level: 'WARN', event: 'speech_memory_not_written', reason: 'AccessDenied' },
  ]);
});
