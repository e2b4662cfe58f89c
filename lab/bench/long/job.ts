import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { artifactsOf } from '../../../domain/artifacts.ts';
import type { Chapter } from '../../../domain/chapter.ts';
import { type Box, type PageAnalysis, panelId } from '../../../domain/page.ts';
import type { SegmentDraft } from '../../../domain/script.ts';
import type { Bucket } from './bucket.ts';

/** The chapter of `make lab WHAT=long`: the pages of the sample repeatedly, with ten segments each. */
export const jobId = 'job-long';
export const artifacts = artifactsOf(jobId);
const segmentsPerPage = 10;
/** Seconds; short, so that a video of thousands of segments is made in reasonable time. */
const pause = 0.01;

const sample = join(import.meta.dirname, '../../../samples/ke-trom-o');
const truth = JSON.parse(readFileSync(join(sample, 'truth.json'), 'utf8')) as {
  pages: { file: string; width: number; height: number; panels: Box[] }[];
};
const originalOf = (page: number) => truth.pages[(page - 1) % truth.pages.length] ?? truth.pages[0];

/** Puts the chapter and its pages into the bucket, as the fetcher does. */
export async function putChapter(bucket: Bucket, segments: number): Promise<void> {
  const jpegs = await Promise.all(truth.pages.map(({ file }) => sharp(join(sample, file)).jpeg().toBuffer()));
  const pages: Chapter['pages'] = [];
  for (let number = 1; number <= segments / segmentsPerPage; number++) {
    const { width = 1, height = 1 } = originalOf(number) ?? {};
    const key = artifacts.page(number);
    await bucket.put(key, jpegs[(number - 1) % jpegs.length] ?? '');
    pages.push({ number, key, width, height });
  }
  const chapter: Chapter = {
    ...{ job_id: jobId, chapter_id: 'long', manga_id: 'long', manga_title: 'Truyện dài', number: '1' },
    ...{ title: null, summary: null, language: 'vi', reading_direction: 'ltr', credits: [], licence: null },
    ...{ source: { name: 'load', url: null }, pages },
  };
  await bucket.put(artifacts.chapter, JSON.stringify(chapter));
}

export function analysisOf(number: number): PageAnalysis {
  const { width = 1, height = 1, panels = [] } = originalOf(number) ?? {};
  return {
    number,
    width,
    height,
    panels: panels.map((box, position) => ({ ...box, id: panelId(number, position + 1), bubbles: [] })),
  };
}

/** Returns sentences that are all different, because repeated ones are not spoken again. */
export const narrationOf = ({ number, panels }: PageAnalysis): SegmentDraft[] =>
  Array.from({ length: segmentsPerPage }, (_, index) => ({
    kind: 'speech',
    text: `Đây là câu thứ ${index + 1} của trang ${number}, và câu chuyện vẫn còn dài lắm.`,
    page: number,
    panels: [panels[index % panels.length]?.id ?? panelId(number, 1)],
    pause_after: pause,
  }));
