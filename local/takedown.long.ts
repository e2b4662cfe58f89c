import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { localAccess } from 'local-aws/client';
import { artifactsOf, libraryPrefix, videosPrefix } from '../domain/artifacts.ts';
import { type heldChapters, startWithHeldChapters } from './testing/held-chapters.ts';
import type { LightPipeline } from './testing/light-pipeline.ts';

/** Takes a published chapter and a held one down with the real command, and looks for what is left of their scripts. */
const root = join(import.meta.dirname, '..');
const limit = 300_000;

let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
let page: Buffer;
beforeAll(async () => {
  ({ pipeline, held, page } = await startWithHeldChapters());
}, limit);
afterAll(() => pipeline?.close());

async function dayWith(chapter: string): Promise<void> {
  expect(await pipeline.end(await pipeline.begin(chapter, page))).toMatchObject({ status: 'SUCCEEDED' });
}

async function takeDown(path: string): Promise<string> {
  const env = { WHAT: 'takedown', LIBRARY: path, YES: '1', PATH: process.env.PATH, NODE_NO_WARNINGS: '1' };
  const options = { cwd: root, env: { ...env, ...localAccess(pipeline.cloud) } };
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/manga.ts', 'review'], options);
  return stdout;
}

/** Returns the keys of objects that quote the scripts, which all have this sentence. */
async function quoting(): Promise<string[]> {
  const keys: string[] = [];
  for (const { key } of await held.access.objects('')) {
    if (key.startsWith(libraryPrefix) || !key.endsWith('.json')) continue;
    if (JSON.stringify(await held.access.json(key)).includes('Đoạn 0')) keys.push(key);
  }
  return keys;
}

test(
  'nothing of a chapter is left in the bucket and in its job, whether it is published or held',
  async () => {
    await dayWith('first');
    await dayWith('doubtful-second');
    const [first, second] = [await held.jobOf('first'), await held.jobOf('doubtful-second')];
    expect([first.status, second.status]).toEqual(['published', 'needs_review']);
    const [record] = await held.access.objects(videosPrefix);
    const { root: artifacts, script } = artifactsOf(second.job_id);
    expect(await quoting()).toEqual([script, record?.key]);

    expect(await takeDown('doubtful-second')).toMatch(/deleted: \d+ objects .* 1 job records quote/);
    expect(await held.access.objects(artifacts)).toEqual([]);
    expect((await held.jobOf('doubtful-second')).doubt_reasons).toBeUndefined();
    expect(await quoting()).toEqual([record?.key]);

    expect(await takeDown('first')).toContain('taken down at file:');
    expect(existsSync(fileURLToPath(String(first.youtube_url)))).toBe(false);
    expect(await quoting()).toEqual([]);
    expect(await takeDown('first')).toContain('none of it is published, in progress or stored');
  },
  limit,
);
