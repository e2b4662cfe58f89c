import { createHash } from 'node:crypto';
import type { Shot } from './shot.ts';

/** Enough for an encoder to be at work for seconds, little enough to lose when a machine goes. */
const wantedFrames = 10 * 30;

/** Consecutive shots that are encoded as one. */
export interface Piece {
  /** Its place in the video. */
  index: number;
  shots: Shot[];
  /** What its first shot fades away from; undefined when that is a cut or the beginning. */
  before: Shot | undefined;
  frames: number;
  hash: string;
}

export interface PieceContent {
  /** Hash of each page's bytes. */
  pageHash: (page: number) => string;
  /** Everything else that changes the bytes: the encoder and its arguments, the version of the drawing. */
  maker: string;
}

/**
 * Cuts the video at shot boundaries. A piece's hash covers all that it shows and nothing else, such as its place: so
 * a changed script leaves the pieces that it does not touch as they are.
 */
export function planPieces(shots: readonly Shot[], content: PieceContent): Piece[] {
  const groups: Shot[][] = [];
  let frames = 0;
  for (const shot of shots) {
    if (groups.length === 0 || frames + shot.frames / 2 > wantedFrames) {
      groups.push([]);
      frames = 0;
    }
    groups.at(-1)?.push(shot);
    frames += shot.frames;
  }
  return groups.map((group, index) => {
    const fades = (group[0]?.fadeIn ?? 0) > 0;
    const before = fades ? groups[index - 1]?.at(-1) : undefined;
    return {
      index,
      shots: group,
      before,
      frames: group.reduce((sum, shot) => sum + shot.frames, 0),
      hash: hashOf(group, before, content),
    };
  });
}

function hashOf(shots: readonly Shot[], before: Shot | undefined, content: PieceContent): string {
  const pages = [...shots, ...(before ? [before] : [])].map(({ page }) => content.pageHash(page));
  // Only where the shot before comes to rest shows here.
  const rest = before && { page: before.page, art: before.art, to: before.to };
  const shown = JSON.stringify({ maker: content.maker, pages, shots, rest });
  return createHash('sha256').update(shown).digest('hex').slice(0, 32);
}
