import { seriesSettingsKey } from '../domain/artifacts.ts';
import { type heldChapters, startWithHeldChapters } from './testing/held-chapters.ts';
import type { LightPipeline } from './testing/light-pipeline.ts';

/** Hours of publication on the real flow and uploader: two channels, several series, and a YouTube that says when each video becomes public. */
let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
let page: Buffer;
const limit = 600_000;
const hourMs = 3_600_000;
const vietnam = 'Asia/Ho_Chi_Minh';
const losAngeles = 'America/Los_Angeles';

beforeAll(async () => {
  const settings = {
    ...{ youtubeCaptions: false, youtubePublishAt: '19:30' },
    channels: {
      cuoi: { dailyQuota: 20, youtubePublishAt: '08:00', youtubePublishTimezone: losAngeles },
    },
  };
  ({ pipeline, held, page } = await startWithHeldChapters({ settings }, ['youtube']));
  pipeline.secrets['manga-pipeline/youtube/cuoi'] = JSON.stringify(youtube().secretOf('cuoi'));
  await setSeries('cuoi', { channel: 'cuoi' });
}, 120_000);
afterAll(() => pipeline?.close());

function youtube() {
  if (!pipeline.youtube) throw new Error('There is no YouTube');
  return pipeline.youtube;
}
const setSeries = (series: string, settings: object) =>
  held.access.s3('PUT', seriesSettingsKey(series), '', JSON.stringify(settings));
const now = () => pipeline.cloud.clock.now();

async function day(...chapters: string[]): Promise<void> {
  for (const chapter of chapters) pipeline.write(`chapters/${chapter}/001.jpg`, page);
  expect(await pipeline.end(await pipeline.start())).toMatchObject({ status: 'SUCCEEDED' });
}

async function videoOf(chapter: string) {
  const { job_id, channel = 'main' } = await held.jobOf(chapter);
  const video = youtube()
    .channelNamed(channel)
    .videos.find(({ snippet }) => snippet.tags.includes(job_id));
  if (!video) throw new Error(`YouTube has no video of ${chapter}`);
  return video;
}

/** Returns when viewers can see the video of a chapter, in ms, as YouTube has it. */
async function publicAt(chapter: string): Promise<number> {
  const { privacyStatus, publishAt } = (await videoOf(chapter)).status;
  if (publishAt === undefined) return privacyStatus === 'public' ? 0 : Number.POSITIVE_INFINITY;
  expect(privacyStatus).toBe('private');
  return Date.parse(publishAt);
}
const clockAt = (instant: number, timeZone: string) =>
  new Date(instant).toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
/** Returns the clock in a zone in some hours, `HH:MM`. */
const clockIn = (hours: number, timeZone: string) => clockAt(now() + hours * hourMs, timeZone);

test(
  'each series has the hour of its channel, in the time zone of that, and one video a day in the order of its chapters',
  async () => {
    await setSeries('binh', { youtubePublishAt: clockIn(3, vietnam) });
    // A time that is past, or nearly, is that of the next day.
    await setSeries('past', { youtubePublishAt: clockIn(-0.1, vietnam) });
    const began = now();
    await day('an/1', 'an/2', 'an/3', 'binh/1', 'past/1', 'cuoi/1', 'cuoi/2');
    const [first, second, third] = await Promise.all(['an/1', 'an/2', 'an/3'].map(publicAt));
    expect(clockAt(Number(first), vietnam)).toBe('19:30');
    expect(Number(first)).toBeGreaterThan(began + hourMs);
    expect(Number(first)).toBeLessThan(began + 26 * hourMs);
    expect([Number(second) - Number(first), Number(third) - Number(second)]).toEqual([
      24 * hourMs,
      24 * hourMs,
    ]);
    expect(Math.round(((await publicAt('binh/1')) - began) / hourMs)).toBe(3);
    expect(Math.round(((await publicAt('past/1')) - began) / hourMs)).toBe(24);
    for (const chapter of ['cuoi/1', 'cuoi/2'])
      expect(clockAt(await publicAt(chapter), losAngeles)).toBe('08:00');
    expect(await publicAt('cuoi/2')).toBeGreaterThan(await publicAt('cuoi/1'));
    expect((await held.jobOf('an/3')).publish_at).toBe(new Date(Number(third)).toISOString());
  },
  limit,
);

test(
  'no chapter is public before an earlier one of its series, when the hour changes or is taken away',
  async () => {
    await setSeries('an', { youtubePublishAt: clockIn(2, vietnam) });
    await day('an/4');
    expect(await publicAt('an/4')).toBeGreaterThan(await publicAt('an/3'));
    await setSeries('an', { youtubePrivacy: 'public' });
    await day('an/5');
    expect(await publicAt('an/5')).toBe((await publicAt('an/4')) + 60_000);
    await setSeries('an', { youtubePublishAfterHours: 2 });
    await day('an/6');
    expect(await publicAt('an/6')).toBe((await publicAt('an/5')) + 60_000);
    // Once all of them are out, none has to wait.
    await pipeline.jump('144h');
    await setSeries('an', { youtubePrivacy: 'public' });
    await day('an/7');
    expect(await publicAt('an/7')).toBe(0);
  },
  limit,
);

test(
  'a chapter that was held keeps its place before the later ones',
  async () => {
    await day('giu/1-doubtful', 'giu/2');
    await pipeline.jump('30h');
    await pipeline.end(await held.decide(await held.jobOf('giu/1-doubtful'), { verdict: 'approve' }));
    await day();
    expect(await publicAt('giu/2')).toBe((await publicAt('giu/1-doubtful')) + 24 * hourMs);
  },
  limit,
);

test(
  'the next chapter is public after one that got a later time in YouTube Studio',
  async () => {
    await day('hoan/1');
    const moved = now() + 240 * hourMs;
    (await videoOf('hoan/1')).status.publishAt = new Date(moved).toISOString();
    await day('hoan/2');
    expect(await publicAt('hoan/2')).toBeGreaterThan(moved);
    expect(clockAt(await publicAt('hoan/2'), vietnam)).toBe('19:30');
  },
  limit,
);

test(
  'of a series that moves to another channel, a held chapter stays on the old one, and the next is public after it on the new one',
  async () => {
    await day('doi/1-doubtful');
    await setSeries('doi', { channel: 'cuoi' });
    await pipeline.end(await held.decide(await held.jobOf('doi/1-doubtful'), { verdict: 'approve' }));
    await day('doi/2');
    expect((await held.jobOf('doi/1-doubtful')).channel).toBeUndefined();
    expect((await held.jobOf('doi/2')).channel).toBe('cuoi');
    expect(await publicAt('doi/2')).toBeGreaterThan(await publicAt('doi/1-doubtful'));
    expect(clockAt(await publicAt('doi/2'), losAngeles)).toBe('08:00');
  },
  limit,
);

/** Returns the hours until the offset of a zone from UTC changes next. */
function hoursToChange(timeZone: string): number {
  const offsetAt = (instant: number) =>
    new Date(instant).toLocaleString('en-US', { timeZone, timeZoneName: 'longOffset' }).split(' ').at(-1);
  for (let hours = 1; ; hours += 1) if (offsetAt(now() + hours * hourMs) !== offsetAt(now())) return hours;
}

test(
  'the hour stays that of the clocks when they change',
  async () => {
    await pipeline.jump(`${hoursToChange(losAngeles) - 44}h`);
    await day('cuoi/3', 'cuoi/4', 'cuoi/5');
    const times = await Promise.all(['cuoi/3', 'cuoi/4', 'cuoi/5'].map(publicAt));
    expect(times.map((time) => clockAt(time, losAngeles))).toEqual(['08:00', '08:00', '08:00']);
    const hours = times.slice(1).map((time, index) => (time - Number(times[index])) / hourMs);
    expect(hours.filter((one) => one !== 24)).toHaveLength(1);
  },
  limit,
);
