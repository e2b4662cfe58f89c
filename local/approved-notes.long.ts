import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { localAccess } from 'local-aws/client';
import sharp from 'sharp';
import { type heldChapters, startWithHeldChapters } from './testing/held-chapters.ts';
import type { LightPipeline } from './testing/light-pipeline.ts';

/** A note that a person approved once, on the real flow, fetcher, scriptgen and tables, with the real commands. */
const root = join(import.meta.dirname, '..');
const limit = 600_000;
const note = 'Dịch bởi nhóm Mèo. Vui lòng không đăng lại!';

/** Two panels, one below the other, without lettering. */
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="600"><rect width="400" height="600" fill="white"/>${[20, 320].map((y) => `<rect x="20" y="${y}" width="360" height="260" fill="hsl(${y} 40% 60%)" stroke="black" stroke-width="6"/>`).join('')}</svg>`;

let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
let page: Buffer;
beforeAll(async () => {
  ({ pipeline, held } = await startWithHeldChapters({ settings: { likenessVideos: 0 } }));
  pipeline.beReal('scriptgen');
  page = await sharp(Buffer.from(drawing)).jpeg().toBuffer();
}, limit);
afterAll(() => pipeline?.close());

/** Adds chapters with a note, and makes what can be made; returns what became of each. */
async function day(notes: Record<string, string>): Promise<(string | undefined)[]> {
  for (const [chapter, text] of Object.entries(notes)) {
    pipeline.write(`chapters/${chapter}/001.jpg`, page);
    pipeline.write(`chapters/${chapter}/ComicInfo.xml`, `<ComicInfo><Notes>${text}</Notes></ComicInfo>`);
  }
  expect(await pipeline.end(await pipeline.start())).toMatchObject({ status: 'SUCCEEDED' });
  return Promise.all(Object.keys(notes).map(async (id) => (await held.claimOf(id))?.status));
}
const reasonsOf = async (chapter: string) => (await held.jobOf(chapter)).doubt_reasons?.join('\n');
async function decide(chapter: string, verdict: 'approve' | 'reject') {
  const job = await held.jobOf(chapter);
  await pipeline.end(await held.decide(job, { verdict, reason: 'looked at it' }));
}
async function series(env: Record<string, string>): Promise<string> {
  const options = {
    cwd: root,
    env: { ...env, PATH: process.env.PATH, NODE_NO_WARNINGS: '1', ...localAccess(pipeline.cloud) },
  };
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/manga.ts', 'series'], options);
  return stdout;
}

test(
  'an approved note holds no later chapter of its series, but those of another series and with other words, until it is taken back',
  async () => {
    expect(await day({ 'meo/1': note, 'cho/1': note })).toEqual(['held', 'held']);
    expect(await reasonsOf('meo/1')).toContain('if you approve it, no later chapter of the series is held');
    await decide('meo/1', 'approve');
    expect(await day({ 'meo/2': `  ${note.replace('. ', '.\n')} `, 'cho/2': note })).toEqual([
      'published',
      undefined,
    ]);
    const [first, second] = [await held.jobOf('meo/1'), await held.jobOf('meo/2')];
    expect(second).not.toHaveProperty('doubt_reasons');
    expect(second.approved_notes).toMatchObject([
      { approved_by: 'the console', approved_at: first.reviewed_at, job_id: first.job_id },
    ]);
    const shown = await series({ SERIES: 'meo' });
    const name = /note ([0-9a-f]{8}), approved by the console/.exec(shown)?.[1] ?? '';
    expect(shown).toContain(`not held for it: meo/2 (${second.job_id}, published)`);
    expect(pipeline.entries.map(({ data }) => JSON.stringify(data)).join()).toContain(
      'note_was_approved_before',
    );

    expect(await day({ 'meo/3': `${note} Cảm ơn!` })).toEqual(['held']);
    await decide('meo/3', 'approve');
    expect(await series({ SERIES: 'meo', REVOKE: name })).toContain(`taken back: note ${name}`);
    expect(await day({ 'meo/4': note })).toEqual(['held']);
    // The other text is still approved, until a chapter with it is rejected.
    await decide('meo/4', 'reject');
    expect(await day({ 'meo/5': `${note} Cảm ơn!` })).toEqual(['published']);
  },
  limit,
);
