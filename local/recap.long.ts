import sharp from 'sharp';
import { artifactsOf, seriesSettingsKey } from '../domain/artifacts.ts';
import { Script } from '../domain/script.ts';
import { heldChapters } from './testing/held-chapters.ts';
import { type LightPipeline, startLightEnvironment } from './testing/light-pipeline.ts';

/** What a video recalls of the chapter before it, on the real flow, functions and tables, with a model behind HTTP. */
const limit = 600_000;
const note = 'Vui lòng không đăng lại!';

/** Two panels, one below the other, without lettering. */
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="600"><rect width="400" height="600" fill="white"/>${[20, 320].map((y) => `<rect x="20" y="${y}" width="360" height="260" fill="hsl(${y} 40% 60%)" stroke="black" stroke-width="6"/>`).join('')}</svg>`;

let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
let page: Buffer;
beforeAll(async () => {
  const settings = { readingDirection: 'ltr', likenessVideos: 0 } as const;
  pipeline = await startLightEnvironment(['ttsgen'], ['llm'], { settings });
  held = heldChapters(pipeline);
  page = await sharp(Buffer.from(drawing)).jpeg().toBuffer();
}, limit);
afterAll(() => pipeline?.close());

/** Adds chapters, some with a note that holds them, and makes what can be made; returns what became of each. */
async function day(chapters: Record<string, string>): Promise<(string | undefined)[]> {
  for (const [chapter, text] of Object.entries(chapters)) {
    pipeline.write(`chapters/${chapter}/001.jpg`, page);
    pipeline.write(`chapters/${chapter}/ComicInfo.xml`, `<ComicInfo><Notes>${text}</Notes></ComicInfo>`);
  }
  expect(await pipeline.end(await pipeline.start())).toMatchObject({ status: 'SUCCEEDED' });
  return Promise.all(Object.keys(chapters).map(async (id) => (await held.claimOf(id))?.status));
}

/** Returns the beginning of the recap of a chapter that waits for a person. */
async function recapOf(chapter: string): Promise<string | undefined> {
  const { script } = artifactsOf((await held.jobOf(chapter)).job_id);
  const { segments } = Script.parse(await held.access.json(script));
  return segments.flatMap(({ text }) => /^Ở [^:]+:/.exec(text) ?? [])[0];
}

test(
  'a chapter recalls the latest one that viewers got, and nothing of one that was rejected or is held',
  async () => {
    await held.access.s3('PUT', seriesSettingsKey('tu-do'), '', JSON.stringify({ seriesOrder: 'free' }));
    expect(await day({ 'bo/1': '', 'tu-do/1': '', 'bo/2': note, 'tu-do/2': note })).toEqual([
      'published',
      'published',
      'held',
      'held',
    ]);
    expect(await recapOf('bo/2')).toBe('Ở chương trước:');
    await pipeline.end(await held.decide(await held.jobOf('bo/2'), { verdict: 'reject', reason: 'misread' }));
    expect(await day({ 'bo/3': note, 'tu-do/3': note })).toEqual(['held', 'held']);
    expect(await recapOf('bo/3')).toBe('Ở chương 1:');
    expect(await recapOf('tu-do/3')).toBe('Ở chương 1:');
  },
  limit,
);
