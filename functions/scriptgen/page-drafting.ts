import type { Artifacts } from '../../domain/artifacts.ts';
import type { Chapter } from '../../domain/chapter.ts';
import type { Narrator } from '../../providers/narrators/narrator.ts';
import type { Drafting, DraftingPorts } from './drafting.ts';
import { readPage } from './read-page.ts';

/** Drafts for a narrator that knows one page at a time. */
export function pageByPage(
  chapter: Chapter,
  artifacts: Artifacts,
  narrator: Narrator,
  ports: DraftingPorts,
): Drafting {
  return {
    tailMs: 0,
    proofreadMs: 0,
    retellMs: 0,
    account: () => undefined,
    unbegun: () => undefined,
    resume: async () => undefined,
    settle: async () => undefined,
    finish: async () => undefined,
    async draft(page) {
      const key = artifacts.pageDraft(page.number);
      if (!(await ports.findDraft(key))) {
        const read = await readPage(chapter, page, ports);
        await ports.putDraft(key, { analysis: read.analysis, segments: await narrator.narratePage(read) });
      }
      await ports.onDrafted();
    },
  };
}
