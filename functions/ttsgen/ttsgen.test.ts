import { SpeechFailed } from '../../domain/errors.ts';
import type { LogLine } from '../../domain/log.ts';
import type { Script } from '../../domain/script.ts';
import type { SegmentTiming, Speech } from '../../domain/speech.ts';
import { noOffer, type Voice, VoiceUnavailable } from '../../providers/voices/voice.ts';
import { castInMemory } from './cast-in-memory.fixture.ts';
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

function fixture(script: Script, timeLeft = () => 900_000) {
  const stored = new Map<string, unknown>();
  const lines: LogLine[] = [];
  const spoken: string[] = [];
  const said: string[] = [];
  const voice = (name: string): Voice => ({
    provider: 'espeak',
    name,
    soundOf: () => name,
    offer: async () => noOffer,
    concurrency: 1,
    longestMs: 0,
    speak: async (text) => {
      spoken.push(name === 'fake-voice' ? text : `${name}: ${text}`);
      return { mp3: Buffer.from(text), duration: 1.5, words: [{ text, start: 0, end: 1.5 }] };
    },
    close: async () => undefined,
  });
  const ports: TtsgenPorts = {
    getScript: async () => script,
    findTiming: async (key) => stored.get(key) as SegmentTiming | undefined,
    putAudio: async (key, mp3) => {
      stored.set(key, mp3);
    },
    putJson: async (key, value) => {
      stored.set(key, value);
    },
    recordSaid: async (jobId, hash) => void said.push(`${jobId} ${hash}`),
    voices: [voice('fake-voice')],
    mixVoices: false,
    castVoices: true,
    ...castInMemory(stored),
    markSpeaking: async () => undefined,
    markSpoken: async () => undefined,
    reportProgress: async () => undefined,
    timeLeft,
    log: (line) => void lines.push(line),
  };
  return { stored, spoken, said, lines, ports, voice };
}

test('the silence after the farewell lasts until authors and licence can be read', async () => {
  const script = scriptOf(['Một.', 'Hết rồi.']);
  const [first, last] = script.segments as [Script['segments'][number], Script['segments'][number]];
  const { ports, stored } = fixture({
    ...script,
    segments: [first, { ...last, kind: 'closing' }],
    synthetic_notice: { form: 'shown', text: 'Giọng đọc được tạo bằng máy.' },
  });
  const credits = Array.from({ length: 9 }, (_, index) => ({ role: 'Vẽ', name: `Họa sĩ ${index}` }));
  const chapterOf: TtsgenPorts['chapterOf'] = async () => ({
    ...{ manga_id: 'meo', number: '1', credits, licence: 'CC BY 4.0' },
  });
  await run({ job_id: 'job-abc123' }, { ...ports, chapterOf });
  const { segments, duration } = stored.get('jobs/job-abc123/speech.json') as Speech;
  expect(segments[0]?.pause_after).toBe(0.5);
  expect(segments[1]?.pause_after).toBeCloseTo(6, 1);
  expect(duration).toBeCloseTo(3 + 0.5 + (segments[1]?.pause_after ?? 0), 6);
});

test('makes one audio file per segment, and a speech.json with exact durations and word times', async () => {
  const { ports, stored } = fixture(scriptOf(['Một.', 'Hai.']));
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

test('records before it speaks what the job says, so that a takedown finds the cached speech', async () => {
  const { ports, said, stored } = fixture(scriptOf(['Một.', 'Hai.']));
  await run({ job_id: 'job-abc123' }, ports);
  const contents = [0, 1].map(
    (index) => stored.get(`jobs/job-abc123/speech/000${index}.json`) as SegmentTiming,
  );
  expect(said).toEqual(contents.map(({ content }) => `job-abc123 ${content}`));
});

test('returns a token when time is short, and synthesizes nothing twice', async () => {
  const { ports, spoken } = fixture(scriptOf(['Một.', 'Hai.', 'Ba.']), () => 1);
  const tokens: (string | null)[] = [];
  let token: string | null = null;
  do {
    ({ continuation_token: token } = await run({ job_id: 'job-abc123', continuation_token: token }, ports));
    tokens.push(token);
  } while (token !== null);
  // The last call has all its time for the thousands of checkpoints of a long video.
  expect(tokens).toEqual(['1', '2', '3', null]);
  expect(spoken).toEqual(['Một.', 'Hai.', 'Ba.']);
});

test('speaks a changed text again and keeps the others', async () => {
  const { ports, spoken } = fixture(scriptOf(['Một.', 'Hai.']));
  await run({ job_id: 'job-abc123' }, ports);
  await run({ job_id: 'job-abc123' }, { ...ports, getScript: async () => scriptOf(['Một.', 'Hai nhé.']) });
  expect(spoken).toEqual(['Một.', 'Hai.', 'Hai nhé.']);
});

test('speaks only one segment again after a call that died between audio and timing', async () => {
  const { ports, spoken } = fixture(scriptOf(['Một.', 'Hai.']));
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

describe('a voice that becomes unavailable', () => {
  const input = { job_id: 'job-abc123' };
  const speechOf = (stored: Map<string, unknown>) => stored.get('jobs/job-abc123/speech.json') as Speech;

  /** Speaks `times` times and is unavailable then. */
  function failing(voice: Voice, times: number): Voice {
    let left = times;
    return {
      ...voice,
      speak: async (text) => {
        if (left-- <= 0) throw new VoiceUnavailable('403');
        return voice.speak(text);
      },
    };
  }

  test('a permanent 403: the next voice speaks the whole video, and voices are not mixed', async () => {
    const { ports, stored, spoken, lines, voice } = fixture(scriptOf(['Một.', 'Hai.', 'Ba.']));
    const voices = [failing(voice('edge'), 1), voice('azure')];
    await run(input, { ...ports, voices });
    expect(spoken).toEqual(['edge: Một.', 'azure: Một.', 'azure: Hai.', 'azure: Ba.']);
    expect(speechOf(stored).voice).toBe('azure');
    const facts = { job_id: 'job-abc123', voice: 'edge', reason: '403' };
    expect(lines).toEqual([{ level: 'WARN', event: 'voice_unavailable', ...facts }]);
  });

  test('later calls keep the voice of the first segment, even if the preferred one is available again', async () => {
    const { ports, stored, spoken, voice } = fixture(scriptOf(['Một.', 'Hai.', 'Ba.']), () => 1);
    const first = await run(input, { ...ports, voices: [failing(voice('edge'), 0), voice('azure')] });
    expect(first.continuation_token).toBe('1');
    let token: string | null = first.continuation_token;
    while (token !== null) {
      ({ continuation_token: token } = await run(
        { ...input, continuation_token: token },
        { ...ports, voices: [voice('edge'), voice('azure')] },
      ));
    }
    expect(spoken).toEqual(['azure: Một.', 'azure: Hai.', 'azure: Ba.']);
    expect(speechOf(stored).voice).toBe('azure');
  });

  test('a failover in a later call restarts the video, also when the call died in between', async () => {
    const { ports, stored, spoken, voice } = fixture(scriptOf(['Một.', 'Hai.', 'Ba.']), () => 1);
    await run(input, { ...ports, voices: [voice('edge'), voice('azure')] });
    await run({ ...input, continuation_token: '1' }, { ...ports, voices: [voice('edge'), voice('azure')] });
    const dying: Voice = {
      ...voice('azure'),
      speak: (text) => (text === 'Một.' ? voice('azure').speak(text) : Promise.reject(new Error('gone'))),
    };
    await expect(
      run(
        { ...input, continuation_token: '2' },
        { ...ports, timeLeft: () => 900_000, voices: [failing(voice('edge'), 0), dying] },
      ),
    ).rejects.toThrow('gone');
    let token: string | null = '2';
    while (token !== null) {
      ({ continuation_token: token } = await run(
        { ...input, continuation_token: token },
        { ...ports, timeLeft: () => 900_000, voices: [voice('edge'), voice('azure')] },
      ));
    }
    expect(spoken).toEqual(['edge: Một.', 'edge: Hai.', 'azure: Một.', 'azure: Ba.', 'azure: Hai.']);
    expect(speechOf(stored).voice).toBe('azure');
  });

  test('keeps spoken segments if mixing is allowed', async () => {
    const { ports, stored, spoken, voice } = fixture(scriptOf(['Một.', 'Hai.', 'Ba.']));
    const voices = [failing(voice('edge'), 1), voice('azure')];
    await run(input, { ...ports, voices, mixVoices: true });
    expect(spoken).toEqual(['edge: Một.', 'azure: Hai.', 'azure: Ba.']);
    expect(speechOf(stored).voice).toBe('edge + azure');
  });

  test('fails with the reason of each voice when none is left', async () => {
    const { ports, voice } = fixture(scriptOf(['Một.']));
    const voices = [failing(voice('edge'), 0), failing(voice('azure'), 0)];
    await expect(run(input, { ...ports, voices })).rejects.toMatchObject({
      name: 'SpeechFailed',
      message: expect.stringMatching(/edge: 403 \| azure: 403/),
    });
  });

  test('does not change voices because of a text that can’t be spoken', async () => {
    const { ports, spoken, voice } = fixture(scriptOf(['Một.']));
    const strict: Voice = { ...voice('edge'), speak: () => Promise.reject(new SpeechFailed('no letters')) };
    await expect(run(input, { ...ports, voices: [strict, voice('azure')] })).rejects.toThrow('no letters');
    expect(spoken).toEqual([]);
  });
});

test('speaks as many segments in parallel as the voice allows', async () => {
  const { ports, stored, voice } = fixture(scriptOf(Array.from({ length: 20 }, (_, n) => `Câu ${n}.`)));
  let underWay = 0;
  let most = 0;
  const slow: Voice = {
    ...voice('slow'),
    concurrency: 4,
    speak: async (text) => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 5));
      underWay--;
      return voice('slow').speak(text);
    },
  };
  await run({ job_id: 'job-abc123' }, { ...ports, voices: [slow] });
  expect(most).toBe(4);
  const { segments } = stored.get('jobs/job-abc123/speech.json') as Speech;
  expect(segments.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, n) => n));
});

test('starts nothing that might not end in time', async () => {
  const { ports, spoken, voice } = fixture(scriptOf(['Một.', 'Hai.', 'Ba.']), () => 60_000);
  const patient: Voice = { ...voice('fake-voice'), concurrency: 2, longestMs: 60_000 };
  const answer = await run({ job_id: 'job-abc123' }, { ...ports, voices: [patient] });
  expect(answer.continuation_token).toBe('1');
  expect(spoken).toEqual(['Một.']);
});
