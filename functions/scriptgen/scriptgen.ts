import { type Artifacts, artifactsOf } from '../../domain/artifacts.ts';
import type { Chapter, StoredPage } from '../../domain/chapter.ts';
import { NarrationFailed } from '../../domain/errors.ts';
import type { JobId } from '../../domain/job.ts';
import type { Panels } from '../../domain/page.ts';
import type { PageDraft, Script } from '../../domain/script.ts';
import type { Narrator } from '../../providers/narrators/narrator.ts';
import type { PageReader } from '../../providers/vision/page-reader.ts';
import { positionOf, workThrough } from '../continuation.ts';
import { ContinuableInput } from '../job-input.ts';
import type { ReportProgress } from '../progress.ts';

export interface ScriptgenPorts {
  getChapter(key: string): Promise<Chapter>;
  getPage(key: string): Promise<Uint8Array>;
  findDraft(key: string): Promise<PageDraft | undefined>;
  findScript(key: string): Promise<Script | undefined>;
  putJson(key: string, value: PageDraft | Panels | Script): Promise<void>;
  reader: PageReader;
  narrator: Narrator;
  markScripting(jobId: JobId): Promise<void>;
  markScripted(jobId: JobId, segmentCount: number): Promise<void>;
  reportProgress: ReportProgress;
  /** What is left of the call's time, in ms. */
  timeLeft(): number;
}

async function draftPage(chapter: Chapter, page: StoredPage, artifacts: Artifacts, ports: ScriptgenPorts) {
  const key = artifacts.pageDraft(page.number);
  if (await ports.findDraft(key)) return;
  const image = await ports.getPage(page.key);
  const analysis = await ports.reader.read({
    number: page.number,
    image,
    direction: chapter.reading_direction,
    language: chapter.language,
  });
  const segments = await ports.narrator.narratePage({
    chapter,
    analysis,
    isFirst: page.number === 1,
    isLast: page.number === chapter.pages.length,
    image: async () => image,
  });
  await ports.putJson(key, { analysis, segments });
}

async function assemble(chapter: Chapter, artifacts: Artifacts, ports: ScriptgenPorts): Promise<Script> {
  const drafts: PageDraft[] = [];
  for (const { number } of chapter.pages) {
    const draft = await ports.findDraft(artifacts.pageDraft(number));
    if (!draft)
      throw new NarrationFailed(
        `The draft of page ${number} is missing; scriptgen has to run from the start`,
      );
    drafts.push(draft);
  }
  const segments = drafts.flatMap((draft) => draft.segments).map((segment, index) => ({ ...segment, index }));
  if (segments.length === 0)
    throw new NarrationFailed('The narrator found nothing to say about the whole chapter');
  const { job_id } = chapter;
  await ports.putJson(artifacts.panels, { job_id, pages: drafts.map(({ analysis }) => analysis) });
  const script: Script = { job_id, narrator: ports.narrator.name, language: 'vi', segments };
  await ports.putJson(artifacts.script, script);
  return script;
}

/**
 * Reads every page and writes the script. Each page's draft is a checkpoint; when the time is nearly up the call
 * answers a token, and the state machine calls again with it.
 */
export async function run(input: unknown, ports: ScriptgenPorts) {
  const { job_id, continuation_token } = ContinuableInput.parse(input);
  const artifacts = artifactsOf(job_id);
  let script = await ports.findScript(artifacts.script);
  if (!script) {
    await ports.markScripting(job_id);
    const chapter = await ports.getChapter(artifacts.chapter);
    const total = chapter.pages.length;
    const from = positionOf(continuation_token, total);
    const batch = await workThrough(chapter.pages, from, ports.timeLeft, async (page, position) => {
      await draftPage(chapter, page, artifacts, ports);
      await ports.reportProgress(job_id, { step: 'GenerateScript', done: position + 1, total });
    });
    if (!batch.finished) {
      return { job_id, script_generated: false, segment_count: 0, continuation_token: String(batch.next) };
    }
    script = await assemble(chapter, artifacts, ports);
  }
  await ports.markScripted(job_id, script.segments.length);
  return { job_id, script_generated: true, segment_count: script.segments.length, continuation_token: null };
}
