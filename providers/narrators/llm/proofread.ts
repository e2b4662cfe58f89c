import type { Chapter } from '../../../domain/chapter.ts';
import { chapterIdsOf } from '../../../domain/chapter-parts.ts';
import type { Finding } from '../../../domain/proofreading/finding.ts';
import type { SegmentDraft } from '../../../domain/script.ts';
import type { Story } from '../../../domain/story.ts';
import type { Correction, Proofread, Proofs } from '../narrator.ts';
import { plain } from '../spoken.ts';
import { isUnanswered } from './ask.ts';
import type { Usage } from './budget.ts';
import type { PagePorts } from './page.ts';
import { marked, memoryOf, proofreadingInstructions, repairOf, type Task } from './prompt.ts';
import {
  contextOf,
  isRewriting,
  judgeProofs,
  type Part,
  ProofreadingReply,
  ReceivedReply,
  remarksIn,
} from './proofs.ts';
import type { Question } from './question.ts';
import { parseJson } from './reply.ts';

const task: Task = {
  name: 'proofreading',
  schema: ProofreadingReply,
  ask: 'Hãy đọc soát kich_ban, đúng theo lược đồ JSON.',
  instructions: proofreadingInstructions,
};

/** Bounds of tokens: characters of one part of a long script, parts of a chapter, and sentences that are shown before a part. */
const most = { perPart: 14_000, parts: 12, before: 6 };

/** Splits a script into parts that fit a request. */
function partsOf(segments: Proofs['segments']): Part[] {
  const parts: [number, SegmentDraft][][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const [place, segment] of segments) {
    length += segment.text.length;
    if (length > most.perPart) {
      parts.push([]);
      length = segment.text.length;
    }
    parts.at(-1)?.push([place, segment]);
  }
  return parts;
}

/**
 * Lets the model read a script over. It can correct sentences within the checks of a page's reply and of `problemsOfCorrection`; it
 * can repair what is rejected once. What it finds and does not correct is returned in words.
 */
export async function proofread(
  chapter: Chapter,
  { segments, hook }: Proofs,
  story: Story,
  ports: PagePorts,
): Promise<Proofread> {
  const paid: Usage = { tokens_in: 0, tokens_out: 0 };
  const notes: string[] = [];
  const corrections = new Map<number, Correction>();
  const findings: Finding[] = [];
  let betterHook: Correction | undefined;
  let unread = 0;
  const note = (text: string) => notes.push(`proofreading: ${text}`.slice(0, 300));
  const own = new Set(chapterIdsOf(chapter));
  const earlier = story.chapters.filter(({ chapter_id }) => !own.has(chapter_id));
  const texts = [...segments.values()].map(({ text }) => text);
  const context = contextOf(chapter, texts, story.characters);

  async function ask(
    part: Part,
    before: Part,
    shownHook: string | undefined,
    rejected?: Question['rejected'],
  ) {
    const data = marked({
      truyen: plain(chapter.manga_title).slice(0, 200),
      tri_nho: memoryOf({ ...story, chapters: earlier }),
      mo_dau: shownHook ?? null,
      cau_truoc: before.slice(-most.before).map(([, { text }]) => text),
      kich_ban: part.map(([so, { text, speaker }]) => ({ so, nguoi_noi: speaker ?? null, loi: text })),
    });
    const {
      paid: cost,
      text,
      finish,
    } = await ports.ask({
      ...{ task, data, pageHash: '', boxes: [], pictures: async () => [] },
      ...(rejected && { rejected }),
    });
    paid.tokens_in += cost.tokens_in;
    paid.tokens_out += cost.tokens_out;
    const reply = finish === 'content-filter' ? undefined : ReceivedReply.safeParse(parseJson(text)).data;
    if (finish === 'content-filter') return { text, unusable: 'was refused', isRefused: true };
    if (!reply) return { text, unusable: 'the reply is not JSON of the schema', isRefused: false };
    const unusable = 'the reply changes most sentences; only wrong ones can be changed';
    return isRewriting(reply, part) ? { text, unusable, isRefused: false } : { text, reply };
  }

  /** Keeps what can be used of a reply; returns the problems of the rest. */
  function take(part: Part, reply: ReceivedReply, shownHook: string | undefined) {
    const sua = reply.sua.filter(({ so }) => !corrections.has(so));
    const judged = judgeProofs({ ...reply, sua }, part, shownHook, context);
    for (const [place, correction] of judged.corrections) corrections.set(place, correction);
    betterHook ??= judged.hook;
    return judged.rejected;
  }

  function heed(part: Part, reply: ReceivedReply): void {
    const remarks = remarksIn(reply, part);
    findings.push(...remarks.findings);
    if (remarks.left > 0) note(`${remarks.left} remarks were left out: too many, or not about the script`);
  }

  /** Asks for another reply; without one, there is a note. */
  async function repaired(...question: Parameters<typeof ask>) {
    try {
      return await ask(...question);
    } catch (error) {
      if (!isUnanswered(error)) throw error;
      note(error.message);
      return undefined;
    }
  }

  async function readPart(part: Part, before: Part, shownHook: string | undefined): Promise<void> {
    const first = await ask(part, before, shownHook);
    const rejected = first.reply ? take(part, first.reply, shownHook) : [];
    if (first.reply) heed(part, first.reply);
    if (first.reply && rejected.length === 0) return;
    const problems = first.reply ? rejected.map(({ problem }) => problem) : [first.unusable];
    note(`reply rejected (${problems.slice(0, 3).join('; ')})`);
    const second = first.isRefused
      ? undefined
      : await repaired(part, before, shownHook, { text: first.text, repair: repairOf(problems) });
    const left = second?.reply ? take(part, second.reply, shownHook) : rejected;
    findings.push(...left.flatMap(({ finding }) => finding ?? []));
    if (!first.reply && second?.reply) heed(part, second.reply);
    if (first.reply || second?.reply) {
      if (left.length > 0) note(`${left.length} corrections can't be used`);
      return;
    }
    unread += part.length;
    note(`${part.length} sentences were not read over (${second?.unusable ?? first.unusable})`);
  }

  const parts = partsOf(segments);
  let done = 0;
  try {
    for (const part of parts.slice(0, most.parts)) {
      await readPart(part, parts[done - 1] ?? [], done === 0 ? hook : undefined);
      done += 1;
    }
  } catch (error) {
    if (!isUnanswered(error)) throw error;
    note(error.message);
  }
  const left = parts.slice(done).reduce((sum, { length }) => sum + length, 0);
  if (left > 0 && done === most.parts) note(`${left} sentences are beyond the limit of a chapter`);
  return {
    ...{ corrections, hook: betterHook, findings, unread: unread + left },
    account: { ...paid, cost_usd: ports.costOf(paid), notes },
  };
}
