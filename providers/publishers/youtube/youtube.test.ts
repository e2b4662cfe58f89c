import { readFile } from 'node:fs/promises';
import { Refusal } from '../../../fakes/youtube/response.ts';
import type { UploadFault } from '../../../fakes/youtube/sessions.ts';
import { type FakeYouTube, startFakeYouTube } from '../../../fakes/youtube/youtube.ts';
import { type YouTubeJob, youtubeJob } from '../testing/youtube-job.ts';
import type { YouTubePorts } from './ports.ts';

let fake: FakeYouTube;
let job: YouTubeJob;
let now: Date;
beforeEach(async () => {
  now = new Date('2026-11-23T12:00:00Z');
  fake = await startFakeYouTube({ clock: () => now });
  job = await youtubeJob(fake, { clock: () => now });
});
afterEach(async () => {
  await fake.close();
  await job.end();
});

const onlyVideo = () => {
  expect(fake.channel.videos).toHaveLength(1);
  const [video] = fake.channel.videos;
  if (!video) throw new Error('no video');
  return video;
};

describe('a published chapter', () => {
  test('has its video, thumbnail, captions and a place in the playlist of its series', async () => {
    const { url, notes } = await job.machine().publish(job.video);
    const video = onlyVideo();
    expect([url, notes]).toEqual([`https://www.youtube.com/watch?v=${video.id}`, []]);
    expect(video.content?.equals(await readFile(job.video.video))).toBe(true);
    expect(video.thumbnails.map(({ picture }) => picture.toString())).toEqual(['a picture']);
    expect(video.captions).toMatchObject([{ language: 'vi', name: '' }]);
    expect(fake.channel.playlists).toMatchObject([
      { title: 'Mèo', privacyStatus: 'private', videoIds: [video.id] },
    ]);
  });

  test('sends every property that YouTube would otherwise guess', async () => {
    await job.machine().publish(job.video);
    expect(onlyVideo()).toMatchObject({
      snippet: {
        ...{ title: 'Mèo Mun', categoryId: '1', defaultLanguage: 'vi', defaultAudioLanguage: 'vi' },
        tags: ['job-abc123', 'mèo'],
      },
      status: { privacyStatus: 'private', selfDeclaredMadeForKids: false, containsSyntheticMedia: true },
    });
    expect(onlyVideo().status).not.toHaveProperty('publishAt');
  });

  test('can be private until a scheduled time, which no other video can', async () => {
    job.settings.publishAfterHours = 6;
    await job.machine().publish(job.video);
    expect(onlyVideo().status).toMatchObject({
      ...{ privacyStatus: 'private', publishAt: '2026-11-23T18:00:00.000Z' },
    });
    job.settings.privacy = 'public';
    expect(() => job.machine()).toThrow('set youtubePrivacy to private, or youtubePublishAfterHours to 0');
  });

  test('can become public at the time of day that its series wants, after the earlier videos', async () => {
    job.settings.publishAt = { time: '19:30', timezone: 'Asia/Ho_Chi_Minh' };
    const taken = new Date('2026-11-24T12:30:00Z');
    await job.machine({ reserveTime: async (nextAfter) => nextAfter(taken) }).publish(job.video);
    expect(onlyVideo().status).toMatchObject({
      ...{ privacyStatus: 'private', publishAt: '2026-11-25T12:30:00.000Z' },
    });
    expect(job.log).toContainEqual(expect.objectContaining({ event: 'video_scheduled' }));
  });

  test.each([
    ['although its series now publishes at once', { privacy: 'public' }, '2026-11-24T12:31:00.000Z'],
    ['although it has to wait for fewer hours now', { publishAfterHours: 2 }, '2026-11-24T12:31:00.000Z'],
    ['as it does anyway', { publishAfterHours: 30 }, '2026-11-24T18:00:00.000Z'],
  ] as const)('becomes public after the scheduled ones of its series, %s', async (_, settings, publishAt) => {
    Object.assign(job.settings, settings);
    const taken = new Date('2026-11-24T12:30:00Z');
    await job.machine({ reserveTime: async (nextAfter) => nextAfter(taken) }).publish(job.video);
    expect(onlyVideo().status).toMatchObject({ privacyStatus: 'private', publishAt });
  });

  describe('after what YouTube itself has scheduled', () => {
    /** Adds a video of another job to the channel, which becomes public then. */
    const scheduled = (jobId: string, publishAt: string) =>
      fake.channel.addVideo(
        {
          snippet: { title: 'a', description: '', tags: ['mèo', jobId], categoryId: '1' },
          status: { privacyStatus: 'private', publishAt },
        },
        1,
        undefined,
      );
    const earlier = '2026-11-25T09:00:00Z';
    const ofSeries = { isOfSeries: async (id: string) => id === 'job-earlier' };

    test.each([
      ['of its series, although no time was reserved for it', undefined],
      ['of its series, although a person gave it a later time', new Date('2026-11-24T09:00:00Z')],
    ])('it becomes public after a video %s', async (_, taken) => {
      job.settings.privacy = 'public';
      scheduled('job-earlier', earlier);
      scheduled('job-other-series', '2026-12-25T09:00:00Z');
      await job
        .machine({ ...ofSeries, reserveTime: async (nextAfter) => nextAfter(taken) })
        .publish(job.video);
      expect(fake.channel.videos.at(-1)?.status).toMatchObject({
        ...{ privacyStatus: 'private', publishAt: '2026-11-25T09:01:00.000Z' },
      });
    });

    test('the times that are reserved count where they are later, as the newest video is not listed at once', async () => {
      job.settings.publishAt = { time: '19:30', timezone: 'Asia/Ho_Chi_Minh' };
      scheduled('job-earlier', earlier);
      const taken = new Date('2026-11-26T12:30:00Z');
      await job
        .machine({ ...ofSeries, reserveTime: async (nextAfter) => nextAfter(taken) })
        .publish(job.video);
      expect(fake.channel.videos.at(-1)?.status.publishAt).toBe('2026-11-27T12:30:00.000Z');
    });

    test('a video that is never made public does not ask for the others', async () => {
      scheduled('job-earlier', earlier);
      await job.machine(ofSeries).publish(job.video);
      expect(fake.calls).not.toContain('playlistItems.list');
      expect(fake.channel.videos.at(-1)?.status).not.toHaveProperty('publishAt');
    });
  });

  test('is public at once when the scheduled ones of its series are', async () => {
    job.settings.privacy = 'public';
    await job.machine({ reserveTime: async (nextAfter) => nextAfter(now) }).publish(job.video);
    expect(onlyVideo().status).toMatchObject({ privacyStatus: 'public' });
    expect(onlyVideo().status).not.toHaveProperty('publishAt');
  });

  test('leaves YouTube an hour to process it before it becomes public', async () => {
    // The day's clock shows 19:00 in Hanoi.
    job.settings.publishAt = { time: '19:59', timezone: 'Asia/Ho_Chi_Minh' };
    await job.machine().publish(job.video);
    expect(onlyVideo().status).toMatchObject({ publishAt: '2026-11-24T12:59:00.000Z' });
  });

  test.each([
    ['private', {}, 'private'],
    ['unlisted', { privacy: 'unlisted' }, 'unlisted'],
    ['public', { privacy: 'public' }, 'public'],
    ['private until an hour', { publishAt: { time: '19:30', timezone: 'Asia/Ho_Chi_Minh' } }, 'public'],
    ['private for some hours', { publishAfterHours: 3 }, 'public'],
  ] as const)('a video that is %s makes a playlist for those who can see it then', async (_, its, seenBy) => {
    Object.assign(job.settings, its);
    await job.machine().publish(job.video);
    expect(fake.channel.playlists).toMatchObject([{ title: 'Mèo', privacyStatus: seenBy }]);
  });

  test('joins the playlist that the settings name instead of its series', async () => {
    job.settings.playlist = 'Truyện đêm khuya';
    await job.machine().publish(job.video);
    expect(fake.channel.playlists.map(({ title }) => title)).toEqual(['Truyện đêm khuya']);
  });

  test('says that it made a playlist whose title is nearly that of another one', async () => {
    fake.channel.addPlaylist({ snippet: { title: 'Truyện đêm khuya' } });
    job.settings.playlist = 'Truyện đem khuya';
    // The playlist is there when the step is tried again.
    fake.refusals.push({ call: 'playlistItems.insert', refusal: new Refusal(503, 'backendError') });
    const { remarks } = await job.machine().publish(job.video);
    expect(remarks).toEqual([
      'the playlist “Truyện đem khuya” was created, although the channel has “Truyện đêm khuya”: if that is meant, set youtubePlaylist',
    ]);
  });

  test('joins the playlist of its series, wherever that is in the list', async () => {
    for (let index = 0; index < 60; index += 1)
      fake.channel.addPlaylist({ snippet: { title: `Khác ${index}` } });
    fake.channel.addPlaylist({ snippet: { title: 'Mèo' } });
    await job.machine().publish(job.video);
    expect(fake.channel.playlists).toHaveLength(61);
    expect(fake.channel.playlists.at(-1)?.videoIds).toEqual([onlyVideo().id]);
  });

  test('calls back before the last byte is sent, and is not published if the callback rejects', async () => {
    const video = { ...job.video, beforeOut: () => Promise.reject(new Error('taken away')) };
    await expect(job.machine().publish(video)).rejects.toThrow('taken away');
    expect(fake.channel.videos).toEqual([]);
    await job.machine().publish(job.video);
    onlyVideo();
  });

  test('is charged in the ledger like by YouTube', async () => {
    await job.machine().publish(job.video);
    expect(job.spent.get('2026-11-23')).toEqual(fake.quota.spent);
    expect(fake.quota.spent).toEqual({ uploads: 1, units: 552 });
  });

  test('published again is the same video, at no cost', async () => {
    const first = await job.machine().publish(job.video);
    const { calls, quota } = fake;
    const before = [calls.length, quota.spent.units];
    expect(await job.machine().publish(job.video)).toEqual(first);
    expect([calls.length, quota.spent.units]).toEqual(before);
    onlyVideo();
  });
});

describe('a Short', () => {
  const short = () => ({ ...job.video, metadata: { ...job.video.metadata, title: 'Ai đó?' } });

  test('is a second video without thumbnail, captions and playlist', async () => {
    const whole = await job.machine().publish(job.video);
    const before = fake.quota.spent.units;
    const { url } = await job.machine().publishShort(short());
    expect(url).not.toBe(whole.url);
    const [, second] = fake.channel.videos;
    expect(second).toMatchObject({
      snippet: { title: 'Ai đó?', tags: ['job-abc123-short', 'mèo'] },
      status: { privacyStatus: 'private', containsSyntheticMedia: true },
    });
    expect([second?.thumbnails, second?.captions]).toEqual([[], []]);
    expect(fake.channel.playlists[0]?.videoIds).toHaveLength(1);
    expect(fake.quota.spent).toEqual({ uploads: 2, units: before });
    expect(await job.machine().publishShort(short())).toEqual({ url });
    expect(fake.channel.videos).toHaveLength(2);
  });

  test('whose response was lost is found by its tag, and never mistaken for its video', async () => {
    const { url } = await job.machine().publish(job.video);
    await job.machine().publishShort(short());
    const uploaded = job.savedShort.pop();
    const { session: _, video_id: __, ...lost } = { session: undefined, ...uploaded };
    job.savedShort.push({ ...lost, size: 1, sent: 0, done: [], may_be_finished: true });
    expect((await job.machine().publishShort(short())).url).toContain(uploaded?.video_id);
    expect((await job.machine().publish(job.video)).url).toBe(url);
    expect(fake.channel.videos).toHaveLength(2);
  });

  test.each([
    ['with its video', { publishAfterHours: 6 }, '2026-11-23T18:00:00.000Z', '2026-11-23T18:00:00.000Z'],
    [
      'as soon as YouTube allows if its video is public',
      { publishAfterHours: 6 },
      '2026-11-23T11:59:00.000Z',
      '2026-11-23T13:00:00.000Z',
    ],
    [
      'at once if its video is public, and no schedule is set',
      { privacy: 'public' },
      '2026-11-23T11:59:00.000Z',
      undefined,
    ],
    [
      'only by a person, if the settings are private now and schedule nothing',
      { privacy: 'private' },
      '2026-11-23T11:59:00.000Z',
      undefined,
    ],
  ] as const)(
    'becomes public %s, and takes no time of its series',
    async (_, settings, ofVideo, publishAt) => {
      Object.assign(job.settings, settings);
      const machine = job.machine({
        timeOfVideo: async () => new Date(ofVideo),
        reserveTime: () => Promise.reject(new Error('a Short has no time of its own')),
      });
      await machine.publishShort(short());
      const { status } = onlyVideo();
      expect(status.publishAt).toBe(publishAt);
      expect(status.privacyStatus).toBe(publishAt ? 'private' : job.settings.privacy);
    },
  );

  test('does not take the last upload of the day', async () => {
    await job.machine().publish(job.video);
    job.settings.allowance = { uploads: 2, units: 10_000 };
    await expect(job.machine().publishShort(short())).rejects.toThrow('1 of 2 uploads are used');
    expect(fake.channel.videos).toHaveLength(1);
  });
});

describe('an upload that ends after its time of publication, when YouTube makes a video public at once', () => {
  let reserved: Date | undefined;
  const slots: Partial<YouTubePorts> = {
    async reserveTime(nextAfter) {
      if (!reserved || reserved <= now) reserved = nextAfter(reserved);
      return reserved;
    },
    timeOfVideo: async () => reserved,
  };
  beforeEach(() => {
    reserved = undefined;
  });

  /** Loses the machine of the upload, and returns after its time of publication. */
  async function interrupt(fault: UploadFault): Promise<void> {
    const lost = new AbortController();
    fake.sessions.faults.push(fault);
    const wait = async () => lost.abort(new Error('EC2 interrupts the machine'));
    await expect(job.machine({ ...slots, signal: lost.signal, wait }).publish(job.video)).rejects.toThrow(
      'EC2 interrupts the machine',
    );
    now = new Date('2026-11-23T15:00:00Z');
  }

  test('begins again, and is public at that hour on the next day', async () => {
    job.settings.publishAt = { time: '20:30', timezone: 'Asia/Ho_Chi_Minh' };
    await interrupt('cut');
    await job.machine(slots).publish(job.video);
    const { status, content } = onlyVideo();
    expect(status).toMatchObject({ privacyStatus: 'private', publishAt: '2026-11-24T13:30:00.000Z' });
    expect(content?.equals(await readFile(job.video.video))).toBe(true);
    expect(fake.sessions.opened).toBe(2);
    expect(job.log).toContainEqual(expect.objectContaining({ event: 'upload_session_late' }));
  });

  test('is not made again if YouTube has all of it', async () => {
    job.settings.publishAt = { time: '20:30', timezone: 'Asia/Ho_Chi_Minh' };
    await interrupt('answer lost');
    await job.machine(slots).publish(job.video);
    expect(onlyVideo().status).toMatchObject({
      privacyStatus: 'private',
      publishAt: '2026-11-23T13:30:00.000Z',
    });
    expect(fake.sessions.opened).toBe(1);
  });

  test('continues if only a number of hours was wanted, which are over', async () => {
    job.settings.publishAfterHours = 2;
    await interrupt('cut');
    await job.machine(slots).publish(job.video);
    expect(onlyVideo().status).toMatchObject({ privacyStatus: 'public' });
    expect(onlyVideo().status).not.toHaveProperty('publishAt');
    expect(fake.sessions.opened).toBe(1);
  });
});

describe('a lost machine', () => {
  test('in the middle of the bytes: the next one continues where they end', async () => {
    const lost = new AbortController();
    fake.sessions.faults.push('cut');
    const dying = job.machine({
      signal: lost.signal,
      wait: async () => {
        lost.abort(new Error('EC2 interrupts the machine'));
        lost.signal.throwIfAborted();
      },
    });
    await expect(dying.publish(job.video)).rejects.toThrow('EC2 interrupts the machine');
    expect(fake.channel.videos).toEqual([]);
    const sent = fake.sessions.bytesSent;

    await job.machine().publish(job.video);
    expect(onlyVideo().content?.equals(await readFile(job.video.video))).toBe(true);
    expect(fake.sessions.opened).toBe(1);
    expect(fake.sessions.bytesSent - sent).toBeLessThan(1_500_000);
  });

  test('killed between upload and record: the finished session is recognised', async () => {
    const killed = job.machine({
      progress: {
        load: async () => job.saved.at(-1),
        save: async (state) => {
          if (state.video_id) throw new Error('killed');
          job.saved.push(state);
        },
      },
    });
    await expect(killed.publish(job.video)).rejects.toThrow('killed');
    const { url } = await job.machine().publish(job.video);
    expect(url).toContain(onlyVideo().id);
    expect(fake.sessions.opened).toBe(1);
    expect(fake.quota.spent.uploads).toBe(1);
  });

  test('killed between upload and record, and the session is forgotten: the video is found and recorded', async () => {
    const killed = job.machine({
      progress: {
        load: async () => job.saved.at(-1),
        save: async (state) => {
          if (state.video_id) throw new Error('killed');
          job.saved.push(state);
        },
      },
    });
    await expect(killed.publish(job.video)).rejects.toThrow('killed');
    fake.sessions.expireAll();
    await job.machine().publish(job.video);
    onlyVideo();
    expect(job.saved.at(-1)).toMatchObject({ video_id: onlyVideo().id, done: expect.any(Array) });
    expect(job.saved.at(-1)).toMatchObject({ session: undefined });
  });

  test('uploads a video that was rendered again completely, in a new session', async () => {
    const stale = await youtubeJob(fake, { clock: () => now, size: 900_000 });
    fake.sessions.faults.push('session lost');
    const dying = stale.machine({ wait: () => Promise.reject(new Error('killed')) });
    fake.sessions.faults[0] = 'cut';
    await expect(dying.publish(stale.video)).rejects.toThrow('killed');
    job.saved.push(...stale.saved);
    await job.machine().publish(job.video);
    expect(onlyVideo().bytes).toBe(1_500_000);
    expect(fake.sessions.opened).toBe(2);
    await stale.end();
  });
});

describe('an upload that goes wrong', () => {
  test('308 with a smaller range than sent: the rest is sent again from there', async () => {
    fake.sessions.faults.push('smaller range');
    await job.machine().publish(job.video);
    expect(onlyVideo().content?.equals(await readFile(job.video.video))).toBe(true);
    expect(fake.sessions.bytesSent).toBeGreaterThan(1_500_000);
  });

  test('connection cut in the middle of a chunk: asks, and sends the rest', async () => {
    fake.sessions.faults.push('cut', 'cut');
    await job.machine().publish(job.video);
    expect(onlyVideo().content?.equals(await readFile(job.video.video))).toBe(true);
    expect(fake.sessions.opened).toBe(1);
  });

  test('5xx three times, then success: waits longer each time', async () => {
    fake.sessions.faults.push('unavailable', 'unavailable', 'unavailable');
    await job.machine().publish(job.video);
    onlyVideo();
    expect(fake.sessions.opened).toBe(1);
    expect(job.waited()).toBeGreaterThanOrEqual(500 + 1000 + 2000);
  });

  test('endless 5xx: an error that says so, and the session is kept for later', async () => {
    fake.sessions.faults.push(...Array<'unavailable'>(30).fill('unavailable'));
    await expect(job.machine().publish(job.video)).rejects.toMatchObject({
      name: 'UploadError',
      message: expect.stringContaining('makes no progress'),
    });
    fake.sessions.faults.length = 0;
    await job.machine().publish(job.video);
    onlyVideo();
    expect(fake.sessions.opened).toBe(1);
  });

  test('404 of a session: a new one, and the bytes from the start', async () => {
    fake.sessions.faults.push('session lost');
    await job.machine().publish(job.video);
    expect(onlyVideo().content?.equals(await readFile(job.video.video))).toBe(true);
    expect(fake.sessions.opened).toBe(2);
  });

  test('answer lost after the last byte: the session says that it is finished', async () => {
    fake.sessions.faults.push('answer lost');
    await job.machine().publish(job.video);
    onlyVideo();
    expect(fake.sessions.opened).toBe(1);
  });

  test('answer and session lost after the last byte: the video is found and not uploaded again', async () => {
    fake.sessions.faults.push('answer and session lost');
    const { url } = await job.machine().publish(job.video);
    expect(url).toContain(onlyVideo().id);
    expect(fake.sessions.opened).toBe(1);
  });

  test('searches again for a video that takes a while to be listed, before another is made', async () => {
    fake.sessions.faults.push('answer and session lost');
    fake.channel.unlistedLooks = 3;
    const { url } = await job.machine().publish(job.video);
    expect(url).toContain(onlyVideo().id);
    expect(fake.sessions.opened).toBe(1);
    expect(job.waited()).toBeGreaterThan(3000);
  });

  test('a session that is lost again and again ends in an error', async () => {
    fake.sessions.faults.push(...Array<'session lost'>(9).fill('session lost'));
    await expect(job.machine().publish(job.video)).rejects.toThrow('YouTube lost 3 upload sessions');
  });

  test('a video of several chunks arrives in order', async () => {
    const large = await youtubeJob(fake, { clock: () => now, size: 150 * 1024 * 1024 + 5 });
    fake.sessions.faults.push('smaller range', 'unavailable', 'cut');
    await large.machine().publish(large.video);
    expect(onlyVideo().bytes).toBe(150 * 1024 * 1024 + 5);
    expect(large.saved.filter(({ may_be_finished }) => may_be_finished).length).toBeGreaterThan(0);
    await large.end();
  });

  test('renews an access token that expires during the upload', async () => {
    fake.sessions.faults.push('cut');
    const machine = job.machine({ wait: async () => fake.oauth.expireTokens() });
    await machine.publish(job.video);
    onlyVideo();
  });
});

describe('the quota', () => {
  test('the third upload of the day: the error that ends the day, before any byte', async () => {
    fake.quota.allowance.uploads = 2;
    const { spent } = job;
    const jobs = await Promise.all(
      ['job-one', 'job-two', 'job-three'].map((jobId) =>
        youtubeJob(fake, { jobId, spent, clock: () => now }),
      ),
    );
    const [one, two, three] = jobs as [YouTubeJob, YouTubeJob, YouTubeJob];
    await one.machine().publish(one.video);
    await two.machine().publish(two.video);
    const { bytesSent } = fake.sessions;
    await expect(three.machine().publish(three.video)).rejects.toMatchObject({
      name: 'YouTubeQuotaError',
      message: 'No more videos on 2026-11-23: 2 of 2 uploads are used',
    });
    expect([fake.sessions.bytesSent, fake.sessions.opened]).toEqual([bytesSent, 2]);
    expect(three.saved).toEqual([]);

    // Midnight in Los Angeles is 08:00 UTC in winter.
    now = new Date('2026-11-24T07:59:59Z');
    await expect(three.machine().publish(three.video)).rejects.toMatchObject({ name: 'YouTubeQuotaError' });
    now = new Date('2026-11-24T08:00:00Z');
    await three.machine().publish(three.video);
    expect(fake.channel.videos).toHaveLength(3);
    await Promise.all(jobs.map(({ end }) => end()));
  });

  test('too few units for the captions: refused before any byte', async () => {
    job.spent.set('2026-11-23', { uploads: 3, units: 9500 });
    await expect(job.machine().publish(job.video)).rejects.toMatchObject({
      name: 'YouTubeQuotaError',
      message: expect.stringContaining('9500 of 10000 units'),
    });
    expect(fake.calls).toEqual([]);
  });

  test('used up by another client: quotaExceeded of YouTube also ends the day', async () => {
    fake.quota.allowance = { uploads: 0, units: 10_000 };
    await expect(job.machine().publish(job.video)).rejects.toMatchObject({ name: 'YouTubeQuotaError' });
    expect(fake.sessions.opened).toBe(0);

    // The ledger remembers it: YouTube is not asked again before its next day.
    const { length } = fake.calls;
    await expect(job.machine().publish(job.video)).rejects.toThrow('YouTube reports');
    expect(fake.calls).toHaveLength(length);
    now = new Date('2026-11-24T08:00:00Z');
    fake.quota.allowance = { uploads: 1, units: 10_000 };
    await job.machine().publish(job.video);
    onlyVideo();
  });
});
