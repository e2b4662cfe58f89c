import type { PublishedVideo } from '../../domain/likeness/appearance.ts';
import type { Publication } from '../../domain/publication.ts';
import type { Short } from '../../domain/short.ts';
import type { ShortToPublish, VideoToPublish } from '../../providers/publishers/publisher.ts';
import { publishVideo, type UploaderPorts } from './publish-video.ts';

const jobId = 'job-abc123';
const chapter = {
  ...{ job_id: jobId, chapter_id: 'a/1', manga_id: 'a', manga_title: 'Mèo', number: '1', title: null },
  ...{ summary: null, language: 'vi', reading_direction: 'rtl' as const, credits: [], licence: 'CC BY 4.0' },
  source: { name: 'library', url: null },
  pages: [{ number: 1, key: 'k', width: 1, height: 1 }],
};
const segment = (index: number) => ({
  ...{ index, kind: 'speech' as const, text: 'a', page: index + 1, panels: ['p001-1'], pause_after: 0 },
});
const spoken = (index: number) => ({ index, audio: 'a', duration: 15, pause_after: 0, words: [] });

function uploader(over: Partial<UploaderPorts> = {}, notes: string[] = []) {
  const done: string[] = [];
  const given: VideoToPublish[] = [];
  const shorts: ShortToPublish[] = [];
  let publication: Publication | undefined;
  const ports: UploaderPorts = {
    getChapter: async () => chapter,
    findScript: async () => ({
      ...{ job_id: jobId, narrator: 'ocr', language: 'vi' },
      segments: [0, 1, 2].map(segment),
    }),
    findSpeech: async () => ({ job_id: jobId, voice: 'v', duration: 45, segments: [0, 1, 2].map(spoken) }),
    findThumbnails: async () => undefined,
    findShots: async () => ({ music_credit: 'Lan <b>, CC BY 4.0' }),
    findShort: async () => undefined,
    findPublication: async () => publication,
    async putPublication(_, recorded) {
      done.push('recorded');
      publication = recorded;
    },
    download: async (key) => void done.push(key),
    exists: async (key) => key.endsWith('shots.json'),
    sizeOf: async () => 5000,
    findLikeness: async () => ({ pictures: [] }),
    recordVideo: async () => undefined,
    publisher: {
      name: 'youtube',
      async publish(video) {
        await video.beforeOut();
        done.push('published');
        given.push(video);
        return { url: 'https://www.youtube.com/watch?v=1', notes: notes.splice(0) };
      },
      async publishShort(short) {
        await short.beforeOut();
        done.push('Short published');
        shorts.push(short);
        return { url: 'https://www.youtube.com/watch?v=2' };
      },
    },
    shorts: true,
    holdsChapter: async () => true,
    beginPublishing: async () => done.push('chapter kept') > 0,
    markChapterPublished: async () => done.push('chapter marked'),
    markJobPublished: async () => void done.push('job marked'),
    markShortPublished: async (_, __, url) => done.push(`Short at ${url}`),
    markShortMissing: async (_, reason) => void done.push(`no Short: ${reason}`),
    log: () => undefined,
    audience: undefined,
    signal: new AbortController().signal,
    now: () => new Date('2026-11-23T12:00:00Z'),
    ...over,
  };
  return {
    ports,
    run: () => publishVideo(jobId, '/folder', ports),
    done,
    given,
    shorts,
    recorded: () => publication,
  };
}

const ends = ['chapter kept', 'published', 'recorded', 'chapter marked', 'job marked'];

test('publishes, records, and only then marks chapter and job', async () => {
  const { run, done, given, recorded } = uploader();
  expect(await run()).toEqual({
    ...{ job_id: jobId, youtube_url: 'https://www.youtube.com/watch?v=1', status: 'completed' },
  });
  expect(done.slice(-5)).toEqual(ends);
  expect(recorded()).not.toHaveProperty('notes');
  expect(await given[0]?.extras?.()).toEqual([{ name: 'shots.json', file: '/folder/shots.json' }]);
  expect(given[0]?.metadata.description).toContain('0:00 Trang 1\n0:15 Trang 2\n0:30 Trang 3');
  expect(given[0]?.metadata.description).toContain('Nhạc: Lan b, CC BY 4.0');
});

test('does not publish again what an earlier machine recorded', async () => {
  const { run, done } = uploader();
  const first = await run();
  done.length = 0;
  expect(await run()).toEqual(first);
  expect(done).toEqual(['chapter marked', 'job marked']);
});

test('retries what a published video lacks, although the chapter is already released', async () => {
  let held = true;
  const { run, done, recorded } = uploader({ holdsChapter: async () => held }, ['captions: not today']);
  await run();
  expect(recorded()?.notes).toEqual(['captions: not today']);
  held = false;
  done.length = 0;
  await run();
  expect(done.slice(-5)).toEqual(ends);
  expect(recorded()).not.toHaveProperty('notes');
});

test('keeps what the first publication remarked when it adds what was missing', async () => {
  const { run, recorded, ports } = uploader({}, ['captions: not today']);
  const { publish } = ports.publisher;
  ports.publisher.publish = async (video) => ({
    ...(await publish(video)),
    remarks: ['a playlist was created'],
  });
  await run();
  ports.publisher.publish = publish;
  await run();
  expect(recorded()).toMatchObject({ remarks: ['a playlist was created'] });
  expect(recorded()).not.toHaveProperty('notes');
});

test('records what viewers recognise, at the time of the first publication', async () => {
  const times = ['2026-11-23T12:00:00Z', '2026-11-24T12:00:00Z'];
  const videos: PublishedVideo[] = [];
  const ports = {
    now: () => new Date(times.shift() ?? ''),
    recordVideo: async (video: PublishedVideo) => void videos.push(video),
  };
  const { run } = uploader(ports, ['captions: not today']);
  await run();
  await run();
  const record = {
    ...{ job_id: jobId, url: 'https://www.youtube.com/watch?v=1', published_at: '2026-11-23T12:00:00.000Z' },
    ...{ manga_id: 'a', chapter_ids: ['a/1'], pictures: [] },
  };
  expect(videos).toMatchObject([record, record]);
});

test('does not publish a chapter that no longer belongs to the job', async () => {
  const { run, done } = uploader({ holdsChapter: async () => false });
  await expect(run()).rejects.toMatchObject({ name: 'UploadError' });
  expect(done).toEqual([]);
});

test('stops before the video is online when the chapter is taken away during the upload', async () => {
  const { run, done } = uploader({ beginPublishing: async () => false });
  await expect(run()).rejects.toThrow('Chapter a/1 no longer belongs');
  expect(done).not.toContain('published');
});

test('requires, marks and lists every chapter of a video with several', async () => {
  const { job_id: _, pages: __, ...first } = chapter;
  const parts = [1, 2, 3].map((n) => ({ ...first, chapter_id: `a/${n}`, number: `${n}`, first_page: n }));
  const getChapter = async () => ({ ...chapter, number: '1–3', parts });
  const marked: string[] = [];
  const { run, given } = uploader({ getChapter, markChapterPublished: async (id) => marked.push(id) });
  await run();
  expect(marked).toEqual(['a/1', 'a/2', 'a/3']);
  expect(given[0]?.metadata).toMatchObject({
    title: 'Mèo – Chương 1–3',
    description: expect.stringContaining('0:00 Chương 1\n0:15 Chương 2\n0:30 Chương 3'),
  });
  const lost = uploader({ getChapter, holdsChapter: async (id) => id !== 'a/2' });
  await expect(lost.run()).rejects.toThrow('Chapter a/2 no longer belongs');
  expect(lost.done).toEqual([]);
});

test('publishes a job without times without a chapter list', async () => {
  const { run, given } = uploader({ findSpeech: async () => undefined });
  await run();
  expect(given[0]?.metadata.description).not.toContain('0:00');
});

describe('a Short', () => {
  const short: Short = {
    ...{ job_id: jobId, segments: [1], starts_at: 15, seconds: 32.5, cliffhanger: 'question' },
    last_words: 'Trời tối rồi. Ai đã lấy chìa khoá của Mun?',
  };
  const findShort = async () => short;

  test('is published after its video, names it, and is recorded', async () => {
    const { run, done, shorts, recorded } = uploader({ findShort });
    await run();
    expect(done.slice(done.indexOf('job marked') + 1)).toEqual([
      'jobs/job-abc123/short.mp4',
      'chapter kept',
      'Short published',
      'recorded',
      'Short at https://www.youtube.com/watch?v=2',
      'job marked',
    ]);
    expect(recorded()?.short).toMatchObject({ url: 'https://www.youtube.com/watch?v=2', bytes: 5000 });
    expect(shorts[0]?.metadata.title).toBe('Ai đã lấy chìa khoá của Mun? | Mèo – Chương 1');
    expect(shorts[0]?.metadata.description).toMatch(
      /^Xem đầy đủ: Mèo – Chương 1\nhttps:\/\/www\.youtube\.com\/watch\?v=1\n/,
    );
    expect(shorts[0]?.metadata.description).toContain('Nhạc: Lan b, CC BY 4.0');
  });

  test('is published once, also by a machine that repeats the work', async () => {
    const { run, done } = uploader({ findShort });
    await run();
    done.length = 0;
    await run();
    expect(done).toEqual([
      ...['chapter marked', 'job marked', 'Short at https://www.youtube.com/watch?v=2', 'job marked'],
    ]);
  });

  test('that cannot be published leaves its video published, and its reason on the job', async () => {
    const { run, done, recorded } = uploader({
      findShort,
      download: async (key) => {
        if (key.endsWith('short.mp4')) throw new Error('the day has no room');
      },
    });
    expect(await run()).toMatchObject({ status: 'completed' });
    expect(done.at(-1)).toBe('no Short: the day has no room');
    expect(recorded()).not.toHaveProperty('short');
  });

  test('is not published once its chapter was taken down, by a machine that comes later', async () => {
    let held = true;
    const { run, done, shorts, recorded } = uploader({
      findShort,
      holdsChapter: async () => held,
      // The video is on, and the machine is lost before its Short.
      markJobPublished: async () => {
        if (!held) return;
        held = false;
        throw new Error('lost');
      },
    });
    await expect(run()).rejects.toThrow('lost');
    await run();
    expect(shorts).toEqual([]);
    expect(done.at(-1)).toBe('no Short: Chapter a/1 no longer belongs to job-abc123');
    expect(recorded()).not.toHaveProperty('short');
  });

  test('of an earlier render is not published after Shorts were switched off', async () => {
    const { run, shorts } = uploader({ findShort, shorts: false });
    await run();
    expect(shorts).toEqual([]);
  });

  test('whose description cannot be read leaves its video published', async () => {
    const { run, done } = uploader({ findShort: () => Promise.reject(new Error('not JSON')) });
    expect(await run()).toMatchObject({ status: 'completed' });
    expect(done.at(-1)).toBe('no Short: not JSON');
  });

  test('stays recorded when the video gets what it lacked', async () => {
    const { run, done, shorts, recorded } = uploader({ findShort }, ['captions: not today']);
    await run();
    const { short: first } = recorded() ?? {};
    await run();
    expect(shorts).toHaveLength(1);
    expect(recorded()).toMatchObject({ short: first });
    expect(recorded()).not.toHaveProperty('notes');
    expect(done.at(-1)).toBe('job marked');
  });

  test('is left to the next machine by one that is taken away', async () => {
    const stop = new AbortController();
    const download = async (key: string) => {
      if (!key.endsWith('short.mp4')) return;
      stop.abort(new Error('EC2 interrupts the machine'));
      stop.signal.throwIfAborted();
    };
    const { run, done } = uploader({ findShort, download, signal: stop.signal });
    await expect(run()).rejects.toThrow('EC2 interrupts the machine');
    expect(done.at(-1)).toBe('job marked');
  });
});

test('a video whose audience can’t be recorded keeps no other one from its review, and fails nothing', async () => {
  const events: unknown[] = [];
  let reviewed = 0;
  const { run } = uploader({
    audience: {
      record: () => Promise.reject(new Error('s3://b/audience/1.json does not match its schema')),
      async review() {
        reviewed += 1;
        throw new Error('the table is gone');
      },
    },
    log: ({ event }) => void events.push(event),
  });
  expect(await run()).toMatchObject({ status: 'completed' });
  expect(reviewed).toBe(1);
  expect(events).toEqual(['audience_not_recorded', 'audience_not_reviewed']);
});
