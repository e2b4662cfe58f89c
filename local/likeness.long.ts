import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { artifactsOf, videosPrefix } from '../domain/artifacts.ts';
import { sampleChapter } from './sample.ts';
import { heldChapters } from './testing/held-chapters.ts';
import { type LightPipeline, startLightEnvironment } from './testing/light-pipeline.ts';

/** Compares videos on the real flow, with the real functions that read, tell, compare and publish. */
let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
const limit = 600_000;

beforeAll(async () => {
  // Nothing else than the likeness is doubtful when the direction is known.
  pipeline = await startLightEnvironment(['ttsgen'], [], { settings: { readingDirection: 'ltr' } });
  held = heldChapters(pipeline);
}, limit);
afterAll(() => pipeline?.close());

/** Puts pages of the sample into the library as a chapter. */
function put(chapter: string, pages: readonly number[]): void {
  for (const page of pages) {
    const to = pipeline.pathOf(`chapters/${chapter}/${page}.png`);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(`${sampleChapter}/00${page}.png`, to);
  }
}
const day = async () =>
  expect(await pipeline.end(await pipeline.start())).toMatchObject({ status: 'SUCCEEDED' });

test(
  'a chapter that was published under another name waits for a person, with the video that it is like',
  async () => {
    put('first', [2, 3, 4]);
    await day();
    const first = await held.jobOf('first');
    expect(first.status).toBe('published');
    expect((await held.access.objects(videosPrefix)).map(({ key }) => key)).toEqual([
      expect.stringMatching(new RegExp(`^${videosPrefix}\\d{13}-${first.job_id}\\.json$`)),
    ]);

    put('second', [2, 3, 4]);
    await day();
    const second = await held.jobOf('second');
    expect(second.status).toBe('needs_review');
    const like = expect.stringContaining(String(first.youtube_url));
    expect(second.doubt_reasons).toEqual(second.doubt_reasons?.map(() => like));
    expect(second.doubt_reasons).toEqual(
      expect.arrayContaining([
        expect.stringContaining('% of the pictures are those of “first”'),
        expect.stringContaining('% of the sentences are those of “first”'),
      ]),
    );
    // It is not spoken, and has no slot of the day, until a person decides.
    expect(await held.access.objects(artifactsOf(second.job_id).speech)).toEqual([]);
    expect(await held.days()).toEqual({ slots: 1, count: 1 });
    const decision = await held.decide(second, { verdict: 'approve', reason: 'another edition' });
    expect(await pipeline.end(decision)).toMatchObject({ status: 'SUCCEEDED' });
    expect((await held.jobOf('second')).status).toBe('published');
    expect(await held.access.objects(videosPrefix)).toHaveLength(2);
  },
  limit,
);
