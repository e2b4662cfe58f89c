import type { Script } from '../../domain/script.ts';
import type { SegmentTiming, Speech } from '../../domain/speech.ts';
import { run, type TtsgenPorts } from './ttsgen.ts';

const scriptOf = (texts: string[]): Script => ({
  job_id: 'job-abc123',
  narrator: 'fake',
  language: 'vi',
  segments: texts.map((text, index) => ({
    index,
    kind: 'speech',
    text,
    page: 1,
    panels: ['p001-1'],
    pause_after: 0.5,
  })),
});

function world(script: Script, timeLeft = () => 900_000) {
  const stored = new Map<string, unknown>();
  const spoken: string[] = [];
  const ports: TtsgenPorts = {
    getScript: async () => script,
    findTiming: async (key) => stored.get(key) as SegmentTiming | undefined,
    putAudio: async (key, mp3) => {
      stored.set(key, mp3);
    },
    putJson: async (key, value) => {
      stored.set(key, value);
    },
    voice: {
      name: 'fake-voice',
      speak: async (text) => {
        spoken.push(text);
        return { mp3: Buffer.from(text), duration: 1.5, words: [{ text, start: 0, end: 1.5 }] };
      },
      close: async () => undefined,
    },
    markSpeaking: async () => undefined,
    markSpoken: async () => undefined,
    reportProgress: async () => undefined,
    timeLeft,
  };
  return { stored, spoken, ports };
}

test('makes one audio file a segment and a speech.json with exact durations and word times', async () => {
  const { ports, stored } = world(scriptOf(['Một.', 'Hai.']));
  expect(await run({ job_id: 'job-abc123' }, ports)).toEqual({
    job_id: 'job-abc123',
    audio_generated: true,
    segment_count: 2,
    continuation_token: null,
  });
  const speech = stored.get('jobs/job-abc123/speech.json') as Speech;
  expect(speech.duration).toBe(4);
  expect(speech.segments[1]).toEqual({
    index: 1,
    audio: 'jobs/job-abc123/speech/0001.mp3',
    duration: 1.5,
    pause_after: 0.5,
    words: [{ text: 'Hai.', start: 0, end: 1.5 }],
  });
});

test('answers a token when time is short, and nothing is synthesized twice', async () => {
  const { ports, spoken } = world(scriptOf(['Một.', 'Hai.', 'Ba.']), () => 1);
  const tokens: (string | null)[] = [];
  let token: string | null = null;
  do {
    ({ continuation_token: token } = await run({ job_id: 'job-abc123', continuation_token: token }, ports));
    tokens.push(token);
  } while (token !== null);
  expect(tokens).toEqual(['1', '2', null]);
  expect(spoken).toEqual(['Một.', 'Hai.', 'Ba.']);
});

test('a changed text is spoken again, the others are kept', async () => {
  const { ports, spoken } = world(scriptOf(['Một.', 'Hai.']));
  await run({ job_id: 'job-abc123' }, ports);
  await run({ job_id: 'job-abc123' }, { ...ports, getScript: async () => scriptOf(['Một.', 'Hai nhé.']) });
  expect(spoken).toEqual(['Một.', 'Hai.', 'Hai nhé.']);
});

test('a call that died between the audio and its timing speaks only that segment again', async () => {
  const { ports, spoken } = world(scriptOf(['Một.', 'Hai.']));
  const dying = {
    ...ports,
    putJson: async (key: string, value: SegmentTiming | Speech) => {
      if (key.endsWith('0001.json')) throw new Error('gone');
      await ports.putJson(key, value);
    },
  };
  await expect(run({ job_id: 'job-abc123' }, dying)).rejects.toThrow('gone');
  await run({ job_id: 'job-abc123' }, ports);
  expect(spoken).toEqual(['Một.', 'Hai.', 'Hai.']);
});
