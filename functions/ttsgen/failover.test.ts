import { jest } from '@jest/globals';
import { castKey } from '../../domain/artifacts.ts';
import type { Script } from '../../domain/script.ts';
import type { SegmentTiming, Speech } from '../../domain/speech.ts';
import { FakeAzure } from '../../fakes/voices/azure.ts';
import { FakeEdge } from '../../fakes/voices/edge.ts';
import { findFfmpeg } from '../../providers/media/find-media-binary.ts';
import { AzureVoice } from '../../providers/voices/azure.ts';
import { EdgeVoice } from '../../providers/voices/edge.ts';
import { EspeakVoice } from '../../providers/voices/espeak.ts';
import type { SpeakerList } from '../../providers/voices/microsoft-speakers.ts';
import type { Voice } from '../../providers/voices/voice.ts';
import { castInMemory } from './cast-in-memory.fixture.ts';
import { run, type TtsgenPorts } from './ttsgen.ts';

const job_id = 'job-abc123';
const texts = ['Ngày xửa ngày xưa.', 'Có 3 chú mèo con!', 'Hết truyện.'];
const script: Script = {
  job_id,
  narrator: 'fake',
  language: 'vi',
  segments: texts.map((text, index) => ({
    index,
    kind: 'speech',
    text,
    page: 1,
    panels: [],
    pause_after: 0.5,
  })),
};

let edge: FakeEdge;
let azure: FakeAzure;
let voices: Voice[];
let lists: Map<string, SpeakerList>;
beforeEach(async () => {
  const ffmpeg = await findFfmpeg(undefined);
  lists = new Map();
  edge = await FakeEdge.start({ ffmpeg });
  azure = await FakeAzure.start({ ffmpeg });
  const manner = { speaker: 'vi-VN-HoaiMyNeural', ratePercent: 0, pitchHz: 0 };
  const retry = { attempts: 3, backoffMs: 5, budgetMs: 5_000 };
  const allowed = ['vi-VN-HoaiMyNeural', 'vi-VN-NamMinhNeural', 'en-US-AndrewMultilingualNeural'];
  const cast = (service: string) => ({
    ...{ allowed, log: () => undefined, find: async () => lists.get(service) },
    put: async (list: SpeakerList) => void lists.set(service, list),
  });
  voices = [
    new EdgeVoice({ ...manner, retry, endpoint: edge.endpoint, cast: cast('edge') }),
    new AzureVoice({
      ...manner,
      retry,
      endpoint: azure.endpoint,
      key: azure.key,
      region: '',
      cast: cast('azure'),
    }),
    new EspeakVoice({ ffmpeg }),
  ];
});
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(voices.map((voice) => voice.close()));
  await edge.stop();
  await azure.stop();
});

async function speechOfJob(
  told = script,
  stored = new Map<string, unknown>(),
  over: Partial<TtsgenPorts> = {},
): Promise<Speech> {
  const ports: TtsgenPorts = {
    getScript: async () => told,
    findTiming: async (key) => stored.get(key) as SegmentTiming | undefined,
    putAudio: async () => undefined,
    putJson: async (key, value) => void stored.set(key, value),
    recordSaid: async () => undefined,
    voices,
    mixVoices: false,
    castVoices: true,
    ...castInMemory(stored),
    markSpeaking: async () => undefined,
    markSpoken: async () => undefined,
    reportProgress: async () => undefined,
    timeLeft: () => 900_000,
    log: () => undefined,
    ...over,
  };
  await run({ job_id }, ports);
  return stored.get(`jobs/${job_id}/speech.json`) as Speech;
}

const wordsOf = ({ segments }: Speech) =>
  segments.map(({ words }) => words.map(({ text }) => text).join(' '));

test('edge speaks while it is available', async () => {
  edge.faults.push({ cutAfter: 1 }, { refuse: 503 });
  const speech = await speechOfJob();
  expect(speech.voice).toMatch(/^edge /);
  expect(wordsOf(speech)).toEqual(texts);
  expect(azure.requests).toBe(0);
});

test('a permanent 403 in the middle of the video: the second service speaks all of it', async () => {
  // The first segment is spoken, then the service refuses every request.
  const opened = edge.handshakes.push.bind(edge.handshakes);
  edge.handshakes.push = (...entries) => {
    edge.lasting = { refuse: 403 };
    return opened(...entries);
  };
  const speech = await speechOfJob();
  expect(edge.spoken.length).toBe(1);
  expect(speech.voice).toMatch(/^azure /);
  expect(wordsOf(speech)).toEqual(texts);
  // Each segment is paid for once.
  expect(azure.spoken.length).toBe(texts.length);
});

/** Lan and Minh talk; the narrator begins. */
const talk: Script = {
  ...script,
  segments: ['Mưa rồi.', 'Chạy thôi!', 'Đợi với!', 'Nhanh lên!', 'Ừ.'].map((text, index) => ({
    ...{ index, kind: 'speech', text, page: 1, panels: [], pause_after: 0.5 },
    ...(index > 0 && { speaker: index % 2 === 0 ? 'Lan' : 'Minh' }),
  })),
  speakers: [
    { name: 'Lan', gender: 'female', age: 'adult', manner: 'unknown' },
    { name: 'Minh', gender: 'male', age: 'adult', manner: 'unknown' },
  ],
};

test('a service that is lost in a dialogue is replaced for everybody, and everybody is as before when it is back', async () => {
  const stored = new Map<string, unknown>();
  const before = await speechOfJob(talk, stored);
  expect(new Set(before.cast?.map(({ sound }) => sound)).size).toBe(2);
  expect(before.cast?.every(({ sound }) => sound.startsWith('edge '))).toBe(true);
  for (const key of [...stored.keys()].filter((one) => one.startsWith('jobs/'))) stored.delete(key);
  for (let i = 0; i < 3; i++) edge.faults.push({ cutAfter: 100 });
  edge.lasting = { refuse: 403 };
  const without = await speechOfJob(talk, stored);
  expect(without.voice).toMatch(/^azure /);
  expect(without.cast?.map(({ name }) => name)).toEqual(['Lan', 'Minh']);
  expect(without.cast?.every(({ sound }) => sound.startsWith('azure '))).toBe(true);
  expect(wordsOf(without)).toEqual(talk.segments.map(({ text }) => text));
  expect(azure.spoken.length).toBe(talk.segments.length);
  for (const key of [...stored.keys()].filter((one) => one.startsWith('jobs/'))) stored.delete(key);
  edge.lasting = undefined;
  expect((await speechOfJob(talk, stored)).cast).toEqual(before.cast);
});

test('a speaker that a service no longer has loses one voice and not the service', async () => {
  const stored = new Map<string, unknown>();
  const andrew = { speaker: 'en-US-AndrewMultilingualNeural', rate: 0, pitch: 0 };
  stored.set(castKey('ngo-may'), {
    ...{ manga_id: 'ngo-may', members: [{ name: 'Minh', voices: { edge: andrew } }] },
  });
  edge.gone.add(andrew.speaker);
  const speech = await speechOfJob(talk, stored);
  expect(speech.voice).toMatch(/^edge /);
  expect(edge.spoken.map(({ speaker }) => speaker)).not.toContain(andrew.speaker);
  expect(speech.cast?.find(({ name }) => name === 'Minh')?.sound).toContain('NamMinh');
});

test.each(['edge', 'azure'] as const)(
  'a speaker of %s that goes while its list is fresh, or that never was there, loses one voice and not the service',
  async (provider) => {
    const stored = new Map<string, unknown>();
    const andrew = { speaker: 'en-US-AndrewMultilingualNeural', rate: 0, pitch: 0 };
    const members = [{ name: 'Minh', voices: { edge: andrew, azure: andrew } }];
    stored.set(castKey('ngo-may'), { manga_id: 'ngo-may', members });
    const chosen = voices.filter((voice) => voice.provider === provider);
    const nobody = { speaker: 'vi-VN-NobodyNeural', rate: 0, pitch: 0 };
    const noted: (string[] | null)[] = [];
    const ports: Partial<TtsgenPorts> = {
      voices: chosen,
      seriesSettings: async () => ({ cast: { Lan: { voices: { [provider]: nobody } } } }),
      markSpoken: async (_, { voice_notes }) => void noted.push(voice_notes),
    };
    await chosen[0]?.offer();
    edge.gone.add(andrew.speaker);
    azure.gone.add(andrew.speaker);
    const speech = await speechOfJob(talk, stored, ports);
    expect(speech.voice).toMatch(new RegExp(`^${provider} `));
    expect(wordsOf(speech)).toEqual(talk.segments.map(({ text }) => text));
    const sounds = speech.cast?.map(({ sound }) => sound).join();
    expect(sounds).not.toMatch(/Andrew|Nobody/);
    expect(noted.flat().join()).toContain('Lan does not have the voice vi-VN-NobodyNeural');
    // Nothing is said twice, and the next job knows it without being refused.
    const { spoken } = provider === 'edge' ? edge : azure;
    expect(spoken).toHaveLength(talk.segments.length);
    for (const key of [...stored.keys()].filter((one) => one.startsWith('jobs/'))) stored.delete(key);
    expect((await speechOfJob(talk, stored, ports)).cast).toEqual(speech.cast);
    expect(edge.lists).toBeLessThanOrEqual(2);
  },
);

test('espeak speaks when both services are unavailable', async () => {
  edge.lasting = { refuse: 403 };
  azure.lasting = { answer: 401 };
  const speech = await speechOfJob();
  expect(speech.voice).toMatch(/^espeak /);
  expect(wordsOf(speech)).toEqual(texts);
});
