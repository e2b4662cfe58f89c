import type { SegmentDraft } from '../../domain/script.ts';
import type { PageToNarrate } from './narrator.ts';
import { announcement, closing, opening } from './phrases.ts';

/** Silence after a segment, in seconds: a breath inside a panel, longer where the picture changes. */
export const PAUSE = { breath: 0.25, panel: 0.45, page: 0.7, opening: 0.8, description: 0.7, closing: 0.8 };

/** The welcome, or the announcement of a video's next chapter, over these panels. */
export const welcome = ({ chapter, whole, analysis }: PageToNarrate, panels: string[]): SegmentDraft => ({
  kind: 'opening',
  text: whole && analysis.number > 1 ? announcement(chapter) : opening(chapter),
  page: analysis.number,
  panels,
  pause_after: PAUSE.opening,
});

/** The farewell with credits and licence, which are owed and so never left to a model. */
export const farewell = ({ chapter, whole, analysis }: PageToNarrate): SegmentDraft => ({
  kind: 'closing',
  text: closing(whole ?? chapter),
  page: analysis.number,
  panels: analysis.panels.slice(-1).map(({ id }) => id),
  pause_after: PAUSE.closing,
});
