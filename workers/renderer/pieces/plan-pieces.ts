import { createHash } from 'node:crypto';
import type { VideoFormat } from '../../../domain/shots.ts';
import { type PlacedShot, transitionFrames } from '../shots/shot.ts';

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
  /** ASS of the subtitles that are burnt in, where they are. */
  subtitles: string | undefined;
  hash: string;
}

export interface PieceContent {
  format: VideoFormat;
  /** Hash of each page's bytes. */
  pageHash: (page: number) => string;
  /** Everything else that changes the bytes: the encoder and its arguments, the version of the drawing. */
  maker: string;
  /** ASS of what is read in the piece of so many frames that begins at a frame of the video. */
  subtitles?: (firstFrame: number, frames: number) => string | undefined;
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
  let start = 0;
  return groups.map((group, index) => {
    const [first] = group;
    const length = group.reduce((sum, shot) => sum + shot.frames, 0);
    const piece = {
      index,
      shots: group,
      before: first && transitionFrames(first) > 0 ? groups[index - 1]?.at(-1) : undefined,
      frames: length,
      subtitles: content.subtitles?.(start, length),
    };
    start += length;
    return { ...piece, hash: hashOf(piece, content) };
  });
}

function hashOf({ shots, before, subtitles }: Omit<Piece, 'hash'>, content: PieceContent): string {
  const pages = [...shots, ...(before ? [before] : [])].map(({ page }) => content.pageHash(page));
  const rest = before && { ...before, frames: 0, easing: undefined, transition: undefined };
  const { maker, format } = content;
  const shown = JSON.stringify({ maker, format, pages, shots, rest, subtitles });
  return createHash('sha256').update(shown).digest('hex').slice(0, 32);
}
