import type { Artifacts } from '../../domain/artifacts.ts';
import type { Chapter } from '../../domain/chapter.ts';
import type { Drafting, DraftingPorts } from './drafting.ts';
import { pageByPage } from './page-drafting.ts';
import { asStory } from './story-drafting.ts';

/** Starts a chapter in the way that its narrator needs: with the story in memory, or page by page. */
export async function startDrafting(
  chapter: Chapter,
  artifacts: Artifacts,
  ports: DraftingPorts,
): Promise<Drafting> {
  const { narrator } = ports;
  return 'beginChapter' in narrator
    ? asStory(chapter, artifacts, narrator, ports)
    : pageByPage(chapter, artifacts, narrator, ports);
}
