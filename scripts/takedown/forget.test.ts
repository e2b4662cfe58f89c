import { startBucket } from '../../aws/testing/embedded-cloud.ts';
import {
  artifactsOf,
  audienceKey,
  castKey,
  comparedThumbnailKey,
  paidByKey,
  rememberedSpeechKey,
  replyKey,
  saidByKey,
  storyKey,
  videoKey,
} from '../../domain/artifacts.ts';
import type { Doubt } from '../../domain/doubt.ts';
import type { Job } from '../../domain/job.ts';
import { Aspect } from '../../domain/likeness/compare.ts';
import { doubtsOfLikeness, type Likeness } from '../../domain/likeness.ts';
import { emptyStory, type Story, StoryMemory } from '../../domain/story.ts';
import { type ForgetPorts, forget } from './forget.ts';

const endBucket = await startBucket('takedown');
const { artifactStore } = await import('../../aws/artifact-store.ts');
const store = artifactStore('takedown');
afterAll(() => endBucket());

const at = '2026-12-01T00:00:00.000Z';
const secret = 'Bà Tư giấu chiếc ô đỏ';
const storyOf = (...chapters: string[]): Story => ({
  ...emptyStory(),
  chapters: chapters.map((chapter_id) => ({ chapter_id, number: null, events: [`${secret} ${chapter_id}`] })),
});
const job = (number: number, chapter_id: string, more: Partial<Job> = {}): Job => ({
  ...{ job_id: `job-number-${number}`, chapter_id, manga_id: chapter_id.split('/')[0], status: 'published' },
  ...{ updated_at: at, script_notes: [`“${secret}” was changed`], manga_title: 'Ngõ Mây' },
  ...more,
});

/** A stage with the jobs, everything that the pipeline stores of each, and the memories of the series that they tell. */
async function stage(jobs: Job[], stories: StoryMemory[]) {
  for await (const { key } of store.list('')) await store.deleteAll([key]);
  for (const { job_id, channel = 'main' } of jobs) {
    for (const key of [
      artifactsOf(job_id).script,
      artifactsOf(job_id).page(1),
      comparedThumbnailKey(job_id, 1),
      videoKey(channel, at, job_id),
      audienceKey(channel, at, job_id),
      ...[saidByKey(job_id, 'ff'), rememberedSpeechKey('ff')],
      ...[paidByKey(job_id, `00${job_id}`), replyKey(`00${job_id}`)],
    ])
      await store.putJson(key, secret);
  }
  for (const memory of stories) {
    await store.putJson(storyKey(memory.manga_id), memory);
    await store.putJson(castKey(memory.manga_id), secret);
  }
  const notes = new Map([...new Set(jobs.map(({ manga_id = '' }) => manga_id))].map((id) => [id, ['hash']]));
  const records = new Map(jobs.map((one) => [one.job_id, one]));
  let left = Number.POSITIVE_INFINITY;
  const change = () => {
    if (left-- <= 0) throw new Error('The process died');
  };
  const ports: ForgetPorts = {
    ...store,
    jobs: async () => [...records.values()],
    async deleteAll(keys) {
      // S3 can delete some of the keys before the process dies.
      for (const key of keys) {
        change();
        await store.deleteAll([key]);
      }
    },
    approvedNotes: async (id) => notes.get(id) ?? [],
    async takeBackNote(id, hash) {
      change();
      notes.set(
        id,
        (notes.get(id) ?? []).filter((one) => one !== hash),
      );
    },
    findStory: (id) => store.findJson(storyKey(id), StoryMemory),
    async changeStory(id, without) {
      change();
      await store.changeJson(storyKey(id), StoryMemory, (memory) => ({
        after: memory && without(memory),
        result: undefined,
      }));
    },
    async putJson(key, value) {
      change();
      await store.putJson(key, value);
    },
    async putReasons(id, doubt_reasons) {
      change();
      records.set(id, { ...(records.get(id) as Job), doubt_reasons });
    },
    async clear(id, fields) {
      change();
      const kept = Object.entries(records.get(id) as Job).filter(
        ([name]) => !fields.some((field) => field === name),
      );
      records.set(id, Object.fromEntries(kept) as Job);
    },
  };
  async function stored(): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for await (const { key } of store.list(''))
      found[key] = Buffer.from(await store.getBytes(key)).toString();
    return found;
  }
  return {
    ports,
    left: stored,
    records,
    notes,
    dieAfter: (changes: number) => {
      left = changes;
    },
  };
}

const among = (chapters: ReadonlySet<string>) => (id: string) => chapters.has(id);

const [one, two, other] = [
  job(1, 'ngo-may/1'),
  job(2, 'ngo-may/2'),
  job(3, 'other/1', { channel: 'truyen' }),
];

test('deletes everything that is stored of a series, and nothing of another one', async () => {
  const { ports, left, records } = await stage(
    [one, two, other],
    [
      { manga_id: 'ngo-may', story: storyOf('ngo-may/1', 'ngo-may/2'), told: null },
      { manga_id: 'other', story: storyOf('other/1'), told: null },
    ],
  );
  const before = await left();
  const chapters = new Set(['ngo-may/1', 'ngo-may/2']);
  expect(await forget(among(chapters), false, ports)).toEqual({
    ...{ objects: 19, records: 2, notes: 1, busy: [], unreadable: [] },
  });
  expect(await left()).toEqual(before);
  await forget(among(chapters), true, ports);
  expect(Object.keys(await left()).sort()).toEqual(
    Object.keys(before)
      .filter((key) => key.includes('job-number-3') || [storyKey('other'), castKey('other')].includes(key))
      .sort(),
  );
  expect(JSON.stringify([records.get(one.job_id), records.get(two.job_id)])).not.toContain(secret);
  expect(records.get(other.job_id)).toEqual(other);
  expect(await forget(among(chapters), true, ports)).toEqual({
    ...{ objects: 0, records: 0, notes: 0, busy: [], unreadable: [] },
  });
});

test('a takedown of one chapter ends all approvals of its series, also one that is on its way, and none of another series', async () => {
  const { ports, notes, records } = await stage([one, two, other], []);
  const limiting_notes = [{ from: 'Notes', sentences: ['Không reup!'], text_hash: 'on its way' }];
  records.set(one.job_id, { ...one, limiting_notes });
  const ended: string[] = [];
  const takeBackNote = async (id: string, hash: string) => {
    ended.push(`${id} ${hash}`);
    await ports.takeBackNote(id, hash);
  };
  await forget(among(new Set(['ngo-may/1'])), true, { ...ports, takeBackNote });
  expect(ended).toEqual(['ngo-may hash', 'ngo-may on its way']);
  expect(Object.fromEntries(notes)).toEqual({ 'ngo-may': [], other: ['hash'] });
  expect(records.get(one.job_id)).not.toHaveProperty('limiting_notes');
});

test('a series of which other chapters stay loses what happened in the deleted one', async () => {
  const story = storyOf('ngo-may/1', 'ngo-may/2');
  const told = { chapter_id: 'ngo-may/2', before: storyOf('ngo-may/1') };
  const { ports, left } = await stage([one, two], [{ manga_id: 'ngo-may', story, told }]);
  await forget(among(new Set(['ngo-may/1'])), true, ports);
  expect(StoryMemory.parse(JSON.parse((await left())[storyKey('ngo-may')] as string))).toEqual({
    ...{ manga_id: 'ngo-may', story: storyOf('ngo-may/2') },
    told: { chapter_id: 'ngo-may/2', before: emptyStory() },
  });
  expect(await left()).toHaveProperty([castKey('ngo-may')]);
});

test('a chapter of which only the memory tells keeps it', async () => {
  const story = storyOf('ngo-may/1', 'ngo-may/2');
  const { ports, left } = await stage([one], [{ manga_id: 'ngo-may', story, told: null }]);
  await forget(among(new Set(['ngo-may/1'])), true, ports);
  expect(StoryMemory.parse(JSON.parse((await left())[storyKey('ngo-may')] as string)).story).toEqual(
    storyOf('ngo-may/2'),
  );
});

const url = 'https://www.youtube.com/watch?v=one';
const compared = { job_id: one.job_id, title: `${secret} (“Ngõ Mây”)`, url };
const staying = { job_id: 'job-number-9', title: 'Con bò', url: `${url}-2` };

/** Findings that scriptgen stores of a job whose video is like another one in everything, and of a job that is like a third one. */
function likenessTo(video: typeof compared, job_id: string): { likeness: Likeness; doubt: Doubt } {
  const found = Aspect.options.map((aspect) => ({ aspect, share: 0.9, video, sentence: video.title }));
  const notes = [`the video was like “${video.title}” (${video.url})`, 'the thumbnail is the first choice'];
  const likeness = { ...{ job_id, videos: 2, pictures: [] }, resemblances: found, first: found, notes };
  const reasons = doubtsOfLikeness(likeness);
  return {
    likeness,
    doubt: { job_id, verdict: 'doubtful', reasons, remarks: notes, thresholds: [], approved_notes: [] },
  };
}

/** Stores what a job was found to be like; returns its record. */
async function like(video: typeof compared, of: Job): Promise<Job> {
  const { likeness, doubt } = likenessTo(video, of.job_id);
  await store.putJson(artifactsOf(of.job_id).likeness, likeness);
  await store.putJson(artifactsOf(of.job_id).doubt, doubt);
  return { ...of, doubt_reasons: doubt.reasons.map(({ text }) => text) };
}

test('other jobs whose video was like a deleted one no longer say its title and sentences, only its address', async () => {
  const published = { ...one, youtube_url: url };
  const { ports, left, records } = await stage([published, other], []);
  records.set(other.job_id, await like(compared, { ...other, script_notes: [] }));
  // Another job is like a video that stays.
  const apart = await like(staying, job(5, 'apart/1', { script_notes: [] }));
  records.set(apart.job_id, apart);
  // The artifacts of a job are deleted before its record.
  const cleaned = job(6, 'cleaned/1', { script_notes: [], cleaned_at: at });
  records.set(cleaned.job_id, await like(compared, cleaned));

  const chapters = among(new Set(['ngo-may/1']));
  expect(await forget(chapters, true, ports)).toMatchObject({ records: 3, unreadable: [] });
  const { likeness, doubt } = artifactsOf(other.job_id);
  const now = await left();
  for (const text of [now[likeness], now[doubt], JSON.stringify([...records.values()])]) {
    expect(text).not.toContain(secret);
    expect(text).toContain(url);
  }
  expect(JSON.parse(now[doubt] as string)).toMatchObject({
    reasons: Aspect.options.map(() => ({ text: expect.stringContaining('a video that was taken down') })),
    remarks: [`the video was like a video that was taken down (${url})`, 'the thumbnail is the first choice'],
  });
  expect(records.get(apart.job_id)).toEqual(apart);
  expect(now[artifactsOf(apart.job_id).likeness]).toContain('Con bò');
  expect(await forget(chapters, true, ports)).toEqual({
    ...{ objects: 0, records: 0, notes: 0, busy: [], unreadable: [] },
  });
});

test('a job that was like one that was not published no longer quotes it', async () => {
  const waiting = { ...one, status: 'needs_review' as const };
  const { ports, left, records } = await stage([waiting, other], []);
  const unpublished = { ...compared, url: one.job_id };
  records.set(other.job_id, await like(unpublished, { ...other, script_notes: [] }));
  await forget(among(new Set(['ngo-may/1'])), true, ports);
  const now = await left();
  const { likeness, doubt } = artifactsOf(other.job_id);
  for (const text of [now[likeness], now[doubt], JSON.stringify([...records.values()])]) {
    expect(text).not.toContain(secret);
    expect(text).toContain('a video that was taken down');
  }
});

test('a comparison of another version is named, and stops nothing', async () => {
  const { ports, left } = await stage([{ ...one, youtube_url: url }, other], []);
  const { likeness } = artifactsOf(other.job_id);
  await store.putJson(likeness, { version: 9 });
  expect(await forget(among(new Set(['ngo-may/1'])), true, ports)).toMatchObject({
    unreadable: [expect.stringContaining(likeness)],
  });
  expect(Object.keys(await left()).filter((key) => key.includes(one.job_id))).toEqual([]);
});

test('wherever a run dies, the next one deletes the rest', async () => {
  const memory = { manga_id: 'ngo-may', story: storyOf('ngo-may/1', 'ngo-may/2'), told: null };
  const jobs = [one, two, job(4, 'ngo-may/1', { status: 'failed', error_message: `“${secret}” …` })];
  const chapters = new Set(['ngo-may/1']);
  const stageOf = async () => {
    const made = await stage(
      jobs.map((each) => ({ ...each, youtube_url: url })),
      [memory],
    );
    made.records.set(other.job_id, await like(compared, other));
    return made;
  };
  const whole = await stageOf();
  await forget(among(chapters), true, whole.ports);
  const wanted = [await whole.left(), [...whole.records], [...whole.notes]];
  let deaths = 0;
  for (;;) {
    const { ports, left, records, notes, dieAfter } = await stageOf();
    dieAfter(deaths);
    const died = await forget(among(chapters), true, ports).then(
      () => false,
      () => true,
    );
    if (!died) break;
    deaths += 1;
    dieAfter(Number.POSITIVE_INFINITY);
    await forget(among(chapters), true, ports);
    expect([await left(), [...records], [...notes]]).toEqual(wanted);
  }
  // Eight objects of each of two jobs, the sentence that both say, the story, an approved note and two records; two objects and the record of another job.
  expect(deaths).toBe(24);
});

test.each([replyKey('00job-number-1'), rememberedSpeechKey('ff')])(
  'what S3 refuses to delete once is deleted by the next run: %s',
  async (refused) => {
    const { ports, left } = await stage([one], []);
    const chapters = new Set(['ngo-may/1']);
    await expect(
      forget(among(chapters), true, {
        ...ports,
        // S3 responds for each key: the others of the batch are deleted.
        async deleteAll(keys) {
          await ports.deleteAll(keys.filter((key) => key !== refused));
          if (keys.includes(refused)) throw new Error(`S3 did not delete ${refused}`);
        },
      }),
    ).rejects.toThrow('did not delete');
    expect(Object.keys(await left())).toContain(refused);
    await forget(among(chapters), true, ports);
    expect(await left()).toEqual({});
  },
);

test('a job that still works keeps its artifacts until it has ended', async () => {
  const { ports, left } = await stage([job(1, 'ngo-may/1', { status: 'rendering' })], []);
  expect(await forget(among(new Set(['ngo-may/1'])), true, ports)).toEqual({
    ...{ objects: 0, records: 0, notes: 1, unreadable: [] },
    busy: ['job-number-1'],
  });
  expect(Object.keys(await left())).toHaveLength(9);
});
