import { parseSeriesSettings } from '../../config/settings/series.ts';
import { castKey } from '../../domain/artifacts.ts';
import type { OfferedVoice, SeriesCast } from '../../domain/cast.ts';
import type { LogLine } from '../../domain/log.ts';
import type { Script } from '../../domain/script.ts';
import type { SegmentTiming, Speech } from '../../domain/speech.ts';
import { type Delivery, type Voice, VoiceUnavailable } from '../../providers/voices/voice.ts';
import { castInMemory } from './cast-in-memory.fixture.ts';
import { run, type TtsgenPorts } from './ttsgen.ts';

const input = { job_id: 'job-abc123' };
const untold = { age: 'adult', manner: 'unknown' } as const;

/** The narrator, then two who talk; what Lan does is told by the narrator. */
const script: Script = {
  job_id: 'job-abc123',
  narrator: 'fake',
  language: 'vi',
  segments: [
    { kind: 'opening' as const, text: 'Ngõ Mây.' },
    { kind: 'speech' as const, text: 'Mưa rồi!', speaker: 'Lan' },
    { kind: 'speech' as const, text: 'Chạy thôi!', speaker: 'Minh' },
    { kind: 'description' as const, text: 'Lan chạy.', speaker: 'Lan' },
    { kind: 'speech' as const, text: 'Đợi với!', speaker: 'Lan' },
  ].map((segment, index) => ({ ...segment, index, page: 1, panels: ['p001-1'], pause_after: 0.5 })),
  speakers: [
    { name: 'Lan', gender: 'female', ...untold },
    { name: 'Minh', gender: 'male', ...untold },
  ],
};

const offered: OfferedVoice[] = [
  { speaker: 'woman', gender: 'female', age: 'adult', rate: 0, pitch: 0 },
  { speaker: 'man', gender: 'male', age: 'adult', rate: 0, pitch: 0 },
];

function fixture() {
  const stored = new Map<string, unknown>();
  const lines: LogLine[] = [];
  const spoken: string[] = [];
  const voice = (provider: Voice['provider'], voices = offered): Voice => {
    const soundOf = ({ part }: Delivery = {}) => `${provider} ${part?.speaker ?? 'narrator'}`;
    return {
      ...{ provider, name: `${provider} narrator`, concurrency: 1, longestMs: 0, soundOf },
      offer: async () => ({
        voices,
        keeps: (part) => voices.some(({ speaker }) => speaker === part.speaker),
        has: ({ speaker }) => speaker !== 'nobody',
        isNarrators: ({ speaker }) => speaker === 'narrator',
      }),
      speak: async (text, delivery) => {
        spoken.push(`${soundOf(delivery)}: ${text}`);
        return { mp3: Buffer.from(text), duration: 1.5, words: [{ text, start: 0, end: 1.5 }] };
      },
      close: async () => undefined,
    };
  };
  const ports: TtsgenPorts = {
    getScript: async () => script,
    findTiming: async (key) => stored.get(key) as SegmentTiming | undefined,
    putAudio: async () => undefined,
    putJson: async (key, value) => void stored.set(key, value),
    recordSaid: async () => undefined,
    voices: [voice('edge')],
    mixVoices: false,
    castVoices: true,
    ...castInMemory(stored),
    markSpeaking: async () => undefined,
    markSpoken: async () => undefined,
    reportProgress: async () => undefined,
    timeLeft: () => 900_000,
    log: (line) => void lines.push(line),
  };
  return { stored, spoken, lines, ports, voice };
}
const speechOf = (stored: Map<string, unknown>) => stored.get('jobs/job-abc123/speech.json') as Speech;

test('characters speak in their voices; the narrator says what they do', async () => {
  const { ports, stored, spoken } = fixture();
  await run(input, ports);
  expect(spoken).toEqual([
    'edge narrator: Ngõ Mây.',
    'edge woman: Mưa rồi!',
    'edge man: Chạy thôi!',
    'edge narrator: Lan chạy.',
    'edge woman: Đợi với!',
  ]);
  expect(speechOf(stored).cast).toEqual([
    { name: 'Lan', sound: 'edge woman' },
    { name: 'Minh', sound: 'edge man' },
  ]);
});

test('a repeated step speaks nothing again, and the series keeps its voices', async () => {
  const { ports, stored, spoken, voice } = fixture();
  await run(input, ports);
  const cast = stored.get(castKey('ngo-may')) as SeriesCast;
  const reversed = voice('edge', offered.toReversed());
  await run(input, { ...ports, voices: [reversed] });
  expect(stored.get(castKey('ngo-may'))).toBe(cast);
  expect(spoken.length).toBe(script.segments.length);
  expect(cast.members.map(({ name }) => name)).toEqual(['Lan', 'Minh']);
});

test.each([true, false])('a lost provider replaces the whole cast (mixVoices: %s)', async (mixVoices) => {
  const { ports, stored, spoken, voice } = fixture();
  const edge = voice('edge');
  const failing: Voice = {
    ...edge,
    speak: async (text, delivery) => {
      if (text === 'Chạy thôi!') throw new VoiceUnavailable('403');
      return edge.speak(text, delivery);
    },
  };
  await run(input, { ...ports, mixVoices, voices: [failing, voice('azure')] });
  expect(spoken.filter((line) => line.startsWith('azure')).length).toBe(script.segments.length);
  expect(speechOf(stored)).toMatchObject({ voice: 'azure narrator', cast: [{ sound: 'azure woman' }, {}] });
});

test('without casts, or without voices for them, the narrator speaks everything', async () => {
  const { ports, stored, spoken, lines, voice } = fixture();
  await run(input, { ...ports, castVoices: false });
  expect(lines).toEqual([]);
  expect(spoken.every((line) => line.startsWith('edge narrator'))).toBe(true);
  await run(input, { ...ports, voices: [voice('edge', [])] });
  expect(spoken.length).toBe(script.segments.length);
  expect(speechOf(stored).cast).toBeUndefined();
  expect(lines).toMatchObject([{ level: 'WARN', event: 'no_voices_for_cast', characters: 2 }]);
});

test('says when two who talk with each other sound alike, because no voice is left', async () => {
  const { ports, lines, voice } = fixture();
  let marked: string[] | null = null;
  const markSpoken: TtsgenPorts['markSpoken'] = async (_, { voice_notes }) => {
    marked = voice_notes;
  };
  await run(input, { ...ports, markSpoken, voices: [voice('edge', offered.slice(0, 1))] });
  expect(marked).toEqual([
    "Minh sounds like somebody they talk with: no other voice is left, or the series' settings choose so.",
  ]);
  expect(lines).toMatchObject([{ level: 'WARN', event: 'cast_sounds_alike', characters: 'Minh' }]);
});

test('a voice that the provider has no longer is replaced, is reported, and the new one is kept', async () => {
  const { ports, spoken, lines, voice } = fixture();
  await run(input, ports);
  const other: OfferedVoice = { speaker: 'girl', gender: 'female', age: 'young', rate: 0, pitch: 0 };
  const notes: (string[] | null)[] = [];
  const changed: TtsgenPorts = {
    ...ports,
    voices: [voice('edge', [other, ...offered.slice(1)])],
    markSpoken: async (_, { voice_notes }) => void notes.push(voice_notes),
  };
  spoken.length = 0;
  await run(input, changed);
  expect(spoken).toEqual(['edge girl: Mưa rồi!', 'edge girl: Đợi với!']);
  expect(lines).toMatchObject([{ level: 'WARN', event: 'cast_voices_lost', characters: 'Lan' }]);
  await run(input, changed);
  expect([spoken.length, lines.length]).toEqual([2, 1]);
  // Also the call that ends an interrupted step says so.
  const replaced =
    "Lan has another voice than in earlier videos: woman is not offered now, or is the narrator's.";
  expect(notes).toEqual([[replaced], [replaced]]);
});

test('the cast of another series is refused, and stays as it is', async () => {
  const { ports, stored } = fixture();
  const copied: SeriesCast = { manga_id: 'another', members: [] };
  stored.set(castKey('ngo-may'), copied);
  await expect(run(input, ports)).rejects.toMatchObject({
    name: 'ArtifactInvalid',
    message: `${castKey('ngo-may')} is the cast of another, not of ngo-may; correct its manga_id or delete it`,
  });
  expect([stored.get(castKey('ngo-may')), stored.has(castKey('another'))]).toEqual([copied, false]);
});

test('a chosen speaker has the styles that the provider has for it', async () => {
  const { ports, stored, voice } = fixture();
  const styled = offered.map((one) => ({ ...one, styles: one.speaker === 'man' ? ['sad'] : [] }));
  const cast = { Lan: { voices: { edge: { speaker: 'man', pitch: 20 } } } };
  const seriesSettings = async () => parseSeriesSettings({ cast }, 'library/series/ngo-may.json');
  await run(input, { ...ports, voices: [voice('edge', styled)], seriesSettings });
  const { members } = stored.get(castKey('ngo-may')) as SeriesCast;
  const man = { speaker: 'man', rate: 0, pitch: 20, styles: ['sad'] };
  expect(members.find(({ name }) => name === 'Lan')?.voices.edge).toEqual(man);
});

test('a choice counts whatever the letters of the name; one that can be heard wrongly is a note', async () => {
  const { ports, spoken, lines } = fixture();
  const voices = (speaker: string) => ({ voices: { edge: { speaker } } });
  const noted: (string[] | null)[] = [];
  const markSpoken: TtsgenPorts['markSpoken'] = async (_, { voice_notes }) => void noted.push(voice_notes);
  const cast = { LAN: voices('nobody'), minh: voices('narrator'), Bình: voices('nobody') };
  const seriesSettings = async () => parseSeriesSettings({ cast }, 'library/series/ngo-may.json');
  await run(input, { ...ports, markSpoken, seriesSettings });
  expect(spoken.slice(1, 3)).toEqual(['edge woman: Mưa rồi!', 'edge narrator: Chạy thôi!']);
  expect(noted).toEqual([
    [
      "Lan does not have the voice nobody that the series' settings choose: edge has no such voice for Vietnamese.",
      "Minh sounds like the narrator: the series' settings choose so.",
    ],
  ]);
  expect(lines).toMatchObject([{ level: 'WARN', event: 'chosen_voices_missing', characters: 'Lan' }]);
});

test('a chosen voice of a service that the stage does not have is a note', async () => {
  const { ports } = fixture();
  const noted: (string[] | null)[] = [];
  const markSpoken: TtsgenPorts['markSpoken'] = async (_, { voice_notes }) => void noted.push(voice_notes);
  const cast = { Lan: { voices: { azure: { speaker: 'woman' } } }, Minh: { age: 'old', voices: {} } };
  const seriesSettings = async () => parseSeriesSettings({ cast }, 'library/series/ngo-may.json');
  await run(input, { ...ports, markSpoken, seriesSettings });
  expect(noted).toEqual([
    ["Lan has a usual voice: the series' settings choose one of azure only, and this stage has edge."],
  ]);
});

test('the settings of the series choose a voice, or what a voice has to fit', async () => {
  const { ports, spoken } = fixture();
  const file = 'library/series/ngo-may.json';
  const cast = { Lan: { gender: 'male' }, Minh: { voices: { edge: { speaker: 'robot', pitch: -20 } } } };
  await run(input, { ...ports, seriesSettings: async () => parseSeriesSettings({ cast }, file) });
  expect(spoken.slice(1, 3)).toEqual(['edge man: Mưa rồi!', 'edge robot: Chạy thôi!']);
  expect(() => parseSeriesSettings({ cast: { Lan: { sex: 'female' } } }, file)).toThrow(
    /library\/series\/ngo-may\.json can't be used: cast\.Lan\.sex: unknown setting/,
  );
});
