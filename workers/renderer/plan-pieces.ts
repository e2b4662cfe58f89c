import { createHash } from 'node:crypto';
import type { VideoFormat } from '../../domain/shots.ts';
import { type PlacedShot, transitionFrames } from './shot.ts';

/** Enough for an encoder to be at work for seconds, little enough to lose when a machine goes. */
const wantedFrames = 10 * 30;

/** Consecutive shots that are encoded as one. */
export interface Piece {
  /** Its place in the video. */
  index: number;
  shots: PlacedShot[];
  /** What its first shot takes over from; undefined when that is a cut or the beginning. */
  before: PlacedShot | undefined;
  frames: number;
  hash: string;
}

export interface PieceContent {
  format: VideoFormat;
  /** Hash of each page's bytes. */
  pageHash: (page: number) => string;
  /** Everything else that changes the bytes: the encoder and its arguments, the version of the drawing. */
  maker: string;
}

/**
 * Cuts the video at shot boundaries. A piece's hash covers all that it shows and nothing else, such as its place: so
 * a changed script leaves the pieces that it does not touch as they are.
 */
export function planPieces(shots: readonly PlacedShot[], content: PieceContent): Piece[] {
  const groups: PlacedShot[][] = [];
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
    const [first] = group;
    const before = first && transitionFrames(first) > 0 ? groups[index - 1]?.at(-1) : undefined;
    return {
      index,
      shots: group,
      before,
      frames: group.reduce((sum, shot) => sum + shot.frames, 0),
      hash: hashOf(group, before, content),
    };
  });
}

function hashOf(shots: readonly PlacedShot[], before: PlacedShot | undefined, content: PieceContent): string {
  const pages = [...shots, ...(before ? [before] : [])].map(({ page }) => content.pageHash(page));
  const rest = before && { ...before, frames: 0, easing: undefined, transition: undefined };
  const shown = JSON.stringify({ maker: content.maker, format: content.format, pages, shots, rest });
  return createHash('sha256').update(shown).digest('hex').slice(0, 32);
}
