import type { PartVoice } from '../../domain/cast.ts';
import type { LogLine } from '../../domain/log.ts';
import { FakeAzure } from '../../fakes/voices/azure.ts';
import { FakeEdge } from '../../fakes/voices/edge.ts';
import { findFfmpeg } from '../media/find-media-binary.ts';
import { AzureVoice } from './azure.ts';
import { EdgeVoice } from './edge.ts';
import { type CastSettings, parseSpeakers, type SpeakerList } from './microsoft-speakers.ts';

const manner = { speaker: 'vi-VN-HoaiMyNeural', ratePercent: 0, pitchHz: 0 };
const own = ['vi-VN-HoaiMyNeural', 'vi-VN-NamMinhNeural'];
const andrew = 'en-US-AndrewMultilingualNeural';

let edge: FakeEdge;
let azure: FakeAzure;
beforeEach(async () => {
  const ffmpeg = await findFfmpeg(undefined);
  edge = await FakeEdge.start({ ffmpeg });
  azure = await FakeAzure.start({ ffmpeg });
});
afterEach(async () => {
  await edge.stop();
  await azure.stop();
});

function fixture(allowed: string[]) {
  const lines: LogLine[] = [];
  let cached: SpeakerList | undefined;
  const cast: CastSettings = {
    allowed,
    find: async () => cached,
    put: async (list) => {
      cached = list;
    },
    log: (line) => void lines.push(line),
  };
  const retry = { attempts: 1, backoffMs: 5, budgetMs: 5_000 };
  return {
    lines,
    age: (ms: number) => {
      if (cached) cached = { ...cached, listed_at: cached.listed_at - ms };
    },
    edgeVoice: () => new EdgeVoice({ ...manner, retry, endpoint: edge.endpoint, cast }),
    azureVoice: () =>
      new AzureVoice({ ...manner, retry, endpoint: azure.endpoint, key: azure.key, region: '', cast }),
  };
}
const namesOf = (voices: readonly PartVoice[]) => [...new Set(voices.map(({ speaker }) => speaker))].sort();

test('offers the two Vietnamese speakers at several pitches without asking, and never the narrator', async () => {
  const voices = (await fixture(own).edgeVoice().offer()).voices;
  expect(namesOf(voices)).toEqual(own);
  expect(voices).not.toContainEqual(expect.objectContaining({ speaker: 'vi-VN-HoaiMyNeural', pitch: 0 }));
  expect(new Set(voices.map(({ speaker, pitch }) => `${speaker} ${pitch}`)).size).toBe(voices.length);
  expect(edge.lists).toBe(0);
});

test('a voice that the narrator has in a mood is not offered, and cannot be kept', async () => {
  const moods = { angry: { speaker: 'vi-VN-NamMinhNeural' }, sad: { ratePercent: -10 } };
  const cast = {
    allowed: own,
    find: async () => undefined,
    put: async () => undefined,
    log: () => undefined,
  };
  const voice = new EdgeVoice({ ...manner, moods, endpoint: edge.endpoint, cast });
  const { voices, keeps, isNarrators } = await voice.offer();
  const angry = { speaker: 'vi-VN-NamMinhNeural', rate: 0, pitch: 0 };
  expect(namesOf(voices)).toEqual(own);
  expect(voices.some(isNarrators)).toBe(false);
  expect([keeps(angry), isNarrators(angry), keeps({ ...angry, pitch: 15 })]).toEqual([false, true, true]);
});

test('asks the service for a speaker that is chosen for a character, who perhaps cannot speak Vietnamese', async () => {
  const { edgeVoice } = fixture(own);
  const part = (speaker: string) => ({ speaker, rate: 0, pitch: 0 });
  const { has } = await edgeVoice().offer({ chosen: ['en-US-GuyNeural', andrew] });
  expect(edge.lists).toBe(1);
  expect([part('en-US-GuyNeural'), part(andrew), part('vi-VN-NamMinhNeural')].map(has)).toEqual([
    false,
    true,
    true,
  ]);
  await edgeVoice().offer({ chosen: own });
  expect(edge.lists).toBe(1);
});

test('asks the service once a week for other speakers', async () => {
  const { edgeVoice, age, lines } = fixture([...own, andrew]);
  expect(namesOf((await edgeVoice().offer()).voices)).toContain(andrew);
  await edgeVoice().offer();
  expect(edge.lists).toBe(1);
  age(8 * 24 * 3600_000);
  await edgeVoice().offer();
  expect([edge.lists, lines]).toEqual([2, []]);
});

test('leaves out a speaker that the service lacks, or that can’t speak Vietnamese, and says so', async () => {
  const { edgeVoice, lines } = fixture([...own, 'en-US-GuyNeural', 'en-US-NobodyMultilingualNeural']);
  expect(namesOf((await edgeVoice().offer()).voices)).toEqual(own);
  expect(lines).toMatchObject([
    { level: 'WARN', event: 'speakers_missing', speakers: 'en-US-GuyNeural, en-US-NobodyMultilingualNeural' },
  ]);
});

test('works with an old list, or the Vietnamese speakers, while the service refuses the list', async () => {
  const { edgeVoice, age, lines } = fixture([...own, andrew]);
  edge.listStatus = 503;
  expect(namesOf((await edgeVoice().offer()).voices)).toEqual(own);
  edge.listStatus = undefined;
  await edgeVoice().offer();
  age(8 * 24 * 3600_000);
  edge.listStatus = 403;
  expect(namesOf((await edgeVoice().offer()).voices)).toContain(andrew);
  expect(lines.map(({ event }) => event)).toEqual([
    'speakers_not_listed',
    'speakers_missing',
    'speakers_not_listed',
  ]);
});

test('a character keeps a speaker that no list says is gone, and never the narrator’s voice', async () => {
  const part = { speaker: andrew, rate: 0, pitch: 0 };
  const { edgeVoice, age } = fixture([...own, andrew]);
  edge.listStatus = 503;
  expect((await edgeVoice().offer()).keeps(part)).toBe(true);
  edge.listStatus = undefined;
  expect((await edgeVoice().offer()).keeps(part)).toBe(true);
  edge.gone.add(andrew);
  age(8 * 24 * 3600_000);
  const { keeps, voices } = await edgeVoice().offer();
  expect([keeps(part), namesOf(voices)]).toEqual([false, own]);
  expect((await fixture(own).edgeVoice().offer()).keeps(part)).toBe(false);
  expect([-25, 0, 8].map((pitch) => keeps({ speaker: manner.speaker, rate: 0, pitch }))).toEqual([
    ...[true, false, false],
  ]);
});

test('Azure’s list says which languages a speaker has; the mood chooses a style', async () => {
  const { azureVoice } = fixture([andrew, 'en-US-JennyMultilingualNeural']);
  const voice = azureVoice();
  const [part] = (await voice.offer()).voices;
  expect(part).toMatchObject({ speaker: andrew, styles: ['empathetic', 'sad'] });
  await voice.speak('Mưa rồi.', { mood: 'sad', part });
  await voice.speak('Mưa rồi.', { mood: 'angry', part });
  expect(azure.spoken.map(({ speaker, style }) => [speaker, style])).toEqual([
    [andrew, 'sad'],
    [andrew, undefined],
  ]);
});

test('a mood changes the pace of a character by as much as the narrator’s, and not what tells characters apart', async () => {
  const moods = { angry: { speaker: 'vi-VN-NamMinhNeural', ratePercent: 10, pitchHz: 5 } };
  const voice = new EdgeVoice({ ...manner, ratePercent: 4, moods, endpoint: edge.endpoint });
  await voice.speak('một', { mood: 'angry' });
  await voice.speak('hai', { mood: 'angry', part: { speaker: andrew, rate: 3, pitch: -15 } });
  await voice.speak('ba', { part: { speaker: andrew, rate: 3, pitch: -15 } });
  expect(edge.spoken.map(({ speaker, rate, pitch }) => [speaker, rate, pitch])).toEqual([
    ['vi-VN-NamMinhNeural', '+10%', '+5Hz'],
    [andrew, '+13%', '-15Hz'],
    [andrew, '+7%', '-15Hz'],
  ]);
  await voice.close();
});

test('a list with strange elements gives the usable ones; anything else is not a list', () => {
  const good = { ShortName: 'vi-VN-HoaiMyNeural', Gender: 'Female', Locale: 'vi-VN' };
  expect(parseSpeakers([{}, null, { ...good, ShortName: "x' onload='" }, good]).length).toBe(1);
  expect(() => parseSpeakers({ error: 'no' })).toThrow();
});
