import { inspect } from 'node:util';
import { ConfigurationError } from '../../../domain/errors.ts';
import { Refusal } from '../../../fakes/youtube/response.ts';
import { type FakeYouTube, startFakeYouTube } from '../../../fakes/youtube/youtube.ts';
import { type YouTubeJob, youtubeJob } from '../testing/youtube-job.ts';

let fake: FakeYouTube;
let job: YouTubeJob;
beforeEach(async () => {
  fake = await startFakeYouTube();
  job = await youtubeJob(fake);
});
afterEach(async () => {
  await fake.close();
  await job.end();
});

const failure = () =>
  job
    .machine()
    .publish(job.video)
    .then(
      () => {
        throw new Error('was published');
      },
      (error: Error) => error,
    );

describe('reports what the operator has to fix, and ends the upload', () => {
  test('uploadLimitExceeded of the channel: the day is over', async () => {
    fake.refusals.push({ call: 'videos.insert', refusal: new Refusal(400, 'uploadLimitExceeded') });
    expect(await failure()).toMatchObject({
      name: 'YouTubeQuotaError',
      message: expect.stringContaining('no more uploads for 24 hours'),
    });
    expect(fake.calls).toEqual(['channels.list', 'videos.insert']);
  });

  test('revoked consent: log in again', async () => {
    fake.oauth.revoke();
    expect(await failure()).toMatchObject({
      name: 'ChannelRefused',
      message: expect.stringContaining('run make secrets LOGIN=youtube again'),
    });
    expect(job.refusal()).toContain('run make secrets LOGIN=youtube again');
    // After a new consent the next upload opens the channel.
    await job.machine({ credentials: async () => fake.secret }).publish(job.video);
    expect(job.refusal()).toBeUndefined();
  });

  test('a refusal names the channel, unless it is the first one', async () => {
    fake.oauth.revoke();
    job.settings.channel = 'truyen-ma';
    expect(await failure()).toMatchObject({ message: expect.stringContaining('CHANNEL=truyen-ma') });
  });

  test('a YouTube channel that another channel has: no byte is sent, and it is refused by its id alone', async () => {
    const asked: unknown[] = [];
    const own = async (found: object) => {
      asked.push(found);
      return 'The channels main and truyen-ma have secrets of one YouTube channel';
    };
    const ledger = { ...job.ports.ledger, own };
    await expect(job.machine({ ledger }).publish(job.video)).rejects.toMatchObject({
      ...{ name: 'ChannelRefused', message: expect.stringContaining('one YouTube channel') },
    });
    expect(asked).toEqual([{ id: 'UCfake', title: 'Kênh thử' }]);
    expect([fake.sessions.opened, job.refusal()]).toEqual([0, undefined]);
    await job.machine().publish(job.video);
    expect(fake.channel.videos).toHaveLength(1);
  });

  test('a secret that is not set is a matter of its channel alone', async () => {
    const credentials = () => Promise.reject(new ConfigurationError('The secret is not set'));
    await expect(job.machine({ credentials }).publish(job.video)).rejects.toMatchObject({
      ...{ name: 'ChannelRefused', message: 'The secret is not set' },
    });
    expect(job.refusal()).toBe('The secret is not set');
  });

  test('a token endpoint that does not respond: by the code of the connection alone, after some attempts', async () => {
    job.settings.tokenEndpoint = 'http://127.0.0.1:1/token';
    expect(await failure()).toMatchObject({
      name: 'UploadError',
      message: 'YouTube gave no answer that can be used: the token endpoint: unreachable ECONNREFUSED',
    });
  });

  test('an OAuth client that Google does not know', async () => {
    fake.oauth.client.client_secret = 'GOCSPX-another-client-secret';
    expect(await failure()).toMatchObject({
      name: 'ChannelRefused',
      message: expect.stringContaining('does not know the OAuth client'),
    });
  });

  test.each([
    ['none', 'has no YouTube channel'],
    ['closed', 'the channel is closed or suspended'],
    ['suspended', 'the channel is closed or suspended'],
  ] as const)('channel: %s', async (state, message) => {
    fake.channel.state = state;
    expect(await failure()).toMatchObject({
      name: 'ChannelRefused',
      message: expect.stringContaining(message),
    });
    expect(fake.sessions.opened).toBe(0);
  });

  test('reports a title that YouTube rejects, and does not retry', async () => {
    job.video.metadata.title = 'a<b';
    expect(await failure()).toMatchObject({
      name: 'UploadError',
      message: expect.stringContaining('invalidTitle'),
    });
    expect(fake.calls).toEqual(['channels.list', 'videos.insert']);
  });

  test('puts no secret into an error or a log line', async () => {
    const secret = fake.secret;
    fake.sessions.faults.push('cut');
    await job.machine({ credentials: async () => secret }).publish(job.video);
    const told = [inspect(job.log, { depth: null })];
    job.saved.length = 0;
    fake.oauth.revoke();
    told.push(inspect(await failure(), { depth: null, showHidden: true }));
    fake.oauth.client.client_secret = 'GOCSPX-another-client-secret';
    told.push(inspect(await failure(), { depth: null, showHidden: true }));
    expect(told.join('\n')).not.toMatch(/1\/\/fake|GOCSPX|ya29|upload_id/);
  });
});

describe('additions to the video', () => {
  test.each([
    ['thumbnail', 'thumbnails.set'],
    ['captions', 'captions.insert'],
    ['playlist', 'playlistItems.insert'],
  ] as const)('%s: 5xx, then success', async (_, call) => {
    fake.refusals.push({ call, refusal: new Refusal(503, 'backendError') });
    expect(await job.machine().publish(job.video)).toMatchObject({ notes: [] });
    const [video] = fake.channel.videos;
    expect(fake.channel.playlists.map(({ videoIds }) => videoIds)).toEqual([[video?.id]]);
    expect(video?.captions).toHaveLength(1);
  });

  test('a failure leaves the video published with a note; the next machine retries only that', async () => {
    fake.refusals.push({
      call: 'captions.insert',
      refusal: new Refusal(403, 'forbidden', 'no captions today'),
    });
    const { url, notes } = await job.machine().publish(job.video);
    expect(notes).toEqual([expect.stringMatching(/^captions: .*no captions today/)]);
    expect(job.saved.at(-1)?.done).toEqual(['thumbnail', 'playlist']);
    fake.calls.length = 0;
    expect(await job.machine().publish(job.video)).toEqual({ url, notes: [] });
    expect(fake.calls).toEqual(['captions.insert']);
    expect(fake.channel.videos).toHaveLength(1);
  });

  test('an exhausted quota does not fail the video', async () => {
    fake.refusals.push({ call: 'thumbnails.set', refusal: new Refusal(403, 'quotaExceeded') });
    expect(await job.machine().publish(job.video)).toMatchObject({
      notes: [expect.stringContaining('quota is used up')],
    });
  });

  test('are made once, even if that was not recorded', async () => {
    const forgetful = job.machine({
      progress: {
        load: async () => job.saved.at(-1),
        save: async (state) => void job.saved.push({ ...state, done: [] }),
      },
    });
    await forgetful.publish(job.video);
    expect(await forgetful.publish(job.video)).toMatchObject({ notes: [] });
    expect(fake.channel.videos[0]?.captions).toHaveLength(1);
    expect(fake.channel.playlists.map(({ videoIds }) => videoIds.length)).toEqual([1]);
  });

  test('are left out if the settings say so', async () => {
    Object.assign(job.settings, { captions: false, playlists: false });
    await job.machine().publish(job.video);
    expect(fake.calls).toEqual(['channels.list', 'videos.insert', 'thumbnails.set']);
    expect(fake.quota.spent).toEqual({ uploads: 1, units: 51 });
  });
});
