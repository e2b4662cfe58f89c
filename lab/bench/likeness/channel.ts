import type { Chapter } from '../../../domain/chapter.ts';
import { appearanceOf, type PublishedVideo } from '../../../domain/likeness/appearance.ts';
import type { Picture } from '../../../domain/likeness/picture.ts';
import { type PageAnalysis, panelId } from '../../../domain/page.ts';
import type { Presentation, SegmentDraft } from '../../../domain/script.ts';
import { castOf, chanceOf, headline, type Manner, said } from '../../../fakes/llm/manners.ts';
import { goodReply } from '../../../fakes/llm/replies.ts';
import { framed } from '../../../providers/narrators/frame.ts';
import { PageReply } from '../../../providers/narrators/llm/reply.ts';
import { segmentsOf } from '../../../providers/narrators/llm/segments.ts';
import { createOcrNarrator } from '../../../providers/narrators/ocr.ts';

/** A series of a channel, and how its chapters are told. */
export interface Series {
  title: string;
  narrator: 'ocr' | 'llm';
  manner: Manner;
  /** Lines that its characters say in many chapters. */
  sayings: string[];
  /** Credits of the translators on a page of each chapter; empty without such a page. */
  credits: string;
  /** Lettered in capitals only. */
  inCapitals: boolean;
  /** Every chapter begins with the same drawn title. */
  hasTitlePage: boolean;
}

export interface Video {
  chapter: Chapter;
  script: { segments: (SegmentDraft & { index: number })[]; presentation?: Presentation };
  pictures: Picture[];
}

const perPage = 4;

const chapterOf = (series: Series, number: number, pages: number): Chapter => ({
  job_id: `job-${number}`.padEnd(7, '0'),
  ...{ chapter_id: `${series.title}/${number}`, manga_id: series.title, manga_title: series.title },
  ...{ number: `${number}`, title: null, summary: null, language: 'vi', reading_direction: 'ltr' },
  ...{ credits: [], licence: null, source: { name: 'library', url: null } },
  pages: Array.from({ length: pages }, (_, i) => ({ number: i + 1, key: `${i}`, width: 400, height: 600 })),
});

function pageOf(number: number, texts: readonly string[]): PageAnalysis {
  const panels = texts.map((text, i) => ({
    ...{ id: panelId(number, i + 1), x: 0, y: 150 * i, w: 400, h: 150 },
    bubbles: [{ x: 10, y: 150 * i + 10, w: 200, h: 60, text, confidence: 95 }],
  }));
  return { number, width: 400, height: 600, panels };
}

/** Returns what is lettered on the pages of a chapter; it begins with the last words of the one before. */
export function letteringOf(series: Series, number: number, edition = ''): string[][] {
  const chance = chanceOf(`lettering ${series.title} ${number}`);
  const pages = 6 + Math.floor(chance() * 6);
  const line = (chapter: number, at: string) =>
    said({ story: series.title, chapter: `${chapter}${edition}`, at }, series.manner);
  return Array.from({ length: pages }, (_, page) =>
    Array.from({ length: perPage }, (_, panel) => {
      if (page === 0 && panel === 0 && series.credits) return series.credits;
      if (page === 0 && panel < 2) return line(number - 1, `last ${panel}`);
      if (page === pages - 1 && panel > 1) return line(number, `last ${panel - 2}`);
      if (chance() < 0.08)
        return (
          series.sayings[Math.floor(chance() * series.sayings.length)] ?? line(number, `${page} ${panel}`)
        );
      return line(number, `${page} ${panel}`);
    }),
  );
}

/** Reads a chapter's lettering out, as the narrator `ocr` does. */
async function readOut(chapter: Chapter, lettering: readonly string[][]): Promise<SegmentDraft[]> {
  const narrator = createOcrNarrator();
  const segments: SegmentDraft[] = [];
  for (const [i, texts] of lettering.entries())
    segments.push(
      ...(await narrator.narratePage({
        chapter,
        analysis: pageOf(i + 1, texts),
        ...{ isFirst: i === 0, isLast: i === lettering.length - 1, image: async () => new Uint8Array() },
      })),
    );
  return segments;
}

/** Narrates a chapter as the fake model does; `attempt` rises when it is asked again. */
function told(series: Series, number: number, pages: number, attempt: number): SegmentDraft[] {
  return Array.from({ length: pages }, (_, i) => i + 1).flatMap((page) => {
    const { panels } = pageOf(page, ['', '', '', '']);
    const seen = {
      page,
      panels: panels.map(({ id }) => ({ id, texts: [] })),
      instructions: '',
      characters: [],
      sentences: [],
      proofs: [],
      hook: null,
    };
    const chapter = `${number}${attempt > 0 ? ` again ${attempt}` : ''}`;
    const reply = goodReply({ ...seen, story: series.title, chapter }, series.manner);
    return segmentsOf(PageReply.parse(reply), page, panels);
  });
}

/** Makes the video of a chapter. */
export async function videoOf(
  series: Series,
  number: number,
  pictures: readonly Picture[],
  { attempt = 0, lettering }: { attempt?: number; lettering?: string[][] } = {},
): Promise<Video> {
  const texts = lettering ?? letteringOf(series, number);
  const chapter = chapterOf(series, number, texts.length);
  const cased = series.inCapitals ? texts.map((page) => page.map((text) => text.toUpperCase())) : texts;
  if (series.narrator === 'ocr') {
    const segments = await readOut(chapter, cased);
    return { chapter, script: { segments: numbered(segments) }, pictures: [...pictures] };
  }
  const presentation: Presentation = {
    headline: headline({ story: series.title, chapter: `${number}`, at: `title ${attempt}` }, series.manner),
    ...{ description: 'Một câu chuyện.', tags: [], thumbnail_panel: null },
  };
  const segments = told(series, number, texts.length, attempt);
  const settings = { hook: true, recap: false, nextChapter: false, rate: 0, notice: undefined };
  const whole = framed(
    segments,
    { before: { number: null, events: [] }, presentation },
    undefined,
    settings,
    [],
  );
  return { chapter, script: { segments: numbered(whole), presentation }, pictures: [...pictures] };
}

const numbered = (segments: readonly SegmentDraft[]) =>
  segments.map((segment, index) => ({ ...segment, index }));

/** Returns a video as it is stored after its publication. */
export const publishedOf = ({ chapter, script, pictures }: Video): PublishedVideo => ({
  ...appearanceOf(chapter, script, pictures),
  ...{ job_id: chapter.job_id, url: `file:///${encodeURIComponent(chapter.chapter_id)}` },
  published_at: '2026-01-01T00:00:00.000Z',
});

const titles = ['Ngõ Mây', 'Bến Cũ', 'Rừng Sâu', 'Phố Mưa', 'Lò Rèn', 'Sao Băng', 'Đảo Gió', 'Quán Khuya'];

/** Draws a series by its seed. */
export function seriesBy(seed: string, half: 0 | 1, more: Partial<Series> = {}): Series {
  const chance = chanceOf(`series ${seed}`);
  const title = `${titles[Math.floor(chance() * titles.length)]} ${seed}`;
  const narrator = chance() < 0.5 ? 'ocr' : 'llm';
  const kinds = 3 + Math.floor(chance() * 6);
  const manner: Manner = { half, forms: Array.from({ length: kinds }, () => Math.floor(chance() * 10)) };
  return {
    ...{ title, narrator, manner, inCapitals: chance() < 0.5, hasTitlePage: false },
    sayings: Array.from({ length: 4 }, (_, i) =>
      said({ story: title, chapter: 'saying', at: `${i}` }, { half }),
    ),
    credits:
      chance() < 0.4 ? `Nhóm dịch ${castOf(title, { half })[0]} thực hiện, vui lòng không chỉnh sửa.` : '',
    ...more,
  };
}
