import type { Artifacts } from '../../domain/artifacts.ts';
import { attributed } from '../../domain/cast.ts';
import type { Chapter } from '../../domain/chapter.ts';
import { partOf } from '../../domain/chapter-parts.ts';
import { NarrationFailed } from '../../domain/errors.ts';
import type { PageDraft, Script, SegmentDraft } from '../../domain/script.ts';
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
  /** The segments of all drafts. */
  segments: readonly SegmentDraft[];
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
export function assembled({ chapter, narrator, frame, ending, drafts, segments: told }: ToldChapter): {
  script: Script;
  places: number[];
} {
  const all = framed(told, ending, partOf(chapter, chapter.pages.length), frame);
  const placeOf = new Map(told.map((segment, place) => [segment, place]));
  const { segments, speakers } = attributed(
    all.map((segment, index) => ({ ...segment, index })),
    ending?.characters ?? [],
  );
  if (segments.length === 0)
    throw new NarrationFailed('The narrator found nothing to say about the whole chapter');
  const accounts = [...drafts, ending].flatMap((part) => part?.account ?? []);
  const script: Script = {
    job_id: chapter.job_id,
    narrator,
    language: 'vi',
    segments,
    ...(speakers.length > 0 && { speakers }),
    ...(accounts.length > 0 && { account: accountOf(accounts) }),
    ...(ending?.presentation && { presentation: ending.presentation }),
  };
  return { script, places: all.map((segment) => placeOf.get(segment) ?? -1) };
}
