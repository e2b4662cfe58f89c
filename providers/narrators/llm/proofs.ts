import * as z from 'zod';
import type { Chapter } from '../../../domain/chapter.ts';
import { Fault, type Finding, quoted } from '../../../domain/proofreading/finding.ts';
import { Presentation, type SegmentDraft } from '../../../domain/script.ts';
import type { Correction } from '../narrator.ts';
import { plain, speakable } from '../spoken.ts';
import { isForeign, quotesInstructions, words } from './checks.ts';
import { problemsOfCorrection } from './correction.ts';
import { problemsInHeadline } from './presentation.ts';

const replyWith = <T extends z.ZodType>(fault: T) =>
  z.object({
    sua: z.array(
      z.object({
        so: z.number().describe('Số của câu, như trong kich_ban'),
        loi: z.string().describe('Cả câu sau khi sửa'),
        loai: fault,
        ly_do: z.string().describe('Sai ở đâu'),
      }),
    ),
    mo_dau: z.string().nullable().describe('Câu mở đầu đã sửa; null nếu để yên'),
    nhan_xet: z.array(z.object({ so: z.number().nullable(), loai: fault, ly_do: z.string() })),
  });

/** Reply that a model is asked for: corrections of sentences and of the hook, and remarks on what it can't correct. */
export const ProofreadingReply = replyWith(Fault);
/** Accepts unknown kinds of faults: a reply is not refused for them. */
export const ReceivedReply = replyWith(Fault.catch('unclear'));
export type ReceivedReply = z.infer<typeof ReceivedReply>;

/** A part of a script, in order. */
export type Part = readonly (readonly [place: number, segment: SegmentDraft])[];

/** Largest share of changed sentences. A pass that changes more than half tells another story. */
export function isRewriting({ sua }: ReceivedReply, part: Part): boolean {
  const segmentAt = new Map(part);
  const changes = sua.filter(({ so, loi }) => plain(loi) !== segmentAt.get(so)?.text);
  return changes.length > Math.max(6, part.length / 2);
}

const reasons: Record<Fault, string> = {
  name: 'a name was spelt differently',
  address: 'the form of address did not fit',
  repetition: 'it repeated what had been told',
  contradiction: 'it contradicted the story',
  hook: 'it did not fit as a beginning',
  unpronounceable: 'a voice could not say it',
  unclear: 'a listener would not understand it',
  foreign: 'it was not Vietnamese',
};

/** Returns a model's remark in one line; undefined if it has addresses or instructions instead of one. */
function remarkOf(text: string): string | undefined {
  const clean = plain(text).slice(0, 160).trim();
  return clean === '' || isForeign(clean) || quotesInstructions(clean) ? undefined : clean;
}

/** Returns the reason for a correction, with the model's own words. */
function whyOf(fault: Fault, remark: string): string {
  const own = remarkOf(remark);
  return own === undefined ? reasons[fault] : `${reasons[fault]} (${quoted(own)})`;
}

interface Judged {
  corrections: Map<number, Correction>;
  hook: Correction | undefined;
  /** Problems for the model that has to correct them, with the finding that is left if it can't. */
  rejected: { problem: string; finding?: Finding }[];
}

/**
 * Returns the corrections of a reply that can be used, and the problems of the others. The texts of those that can be used are added to
 * `context.others`, so that two sentences do not become one.
 */
export function judgeProofs(
  { sua, mo_dau }: ReceivedReply,
  part: Part,
  hook: string | undefined,
  context: ReturnType<typeof contextOf>,
): Judged {
  const segmentAt = new Map(part);
  const judged: Judged = { corrections: new Map(), hook: undefined, rejected: [] };
  for (const { so, loi, loai, ly_do } of sua) {
    const segment = segmentAt.get(so);
    if (!segment) judged.rejected.push({ problem: `sentence ${so} does not exist` });
    if (!segment || judged.corrections.has(so) || plain(loi) === segment.text) continue;
    const problems = problemsOfCorrection(loi, { ...context, segment });
    if (problems.length === 0) {
      judged.corrections.set(so, { text: speakable(loi), why: whyOf(loai, ly_do) });
      context.others.add(words(loi).join(' '));
      continue;
    }
    const text = `page ${segment.page}: ${quoted(segment.text)} stays although ${whyOf(loai, ly_do)}: its correction ${problems.join(', ')}`;
    judged.rejected.push({
      problem: `sentence ${so} ${problems.join(', ')}`,
      finding: {
        ...{ fault: loai, found_by: 'model', pages: [segment.page], sure: false },
        text: text.slice(0, 400),
      },
    });
  }
  const better = mo_dau === null ? hook : plain(mo_dau).replace(/[<>]/g, '');
  if (hook === undefined || better === undefined || better === hook) return judged;
  const isTooLong = !Presentation.shape.headline.safeParse(better).success;
  const problems = [
    ...problemsInHeadline('mo_dau', better, context.names, context.chapter),
    ...(isTooLong ? ['mo_dau is empty or too long'] : []),
  ];
  if (problems.length > 0) judged.rejected.push({ problem: problems.join(', ') });
  else judged.hook = { text: better, why: reasons.hook };
  return judged;
}

const mostRemarks = 12;

/** Returns what the model found and could not correct, and the number of remarks that are left out. */
export function remarksIn({ nhan_xet }: ReceivedReply, part: Part): { findings: Finding[]; left: number } {
  const segmentAt = new Map(part);
  const findings = nhan_xet.flatMap(({ so, loai, ly_do }): Finding[] => {
    const remark = remarkOf(ly_do);
    if (remark === undefined) return [];
    const page = segmentAt.get(so ?? -1)?.page;
    const text = `${page === undefined ? '' : `page ${page}: `}the model remarks: ${quoted(remark)}`;
    return [{ fault: loai, found_by: 'model', pages: page === undefined ? [] : [page], text, sure: false }];
  });
  return {
    findings: findings.slice(0, mostRemarks),
    left: nhan_xet.length - Math.min(findings.length, mostRemarks),
  };
}

/** Returns everything that a correction is compared with. */
export function contextOf(
  chapter: Chapter,
  texts: readonly string[],
  characters: readonly { name: string; original: string }[],
): { chapter: Chapter; names: string[]; vocabulary: Set<string>; others: Set<string> } {
  const named = characters.flatMap(({ name, original }) => [name, original]);
  return {
    chapter,
    names: characters.map(({ name }) => name),
    vocabulary: new Set([...texts, ...named].flatMap(words)),
    others: new Set(texts.map((text) => words(text).join(' '))),
  };
}
