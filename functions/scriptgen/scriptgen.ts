import { type Artifacts, artifactsOf } from '../../domain/artifacts.ts';
import type { Chapter } from '../../domain/chapter.ts';
import { unapprovedNotes } from '../../domain/doubt/source.ts';
import { type Doubt, type JudgedBy, judge, reasonLines } from '../../domain/doubt.ts';
import type { JobId } from '../../domain/job.ts';
import type { Likeness } from '../../domain/likeness.ts';
import type { ApprovedNote, LimitingNote } from '../../domain/limiting-note.ts';
import type { Log } from '../../domain/log.ts';
import type { Panels } from '../../domain/page.ts';
import { type Proofreading, proofreadingLines } from '../../domain/proofreading.ts';
import type { NarrationAccount, PageDraft, Script } from '../../domain/script.ts';
import type { FrameSettings } from '../../providers/narrators/frame.ts';
import type { Narrator, StoryNarrator } from '../../providers/narrators/narrator.ts';
import { positionOf, workThrough } from '../continuation.ts';
import { ContinuableInput } from '../job-input.ts';
import type { ReportProgress } from '../progress.ts';
import { draftsOf } from './assembly.ts';
import { comparedScript, type LikenessPorts } from './likeness.ts';
import { correctedChapter, proofreadingOf } from './proofreading.ts';
import type { ReadingPorts } from './read-page.ts';
import { startDrafting } from './start-drafting.ts';

/** Settings by which the chapters of a series and channel are told and compared. */
interface Taste {
  frame: FrameSettings;
  /** In words for a narrator that understands them. */
  tone: string | undefined;
  /** Whether a model reads the script over before it is spoken. */
  proofreading: boolean;
  /** Number of the channel's latest videos that a new one must not be like. */
  likenessVideos: number;
}

/** Facts about the script that a job records. */
export interface ScriptResult {
  segment_count: number;
  doubt_reasons: string[];
  /** Changes, findings and unread parts of the proofreading. */
  script_notes: string[];
  /** Names in the settings of the series that the series does not have. */
  series_notes: string[];
  /** Notes of the source that hold the chapter, and those that do not because they were approved before. */
  limiting_notes: LimitingNote[];
  approved_notes: ApprovedNote[];
}

export interface ScriptgenPorts extends LikenessPorts {
  getChapter(key: string): Promise<Chapter>;
  findDraft(key: string): Promise<PageDraft | undefined>;
  findScript(key: string): Promise<Script | undefined>;
  getPanels(key: string): Promise<Panels>;
  findDoubt(key: string): Promise<Doubt | undefined>;
  findLikeness(key: string): Promise<Likeness | undefined>;
  findProofreading(key: string): Promise<Proofreading | undefined>;
  putJson(key: string, value: PageDraft | Panels | Script | Doubt | Likeness | Proofreading): Promise<void>;
  reader: ReadingPorts['reader'];
  narrator: Narrator | StoryNarrator;
  tasteOf(chapter: Chapter): Promise<Taste>;
  /** Returns the thresholds of doubt of the chapter's series. */
  judgedBy(chapter: Chapter): Promise<JudgedBy>;
  /** Returns notes on what the settings of the chapter's series name, and the series does not have. */
  notesOfSeries(script: Script): Promise<string[]>;
  /** Returns a person's earlier approval of a note in a series; undefined if there is none. */
  findApprovedNote(mangaId: string, textHash: string): Promise<ApprovedNote | undefined>;
  log: Log;
  markScripting(jobId: JobId): Promise<void>;
  markScripted(jobId: JobId, result: ScriptResult): Promise<void>;
  /** Called with narrators that have costs, also when the step fails. */
  recordNarration(jobId: JobId, account: NarrationAccount): Promise<void>;
  reportProgress: ReportProgress;
  /** Time left in the call, in ms. */
  timeLeft(): number;
}

/** Reserved for writing the results, in ms. */
const reserve = 15_000;

type Written = { script: Script; next?: undefined } | { script?: undefined; next: number };

/** Drafts pages from a position on; if all are done in time, compares the video with others and writes the script. */
async function writeScript(
  chapter: Chapter,
  from: number,
  artifacts: Artifacts,
  ports: ScriptgenPorts,
): Promise<Written> {
  const { job_id, pages } = chapter;
  const total = pages.length;
  let done = from;
  const { frame, tone, proofreading: isRead, likenessVideos } = await ports.tasteOf(chapter);
  const drafting = await startDrafting(chapter, artifacts, {
    ...ports,
    tone,
    putDraft: ports.putJson,
    timeToStart: (tailMs) => ports.timeLeft() - tailMs - reserve,
    onDrafted: () => ports.reportProgress(job_id, { step: 'GenerateScript', done: ++done, total }),
  });
  try {
    await drafting.resume(pages.slice(0, from));
    const timeLeft = () => ports.timeLeft() - drafting.tailMs;
    const batch = await workThrough(pages, from, timeLeft, (page) => drafting.draft(page));
    await drafting.settle();
    const unbegun = drafting.unbegun();
    if (unbegun) return { next: pages.indexOf(unbegun) };
    if (!batch.finished) return { next: batch.next };
    // The next call has all of its time for what is read over and told differently.
    const revisionMs = (isRead ? drafting.proofreadMs : 0) + drafting.retellMs;
    if (revisionMs > 0 && from < total && ports.timeLeft() < revisionMs + reserve) return { next: total };
    const ending = await drafting.finish();
    const drafts = await draftsOf(chapter, artifacts, ports.findDraft);
    const segments = drafts.flatMap((draft) => draft.segments);
    const narrator = ports.narrator.name;
    const told = {
      ...{ chapter, narrator, frame, ending, drafts, segments },
      changed: new Map(),
      accounts: [],
    };
    const proofs = await correctedChapter(told, isRead ? drafting.proofread : undefined);
    const panels: Panels = { job_id, pages: drafts.map(({ analysis }) => analysis) };
    const compared = await comparedScript(proofs.told, panels, likenessVideos, drafting.retell, ports);
    const { script, likeness } = compared;
    const proofreading = proofreadingOf(script, proofs);
    await ports.putJson(artifacts.panels, panels);
    await ports.putJson(artifacts.likeness, likeness);
    await ports.putJson(artifacts.proofreading, proofreading);
    await ports.putJson(artifacts.script, script);
    return { script };
  } finally {
    // Pages in progress are paid for, so they are kept; the first failure is reported, not theirs.
    await drafting.settle().catch(() => undefined);
    const account = drafting.account();
    if (account) await ports.recordNarration(job_id, account);
  }
}

/**
 * Reads every page, writes the script, and judges both. Each page's draft is a checkpoint; when the time is nearly up
 * the call returns a token, and the state machine calls again with it.
 */
export async function run(input: unknown, ports: ScriptgenPorts) {
  const { job_id, continuation_token } = ContinuableInput.parse(input);
  const artifacts = artifactsOf(job_id);
  let script = await ports.findScript(artifacts.script);
  if (!script) {
    await ports.markScripting(job_id);
    const chapter = await ports.getChapter(artifacts.chapter);
    const from = positionOf(continuation_token, chapter.pages.length);
    const written = await writeScript(chapter, from, artifacts, ports);
    if (!written.script) {
      return {
        job_id,
        script_generated: false,
        doubtful: false,
        segment_count: 0,
        continuation_token: String(written.next),
      };
    }
    script = written.script;
  }
  if (script.account) await ports.recordNarration(job_id, script.account);
  const proofreading = await ports.findProofreading(artifacts.proofreading);
  const chapter = await ports.getChapter(artifacts.chapter);
  const series_notes = await ports.notesOfSeries(script);
  const doubt = await judged(script, chapter, { proofreading, series_notes }, artifacts, ports);
  await ports.markScripted(job_id, {
    segment_count: script.segments.length,
    doubt_reasons: reasonLines(doubt),
    script_notes: proofreading ? proofreadingLines(proofreading) : [],
    series_notes,
    limiting_notes: unapprovedNotes(chapter, doubt.approved_notes),
    approved_notes: doubt.approved_notes,
  });
  return {
    job_id,
    script_generated: true,
    doubtful: doubt.verdict === 'doubtful',
    segment_count: script.segments.length,
    continuation_token: null,
  };
}

/** Judges what was read and told, once: sentences that a person changes later do not change the verdict. */
async function judged(
  script: Script,
  chapter: Chapter,
  { proofreading, series_notes }: { proofreading: Proofreading | undefined; series_notes: string[] },
  artifacts: Artifacts,
  ports: ScriptgenPorts,
): Promise<Doubt> {
  const passed = await ports.findDoubt(artifacts.doubt);
  if (passed) return passed;
  const { pages } = await ports.getPanels(artifacts.panels);
  const likeness = await ports.findLikeness(artifacts.likeness);
  const { applied, remarks } = await ports.judgedBy(chapter);
  const judgedBy = { applied, remarks: [...remarks, ...series_notes] };
  const approved = await approvedIn(chapter, ports);
  const doubt = judge({ chapter, pages, script, likeness, proofreading, judgedBy, approved });
  await ports.putJson(artifacts.doubt, doubt);
  return doubt;
}

/** Returns the notes of a chapter that a person approved with an earlier one of its series, and logs them. */
async function approvedIn(
  { job_id, chapter_id, manga_id, limiting_notes: notes = [] }: Chapter,
  { findApprovedNote, log }: ScriptgenPorts,
): Promise<ApprovedNote[]> {
  const approved: ApprovedNote[] = [];
  for (const { text_hash } of notes) {
    const note = text_hash === null ? undefined : await findApprovedNote(manga_id, text_hash);
    if (!note) continue;
    approved.push(note);
    const { job_id: approved_in, ...facts } = note;
    log({ level: 'INFO', event: 'note_was_approved_before', job_id, chapter_id, approved_in, ...facts });
  }
  return approved;
}
