import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { artifactsOf } from '../../../domain/artifacts.ts';
import type { Chapter } from '../../../domain/chapter.ts';
import { type Box, type Panels, panelId } from '../../../domain/page.ts';
import type { Script } from '../../../domain/script.ts';
import type { Speech } from '../../../domain/speech.ts';

/** The job that the benches render: the sample chapter at the requested length. */
export const jobId = 'job-bench';
export const artifacts = artifactsOf(jobId);

const sample = join(import.meta.dirname, '../../../samples/ke-trom-o');
const pause = 0.4;
/**
 * Each minute shows the same panels, so that videos differ only in length. Each has separate copies of the pages,
 * because equal pieces would be encoded only once.
 */
const panelsOfMinute = 12;
const pagesOfMinute = 4;
/** Returns a duration: five seconds with the pause on average, varied, and the same in each minute. */
const durationOf = (index: number) => 4.1 + (((index % panelsOfMinute) * 0.618034) % 1);

interface Truth {
  readingDirection: 'rtl' | 'ltr';
  pages: { file: string; width: number; height: number; panels: Box[] }[];
}

export interface BenchJob {
  chapter: Chapter;
  panels: Panels;
  script: Script;
  speech: Speech;
}

/** Makes a job with a segment of about five seconds for each panel of a minute, repeated until `seconds` are filled. */
export async function benchJob(bucket: string, seconds: number): Promise<BenchJob> {
  const truth = JSON.parse(readFileSync(join(sample, 'truth.json'), 'utf8')) as Truth;
  const count = Math.max(1, Math.round(seconds / 5));
  const told = truth.pages.slice(0, pagesOfMinute);
  const minutes = Math.ceil(count / panelsOfMinute);
  const leaves = Array.from({ length: minutes }, (_, minute) =>
    told.map((page) => ({ ...page, minute })),
  ).flat();
  const pages = leaves.map(({ width, height }, index) => ({
    ...{ number: index + 1, key: artifacts.page(index + 1), width, height },
  }));
  for (const [index, { file, minute }] of leaves.entries()) {
    const page = sharp(join(sample, file)).withExif({ IFD0: { ImageDescription: `Minute ${minute}` } });
    await put(bucket, artifacts.page(index + 1), await page.jpeg({ quality: 92 }).toBuffer());
  }
  const panels = leaves.map(({ width, height, panels: boxes }, index) => ({
    ...{ number: index + 1, width, height },
    panels: boxes.map((box, position) => ({ ...box, id: panelId(index + 1, position + 1), bubbles: [] })),
  }));
  const panelsOfCopy = told.flatMap((page) => page.panels).length;
  const shown = panels
    .flatMap((page) => page.panels.map(({ id }) => ({ page: page.number, id })))
    .filter((_, index) => index % panelsOfCopy < panelsOfMinute);
  const segments = Array.from({ length: count }, (_, index) => {
    const { page, id } = shown[index] ?? { page: 1, id: panelId(1, 1) };
    return { index, kind: 'speech' as const, text: 'Một câu.', page, panels: [id], pause_after: pause };
  });
  const spoken = segments.map(({ index }) => ({
    index,
    audio: artifacts.speechAudio(0),
    duration: durationOf(index),
    pause_after: pause,
    words: [],
  }));
  const duration = spoken.reduce((total, segment) => total + segment.duration + pause, 0);
  const job: BenchJob = {
    chapter: {
      ...{ job_id: jobId, chapter_id: 'bench', manga_id: 'bench', manga_title: 'Bench', number: '1' },
      ...{ title: null, summary: null, language: 'vi', reading_direction: truth.readingDirection },
      ...{ credits: [], licence: null, source: { name: 'bench', url: null }, pages },
    },
    panels: { job_id: jobId, pages: panels },
    script: { job_id: jobId, narrator: 'bench', language: 'vi', segments },
    speech: { job_id: jobId, voice: 'bench', duration, segments: spoken },
  };
  await put(bucket, artifacts.chapter, JSON.stringify(job.chapter));
  await put(bucket, artifacts.panels, JSON.stringify(job.panels));
  await put(bucket, artifacts.script, JSON.stringify(job.script));
  await mkdir(dirname(join(bucket, artifacts.speechAudio(0))), { recursive: true });
  await put(bucket, artifacts.speech, JSON.stringify(job.speech));
  return job;
}

async function put(bucket: string, key: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(bucket, key)), { recursive: true });
  await writeFile(join(bucket, key), content);
}
