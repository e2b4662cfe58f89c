import sharp from 'sharp';
import type { Chapter } from '../../domain/chapter.ts';
import { applyThresholds } from '../../domain/doubt/thresholds.ts';
import type { Doubt } from '../../domain/doubt.ts';
import type { Likeness } from '../../domain/likeness.ts';
import type { PageAnalysis, Panels } from '../../domain/page.ts';
import type { Proofreading } from '../../domain/proofreading.ts';
import type { PageDraft, Script } from '../../domain/script.ts';
import type { ScriptgenPorts } from './scriptgen.ts';

const side = 10;
const blank = await sharp({ create: { width: side, height: side, channels: 3, background: '#fff' } })
  .jpeg()
  .toBuffer();

export const chapterOf = (pages: number): Chapter => ({
  job_id: 'job-abc123',
  ...{ chapter_id: 'meo/1', manga_id: 'meo', manga_title: 'Mèo Mun', title: null, summary: null },
  ...{ licence: null, source: { name: 'library', url: null } },
  reading_direction: 'rtl',
  language: 'vi',
  number: '1',
  credits: [],
  pages: Array.from({ length: pages }, (_, index) => ({
    number: index + 1,
    key: `page-${index + 1}`,
    width: side,
    height: side,
  })),
});

/** A page that is one panel without lettering. */
export const onePanel = (number: number): PageAnalysis => ({
  number,
  width: side,
  height: side,
  panels: [{ id: `p00${number}-1`, x: 0, y: 0, w: side, h: side, bubbles: [] }],
});

/**
 * Keeps a chapter's artifacts in memory: everything that a test of scriptgen needs except the reader and the narrator.
 */
export function chapterInMemory(pages: number) {
  const stored = new Map<string, unknown>();
  const ports: Omit<ScriptgenPorts, 'reader' | 'narrator'> = {
    tasteOf: async () => ({
      frame: { hook: true, recap: true, nextChapter: false, rate: 0, notice: undefined },
      tone: undefined,
      proofreading: true,
      likenessVideos: 30,
    }),
    judgedBy: async () => applyThresholds([]),
    notesOfSeries: async () => [],
    getChapter: async () => chapterOf(pages),
    getPage: async () => blank,
    latestVideos: async () => ({ videos: [], unreadable: [] }),
    comparedScripts: () => ({
      before: async () => ({ scripts: [], unreadable: [] }),
      enter: async () => ({ scripts: [], unreadable: [] }),
    }),
    findLikeness: async (key) => stored.get(key) as Likeness | undefined,
    findProofreading: async (key) => stored.get(key) as Proofreading | undefined,
    findDraft: async (key) => stored.get(key) as PageDraft | undefined,
    findScript: async (key) => stored.get(key) as Script | undefined,
    getPanels: async (key) => stored.get(key) as Panels,
    findDoubt: async (key) => stored.get(key) as Doubt | undefined,
    putJson: async (key, value) => void stored.set(key, value),
    findApprovedNote: async () => undefined,
    log: () => undefined,
    markScripting: async () => undefined,
    markScripted: async () => undefined,
    recordNarration: async () => undefined,
    reportProgress: async () => undefined,
    timeLeft: () => 900_000,
  };
  return { stored, ports };
}
