import type { Artifacts } from '../../domain/artifacts.ts';
import { attributed } from '../../domain/cast.ts';
import type { Chapter } from '../../domain/chapter.ts';
import { coversOf, mostCovers } from '../../domain/cover.ts';
import { NarrationFailed } from '../../domain/errors.ts';
import type { NarrationAccount, PageDraft, Script, ScriptChange, SegmentDraft } from '../../domain/script.ts';
import { type FrameSettings, framed } from '../../providers/narrators/frame.ts';
import type { Ending } from '../../providers/narrators/narrator.ts';
import { accountOf } from './account.ts';

/** Everything that the script of a chapter is made from. */
export interface ToldChapter {
  chapter: Chapter;
  narrator: string;
  frame: FrameSettings;
  ending: Ending | undefined;
  drafts: readonly PageDraft[];
  /** The segments of all drafts, with changed texts. */
  segments: readonly SegmentDraft[];
  /** First versions of changed segments, by their place among the segments, and the reasons for the changes. */
  changed: ReadonlyMap<number, { before: string; why: string }>;
  /** Costs of what was done beside the drafts and the ending. */
  accounts: readonly NarrationAccount[];
}

/** Returns a chapter with other texts at some places. A text that is changed twice keeps its first one, and both reasons. */
export function withTexts(
  told: ToldChapter,
  texts: ReadonlyMap<number, { text: string; why: string }>,
): ToldChapter {
  const changed = new Map(told.changed);
  for (const [place, { why }] of texts) {
    const earlier = changed.get(place);
    const before = earlier?.before ?? told.segments[place]?.text;
    if (before !== undefined)
      changed.set(place, { before, why: earlier ? `${earlier.why}, and ${why}` : why });
  }
  const segments = told.segments.map((segment, place) => ({
    ...segment,
    text: texts.get(place)?.text ?? segment.text,
  }));
  return { ...told, segments, changed };
}

/** Returns the drafts of all pages. */
export async function draftsOf(
  { pages }: Chapter,
  artifacts: Artifacts,
  findDraft: (key: string) => Promise<PageDraft | undefined>,
): Promise<PageDraft[]> {
  const drafts: PageDraft[] = [];
  for (const { number } of pages) {
    const draft = await findDraft(artifacts.pageDraft(number));
    if (!draft)
      throw new NarrationFailed(
        `The draft of page ${number} is missing; scriptgen has to run from the start`,
      );
    drafts.push(draft);
  }
  return drafts;
}

/** Returns the script, and for each of its segments the place among the told ones; -1 for the frame. */
export function assembled(whole: ToldChapter): { script: Script; places: number[] } {
  const { chapter, narrator, frame, ending, drafts, segments: told, changed } = whole;
  const { presentation } = ending ?? {};
  const { chosen, ranked } = coversOf(
    { pages: drafts.map(({ analysis }) => analysis) },
    { segments: told, presentation },
    mostCovers,
  );
  const pictures = [...(chosen ? [chosen] : []), ...ranked].map(({ page, panel }) => ({
    page,
    panel: panel.id,
  }));
  const all = framed(told, ending, chapter.followed_by, frame, pictures);
  const placeOf = new Map(told.map((segment, place) => [segment, place]));
  const { segments, speakers } = attributed(
    all.map((segment, index) => ({ ...segment, index })),
    ending?.characters ?? [],
  );
  if (segments.length === 0)
    throw new NarrationFailed('The narrator found nothing to say about the whole chapter');
  const accounts = [...drafts, ending].flatMap((part) => part?.account ?? []).concat(whole.accounts);
  const places = all.map((segment) => placeOf.get(segment) ?? -1);
  const changes = places.flatMap((place, index): ScriptChange[] => {
    const change = changed.get(place);
    const after = told[place]?.text;
    return change && after !== undefined ? [{ index, before: change.before, after, why: change.why }] : [];
  });
  const script: Script = {
    job_id: chapter.job_id,
    narrator,
    language: 'vi',
    segments,
    ...(speakers.length > 0 && { speakers }),
    ...(accounts.length > 0 && { account: accountOf(accounts) }),
    ...(ending?.presentation && { presentation: ending.presentation }),
    ...(changes.length > 0 && { changes }),
    ...(frame.notice && { synthetic_notice: frame.notice }),
  };
  return { script, places };
}
