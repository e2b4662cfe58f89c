import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { videosPrefix } from '../domain/artifacts.ts';
import { sampleChapter } from './sample.ts';
import { heldChapters } from './testing/held-chapters.ts';
import { type LightPipeline, startLightEnvironment } from './testing/light-pipeline.ts';

/** Compares videos on the real flow, with the real functions that read, tell, compare and publish. */
let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
const limit = 600_000;

beforeAll(async () => {
  // The verdict on how the pages are read must not hold the first chapter.
  pipeline = await startLightEnvironment(['ttsgen'], [], { settings: { onDoubt: 'publish' } });
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
  'a chapter that was published under another name is doubtful, with the video that it is like',
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
    const reasons = second.doubt_reasons?.filter((reason) => reason.includes(String(first.youtube_url)));
    expect(reasons).toEqual(
      expect.arrayContaining([
        expect.stringContaining('% of the pictures are those of “first”'),
        expect.stringContaining('% of the sentences are those of “first”'),
      ]),
    );
  },
  limit,
);
