import { startEnvironment } from './testing/environment.ts';
import { heldChapters, startWithHeldChapters } from './testing/held-chapters.ts';
import { type LightPipeline, startLightPipeline } from './testing/light-pipeline.ts';

/** The Short of a video on the real flow, functions, tables and uploader, with a YouTube that counts every upload. */
let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
let page: Buffer;
const limit = 1_800_000;

const settings = { shorts: true, youtubeCaptions: false, dailyQuota: 40 };

beforeAll(async () => {
  ({ pipeline, held, page } = await startWithHeldChapters({ settings }, ['youtube']));
  pipeline.write('workers/renderer/main.ts', rendererWithShort);
  pipeline.write('workers/uploader/main.ts', dyingUploader(pipeline.pathOf('dies-at')));
}, 120_000);
afterAll(() => pipeline?.close());

const root = new URL('../', import.meta.url).href;

/** A renderer whose video and Short are zeros; the Short is uploaded in two chunks. */
const rendererWithShort = `
  import { truncateSync, writeFileSync } from 'node:fs';
  import { artifactStore } from '${root}aws/artifact-store.ts';
  import { jobStore } from '${root}aws/job-store.ts';
  import { artifactsOf } from '${root}domain/artifacts.ts';
  import { startWorker } from '${root}workers/start.ts';
  await startWorker('renderer', 'RenderError', async ({ jobId: job_id, env, folder }) => {
    const { video, captions, thumbnail, thumbnails, short, shortVideo } = artifactsOf(job_id);
    const store = artifactStore(env.S3_BUCKET);
    const files = [[video, 1_500_000], [captions, 10], [thumbnail(1), 10], [shortVideo, 65 * 1024 * 1024]];
    for (const [key, bytes] of files) {
      writeFileSync(folder + '/file', '');
      truncateSync(folder + '/file', bytes);
      await store.upload(key, folder + '/file', 'application/octet-stream');
    }
    const drawn = [{ key: thumbnail(1), page: 1, panel: 'p001-1', score: 1 }];
    await store.putJson(thumbnails, { job_id, thumbnails: drawn });
    const end = { cliffhanger: 'question', last_words: 'Ai?' };
    await store.putJson(short, { job_id, segments: [0], starts_at: 0, seconds: 30, ...end });
    await jobStore(env.DYNAMODB_JOBS_TABLE).update(job_id, { short_seconds: 30, short_missing: null });
    return { job_id, status: 'completed' };
  });`;

/**
 * The uploader, whose process ends without a word before or after one of its requests, counted from the one that opens the session of the
 * Short: \`3 after\` in the file is after the response to the third. The next machine does not die.
 */
const dyingUploader = (file: string) => `
  import { existsSync, readFileSync, rmSync } from 'node:fs';
  import http from 'node:http';
  import { syncBuiltinESMExports } from 'node:module';
  const [number, place] = existsSync('${file}') ? readFileSync('${file}', 'utf8').split(' ') : [];
  rmSync('${file}', { force: true });
  let seen = 0;
  const die = (when) => {
    if (seen === Number(number) && place === when) process.kill(process.pid, 'SIGKILL');
  };
  const { fetch: send } = globalThis;
  globalThis.fetch = async (url, options) => {
    const opens = String(options?.body).includes('-short"');
    const counts = (seen > 0 || opens) && ++seen;
    if (counts) die('before');
    const response = await send(url, options);
    if (counts) die('after');
    return response;
  };
  const { request } = http;
  http.request = (...call) => {
    const counts = seen > 0 && ++seen;
    if (counts) die('before');
    const made = request(...call);
    if (counts) made.prependListener('response', () => die('after'));
    return made;
  };
  syncBuiltinESMExports();
  await import('${root}workers/uploader/main.ts');`;

const youtube = () => {
  if (!pipeline.youtube) throw new Error('There is no YouTube');
  return pipeline.youtube;
};
const uploadsByDay = async (of: Pick<LightPipeline, 'cloud'>) =>
  (await heldChapters(of).access.scan(of.cloud.resources.countersTable)).flatMap(({ date, uploads }) =>
    String(date).startsWith('youtube#') ? [[String(date), Number(uploads ?? 0)] as const] : [],
  );
const uploadsCounted = async () =>
  (await uploadsByDay(pipeline)).reduce((sum, [, uploads]) => sum + uploads, 0);

/** From the session of the Short to its address on the job: two chunks, and what is stored around them. */
const requests = 10;

test(
  'is online once, and counted like its calls, wherever the uploader dies after its video',
  async () => {
    const inserts = () => youtube().calls.filter((call) => call === 'videos.insert').length;
    for (let number = 1; number <= requests; number++)
      for (const place of ['before', 'after']) {
        const name = `s-${number}-${place}/1`;
        pipeline.forget();
        pipeline.write('dies-at', `${number} ${place}`);
        const { videos } = youtube().channel;
        const before = { videos: videos.length, counted: await uploadsCounted(), inserts: inserts() };
        expect(await pipeline.end(await pipeline.begin(name, page))).toMatchObject({ status: 'SUCCEEDED' });
        expect([name, pipeline.failures()]).toEqual([name, ['SpotInterrupted']]);
        const titles = videos.slice(before.videos).map(({ snippet }) => snippet.title);
        expect([name, titles]).toEqual([
          name,
          [expect.not.stringMatching(/^Ai/), expect.stringMatching(/^Ai\?/)],
        ]);
        const { short_url, short_missing, status } = await held.jobOf(name);
        const [, short] = videos.slice(before.videos);
        expect([name, status, short_missing]).toEqual([name, 'published', undefined]);
        expect([name, short_url]).toEqual([name, `https://www.youtube.com/watch?v=${short?.id}`]);
        expect(await held.claimOf(name)).toMatchObject({ status: 'published', short_url });
        // A call is counted before it is sent, also one that a dead machine did not send.
        const [counted, sent] = [(await uploadsCounted()) - before.counted, inserts() - before.inserts];
        expect([name, counted - sent]).toEqual([name, number === 1 && place === 'before' ? 1 : 0]);
      }
  },
  limit,
);

test(
  'counts in its day, when YouTube’s day ends after its video',
  async () => {
    // In Los Angeles.
    const midnight = new Date('2027-01-20T08:00:00Z');
    const late = await startEnvironment('light-pipeline', (environment) => {
      const ahead = midnight.getTime() - 15 * 60_000 - Date.now();
      environment.write('state/clock.json', JSON.stringify({ ahead }));
      return startLightPipeline(environment, ['scriptgen', 'ttsgen'], ['youtube'], { settings });
    });
    try {
      late.write('workers/renderer/main.ts', rendererWithShort);
      const { youtube: channel, cloud } = late;
      if (!channel) throw new Error('There is no YouTube');
      channel.sessions.beforeVideo = async () => {
        channel.sessions.beforeVideo = async () => undefined;
        const { now } = (await cloud.control.run('clock', {})) as { now: string };
        const seconds = Math.ceil((midnight.getTime() - Date.parse(now)) / 1000) + 1;
        await cloud.control.run('clock', { jump: `${seconds}s`, over: 'work' });
      };
      expect(await late.end(await late.begin('late/1', page), { within: limit })).toMatchObject({
        status: 'SUCCEEDED',
      });
      const job = await heldChapters(late).jobOf('late/1');
      expect(job).toMatchObject({ status: 'published', short_url: expect.any(String) });
      expect(Object.fromEntries(await uploadsByDay(late))).toEqual({
        'youtube#2027-01-19': 1,
        'youtube#2027-01-20': 1,
      });
      // The video counts in the day whose slot it has.
      expect(job.counted_on).toBe('2027-01-19');
      expect(channel.channel.videos).toHaveLength(2);
    } finally {
      await late.close();
    }
  },
  limit,
);
