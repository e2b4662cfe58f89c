import { join } from 'node:path';
import type { PieceToDraw } from '../../../workers/renderer/drawing/draw-piece.ts';
import { fetchPages } from '../../../workers/renderer/fetch-pages.ts';
import { type Piece, planPieces } from '../../../workers/renderer/pieces/plan-pieces.ts';
import { cardsOf } from '../../../workers/renderer/shots/cards.ts';
import { planShots } from '../../../workers/renderer/shots/plan-shots.ts';
import { placeShot } from '../../../workers/renderer/shots/shot.ts';
import { folderPorts } from '../../../workers/renderer/testing/test-job.ts';
import { makeTimeline } from '../../../workers/renderer/timeline.ts';
import { benchJob } from './content.ts';

const format = '16:9';

/** Input of every contestant: the same pieces of the same video. */
export interface Setting {
  folder: string;
  pieces: { index: number; frames: number; draw: PieceToDraw }[];
  frames: number;
}

export async function benchSetting(folder: string, seconds: number): Promise<Setting> {
  const bucket = join(folder, 'bucket');
  const { chapter, panels, script, speech } = await benchJob(bucket, seconds);
  const timeline = makeTimeline(script, speech);
  const shots = planShots(timeline, panels, {
    formats: [format],
    direction: chapter.reading_direction,
    cardOf: cardsOf(chapter, script.synthetic_notice),
  });
  const placed = shots.map((shot) => placeShot(shot, format));
  const { signal } = new AbortController();
  const options = { workDirectory: folder, signal };
  const pages = await fetchPages(
    chapter,
    shots.map(({ page }) => page),
    folderPorts(bucket).ports,
    options,
  );
  const pieces = planPieces(placed, { format, pageHash: pages.hash, maker: 'bench' });
  const drawn = ({ shots, before }: Piece): PieceToDraw => {
    const shown = [...shots, ...(before ? [before] : [])].map(({ page }) => page);
    return {
      format,
      shots,
      before,
      pageFiles: Object.fromEntries(shown.map((page) => [page, pages.file(page)])),
    };
  };
  return {
    folder,
    pieces: pieces.map((piece) => ({ index: piece.index, frames: piece.frames, draw: drawn(piece) })),
    frames: timeline.frames,
  };
}
