import { z } from 'zod';
import { artifactsOf } from '../../domain/artifacts.ts';
import type { Chapter, StoredPage } from '../../domain/chapter.ts';
import { ChapterUnreadable } from '../../domain/errors.ts';
import { type Job, JobId } from '../../domain/job.ts';
import type { ChapterSource } from '../../providers/chapters/chapter-source.ts';
import type { NormalisedPage, PageSize } from '../../providers/chapters/normalise-page.ts';
import type { ReportProgress } from '../progress.ts';

export interface FetcherPorts {
  source: ChapterSource;
  newJobId(): JobId;
  findJob(jobId: JobId): Promise<Job | undefined>;
  updateJob(jobId: JobId, changes: Partial<Job>): Promise<void>;
  reportProgress: ReportProgress;
  /** The quota day on which the job holds a slot. */
  slotDay(jobId: JobId): Promise<string | undefined>;
  /** Gives that slot back. */
  releaseSlot(jobId: JobId): Promise<void>;
  /** Takes the chapter for the job; false when another has it, or it is published. */
  claim(chapterId: string, jobId: JobId): Promise<boolean>;
  normalisePage(image: Uint8Array, name: string): Promise<NormalisedPage>;
  findChapter(key: string): Promise<Chapter | undefined>;
  /** The size of a page that is stored already, in pixels. */
  findPage(key: string): Promise<PageSize | undefined>;
  putPage(key: string, jpeg: Uint8Array): Promise<void>;
  putChapter(key: string, chapter: Chapter): Promise<void>;
  now(): Date;
}

/** The state machine names the job, so that a repeated call goes on with the same one; `{}` makes a new job. */
const Input = z.object({ job_id: JobId.optional() });

const maxPages = 2000;

/** A job has one chapter for good: pages that are stored under its name are of that chapter and no other. */
async function claimNext(
  jobId: JobId,
  job: Job | undefined,
  ports: FetcherPorts,
): Promise<string | undefined> {
  if (job?.chapter_id) {
    if (await ports.claim(job.chapter_id, jobId)) return job.chapter_id;
    throw new ChapterUnreadable(
      `${job.chapter_id} was taken from ${jobId}: another job has it, or it is published`,
    );
  }
  for await (const { chapter_id } of ports.source.list()) {
    if (await ports.claim(chapter_id, jobId)) return chapter_id;
  }
  return undefined;
}

/** Pages that an earlier call of the same job stored, from the first on without a gap. */
async function findStoredPages(jobId: JobId, pageCount: number, ports: FetcherPorts): Promise<StoredPage[]> {
  const stored: StoredPage[] = [];
  while (stored.length < pageCount) {
    const number = stored.length + 1;
    const key = artifactsOf(jobId).page(number);
    const size = await ports.findPage(key);
    if (!size) break;
    stored.push({ number, key, ...size });
  }
  return stored;
}

async function storeChapter(
  jobId: JobId,
  chapterId: string,
  isRepeat: boolean,
  ports: FetcherPorts,
): Promise<Chapter> {
  const artifacts = artifactsOf(jobId);
  return ports.source.withChapter(chapterId, async ({ metadata, pageCount, pages }) => {
    if (pageCount > maxPages)
      throw new ChapterUnreadable(`${chapterId} has ${pageCount} pages, at most ${maxPages}`);
    const stored = isRepeat ? await findStoredPages(jobId, pageCount, ports) : [];
    for await (const { name, image } of pages(stored.length + 1)) {
      const number = stored.length + 1;
      const { jpeg, width, height } = await ports.normalisePage(image, name);
      const key = artifacts.page(number);
      await ports.putPage(key, jpeg);
      stored.push({ number, key, width, height });
      await ports.reportProgress(jobId, { step: 'FetchManga', done: number, total: pageCount });
    }
    if (stored.length === 0) throw new ChapterUnreadable(`${chapterId} has no pages`);
    const chapter = { ...metadata, job_id: jobId, pages: stored };
    await ports.putChapter(artifacts.chapter, chapter);
    return chapter;
  });
}

/** Claims the next chapter that nobody has, and stores its pages for the job. */
export async function run(input: unknown, ports: FetcherPorts) {
  const { job_id = ports.newJobId() } = Input.parse(input);
  const job = await ports.findJob(job_id);
  let chapter = await ports.findChapter(artifactsOf(job_id).chapter);
  if (!chapter) {
    const chapter_id = await claimNext(job_id, job, ports);
    if (chapter_id === undefined) {
      await ports.releaseSlot(job_id);
      return { status: 'no_manga_available' as const };
    }
    const created_at = job?.created_at ?? ports.now().toISOString();
    // It counts on the day whose slot it holds, however long it takes.
    const counted_on = job?.counted_on ?? (await ports.slotDay(job_id));
    await ports.updateJob(job_id, {
      status: 'fetching',
      chapter_id,
      created_at,
      ...(counted_on && { counted_on }),
    });
    chapter = await storeChapter(job_id, chapter_id, job?.chapter_id === chapter_id, ports);
  }
  const { manga_id, manga_title } = chapter;
  await ports.updateJob(job_id, { manga_id, manga_title, page_count: chapter.pages.length });
  return { status: 'success' as const, job_id, manga_id, manga_title };
}
