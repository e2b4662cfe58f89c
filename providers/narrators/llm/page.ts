import { createHash } from 'node:crypto';
import type { Panel } from '../../../domain/page.ts';
import type { NarrationAccount, SegmentDraft } from '../../../domain/script.ts';
import type { PageFacts } from '../../../domain/story.ts';
import { farewell, welcome } from '../frame.ts';
import type { PageToNarrate, ToldPage } from '../narrator.ts';
import { createOcrNarrator } from '../ocr.ts';
import { type Answer, OverBudget } from './ask.ts';
import type { Usage } from './budget.ts';
import { RequestRefused } from './call-failure.ts';
import { ModelUnavailable } from './call-model.ts';
import { problemsOf } from './checks.ts';
import { panelPictures } from './pictures.ts';
import { dataBlock, type PageContext, repairOf, type Task } from './prompt.ts';
import type { Question } from './question.ts';
import { type PageReply, parseReply } from './reply.ts';
import { factsOf, segmentsOf } from './segments.ts';

/** Context of a page when its turn comes. */
export type PageSetting = Pick<PageContext, 'story' | 'before'> & {
  /** Narration of earlier pages. */
  told: readonly string[];
  task: Task;
};

export interface PagePorts {
  ask(question: Question): Promise<Answer>;
  costOf(usage: Usage): number;
}

type Verdict = { reply: PageReply } | { text: string; problems: string[]; refused: boolean };

const ocr = createOcrNarrator();
const noFacts: PageFacts = { characters: [], places: [], events: [] };
const shortList = (problems: string[]) => problems.slice(0, 3).join('; ');

const letteringAlone = 'told from its lettering alone';

/** Returns whether a page was told without the model, by its notes. */
export const isFromLettering = ({ account }: Pick<ToldPage, 'account'>) =>
  account.notes.some((note) => note.endsWith(letteringAlone));

/**
 * Tells one page, one call at a time: asks, lets the model repair a rejected reply once, then asks for each half of the page
 * alone, then retells the lettering. Notes record each of these steps.
 * @returns `lost` when the endpoint gave no reply at all
 * @throws ConfigurationError when no request can ever succeed
 */
export async function tellPage(
  page: PageToNarrate,
  setting: PageSetting,
  ports: PagePorts,
): Promise<ToldPage & { lost: boolean }> {
  const { chapter, analysis, isFirst, isLast } = page;
  const notes: string[] = [];
  const paid: Usage = { tokens_in: 0, tokens_out: 0 };
  const note = (text: string) => notes.push(`page ${analysis.number}: ${text}`.slice(0, 300));
  const image = await page.image();
  const pageHash = createHash('sha256').update(image).digest('hex');

  async function attempt(panels: readonly Panel[], rejected?: Question['rejected']): Promise<Verdict> {
    const answer = await ports.ask({
      task: setting.task,
      data: dataBlock({ chapter, page: analysis.number, panels, ...setting }),
      pageHash,
      boxes: panels.map(({ x, y, w, h }) => [x, y, w, h]),
      pictures: () => panelPictures(image, analysis, panels),
      ...(rejected && { rejected }),
    });
    paid.tokens_in += answer.paid.tokens_in;
    paid.tokens_out += answer.paid.tokens_out;
    const { text } = answer;
    if (answer.finish === 'content-filter') return { text, problems: ['was refused'], refused: true };
    const reply = parseReply(text);
    const { characters, places } = setting.story;
    const names = [...characters, ...places].map(({ name }) => name);
    const problems = reply
      ? problemsOf(reply, panels, setting.told, names)
      : [text.trim() ? 'the reply is not JSON of the schema' : 'the reply is empty'];
    return reply && problems.length === 0 ? { reply } : { text, problems, refused: false };
  }

  async function wholeOrHalves(): Promise<PageReply | undefined> {
    const { panels } = analysis;
    const first = await attempt(panels);
    if ('reply' in first) return first.reply;
    note(`reply rejected (${shortList(first.problems)})`);
    if (first.refused) return undefined;
    const repaired = await attempt(panels, { text: first.text, repair: repairOf(first.problems) });
    if ('reply' in repaired) return repaired.reply;
    note(`repaired reply rejected (${shortList(repaired.problems)})`);
    if (panels.length < 2) return undefined;
    const middle = Math.ceil(panels.length / 2);
    const upper = await attempt(panels.slice(0, middle));
    if (!('reply' in upper)) return undefined;
    const lower = await attempt(panels.slice(middle));
    if (!('reply' in lower)) return undefined;
    note('told in two halves');
    return joined(upper.reply, lower.reply);
  }

  let lost = false;
  let reply: PageReply | undefined;
  try {
    reply = await wholeOrHalves();
  } catch (error) {
    if (
      !(error instanceof ModelUnavailable || error instanceof RequestRefused || error instanceof OverBudget)
    )
      throw error;
    note(error.message);
    lost = !(error instanceof OverBudget);
  }
  const account: NarrationAccount = { ...paid, cost_usd: ports.costOf(paid), notes };
  if (!reply) {
    note(letteringAlone);
    return { segments: await ocr.narratePage(page), facts: noFacts, account, lost };
  }
  const segments: SegmentDraft[] = [];
  const told = segmentsOf(reply, analysis.number, analysis.panels);
  if (isFirst)
    segments.push(
      welcome(
        page,
        analysis.panels.slice(0, 1).map(({ id }) => id),
      ),
    );
  segments.push(...told);
  if (isLast) segments.push(farewell(page));
  return { segments, facts: factsOf(reply), account, lost };
}

const joined = (one: PageReply, other: PageReply): PageReply => ({
  segments: [...one.segments, ...other.segments],
  facts: {
    characters: [...one.facts.characters, ...other.facts.characters],
    places: [...one.facts.places, ...other.facts.places],
    events: [...one.facts.events, ...other.facts.events],
  },
});
