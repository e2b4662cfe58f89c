import * as z from 'zod';
import type { Chapter } from '../../../domain/chapter.ts';
import type { SegmentDraft } from '../../../domain/script.ts';
import { sentencesOf } from '../../../domain/sentences.ts';
import type { Story } from '../../../domain/story.ts';
import type { Retelling, Retold } from '../narrator.ts';
import { longestSegment, plain, speakable } from '../spoken.ts';
import { isUnanswered } from './ask.ts';
import type { Usage } from './budget.ts';
import { problemsOfText } from './checks.ts';
import type { PagePorts } from './page.ts';
import { present } from './presentation.ts';
import { marked, repairOf, retellingInstructions, type Task } from './prompt.ts';
import type { Question } from './question.ts';
import { parseJson } from './reply.ts';

const RetellingReply = z.object({
  cau: z.array(
    z.object({
      so: z.number().describe('Số của câu, như trong cau_can_sua'),
      loi: z.string().describe('Câu đã viết lại'),
    }),
  ),
});

const task: Task = {
  name: 'retelling',
  schema: RetellingReply,
  ask: 'Hãy viết lại các câu trong cau_can_sua, đúng theo lược đồ JSON.',
  instructions: retellingInstructions,
};

/** Segments in one request, and requests for one chapter, which bound its tokens. */
const most = { perRequest: 30, requests: 6, alike: 12, characters: 15 };

interface Told {
  pages: readonly { segments: SegmentDraft[] }[];
  story: Story;
}
type Segments = readonly (readonly [place: number, segment: SegmentDraft])[];

/** Returns why a new text can't replace a segment's. */
function problemsOf(text: string, { text: before }: SegmentDraft, names: readonly string[]): string[] {
  const lost = names.filter((name) => before.includes(name) && !text.includes(name));
  return [
    ...problemsOfText(text, before, names),
    ...(speakable(text).length > longestSegment ? [`is longer than ${longestSegment} characters`] : []),
    ...lost.map((name) => `does not name ${name}`),
    ...(sentencesOf(before).some((sentence) => sentence === text) ? ['is unchanged'] : []),
  ];
}

/**
 * Says segments and the headline differently. Each new text passes the checks of a page's reply, keeps the names, and fits one
 * breath; the model can correct the others once, and what fails again keeps its text, with a note.
 */
export async function retell(
  chapter: Chapter,
  { segments, alike, presentation }: Retelling,
  { pages, story }: Told,
  ports: PagePorts,
): Promise<Retold> {
  const paid: Usage = { tokens_in: 0, tokens_out: 0 };
  const notes: string[] = [];
  const texts = new Map<number, string>();
  const note = (text: string) => notes.push(`retelling: ${text}`.slice(0, 300));
  const names = story.characters.map(({ name }) => name);

  async function ask(batch: Segments, rejected?: Question['rejected']) {
    const data = marked({
      truyen: plain(chapter.manga_title).slice(0, 200),
      nhan_vat: story.characters.slice(-most.characters).map(({ name, address }) => ({ name, address })),
      video_truoc: alike.slice(0, most.alike).map((sentence) => plain(sentence).slice(0, 300)),
      cau_can_sua: batch.map(([so, { text, speaker }]) => ({ so, nguoi_noi: speaker ?? null, loi: text })),
    });
    const answer = await ports.ask({
      ...{ task, data, pageHash: '', boxes: [], pictures: async () => [] },
      ...(rejected && { rejected }),
    });
    paid.tokens_in += answer.paid.tokens_in;
    paid.tokens_out += answer.paid.tokens_out;
    const reply = RetellingReply.safeParse(parseJson(answer.text));
    return { text: answer.text, sentences: reply.data?.cau, isRefused: answer.finish === 'content-filter' };
  }

  /** Keeps the sentences that can be used, and returns the problems of the others. */
  function take(batch: Segments, sentences: z.infer<typeof RetellingReply>['cau'] | undefined): string[] {
    if (!sentences) return ['the reply is not JSON of the schema'];
    const problems: string[] = [];
    for (const [place, segment] of batch) {
      if (texts.has(place)) continue;
      const text = sentences.find(({ so }) => so === place)?.loi;
      const found = text === undefined ? ['is missing'] : problemsOf(text, segment, names);
      if (text !== undefined && found.length === 0) texts.set(place, speakable(text));
      else problems.push(`sentence ${place} ${found.join(', ')}`);
    }
    return problems;
  }

  async function retellBatch(batch: Segments): Promise<void> {
    const first = await ask(batch);
    const problems = take(batch, first.sentences);
    if (problems.length === 0) return;
    note(`reply rejected (${problems.slice(0, 3).join('; ')})`);
    if (first.isRefused) return;
    const repaired = await ask(batch, { text: first.text, repair: repairOf(problems) });
    const left = take(batch, repaired.sentences);
    if (left.length > 0) note(`${left.length} sentences stay (${left.slice(0, 3).join('; ')})`);
  }

  const all = [...segments];
  const limit = most.perRequest * most.requests;
  if (all.length > limit) note(`${all.length - limit} of ${all.length} sentences are beyond the limit`);
  const presented = presentation && (await present(chapter, pages, story, ports, presentation));
  try {
    for (let from = 0; from < Math.min(all.length, limit); from += most.perRequest)
      await retellBatch(all.slice(from, Math.min(limit, from + most.perRequest)));
  } catch (error) {
    if (!isUnanswered(error)) throw error;
    note(error.message);
  }
  if (presented) {
    paid.tokens_in += presented.account.tokens_in;
    paid.tokens_out += presented.account.tokens_out;
    notes.push(...presented.account.notes);
  }
  return {
    texts,
    presentation: presented?.presentation,
    account: { ...paid, cost_usd: ports.costOf(paid), notes },
  };
}
