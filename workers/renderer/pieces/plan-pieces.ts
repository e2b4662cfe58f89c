import { createHash } from 'node:crypto';
import type { VideoFormat } from '../../../domain/shots.ts';
import { type PlacedShot, type ShotPart, transitionFrames } from '../shots/shot.ts';

/** Long enough to keep an encoder busy for seconds, short enough to lose with a machine. */
const wantedFrames = 10 * 30;
/** The end of a video is cut shorter, since cores wait for the last piece. A part is longer than any transition. */
const ending = { frames: 5 * 30, wantedFrames: 75 };

/** Consecutive shots that are encoded as one. */
export interface Piece {
  /** Position in the video. */
  index: number;
  shots: ShotPart[];
  /** The shot before its first one, for the transition; undefined for a cut or the start. */
  before: ShotPart | undefined;
  frames: number;
  /** ASS of burnt-in subtitles, if there are any. */
  subtitles: string | undefined;
  hash: string;
}

export interface PieceContent {
  format: VideoFormat;
  /** Hash of each page's bytes. */
  pageHash: (page: number) => string;
  /** Everything else that affects the bytes: the encoder and its arguments, the version of the drawing. */
  maker: string;
  /** Returns the ASS of the subtitles in a piece, by its first frame and its number of frames. */
  subtitles?: (firstFrame: number, frames: number) => string | undefined;
}

/**
 * Cuts the video where shots begin, and inside long ones. A piece's hash covers everything that it shows and nothing
 * else, such as its position, so a changed script does not affect the other pieces.
 */
export function planPieces(shots: readonly PlacedShot[], content: PieceContent): Piece[] {
  const groups = groupsOf(shots);
  let start = 0;
  return groups.map((group, index) => {
    const [first] = group;
    const length = lengthOf(group);
    const fades = first?.first === 0 && transitionFrames(first) > 0;
    const piece = {
      index,
      shots: group,
      before: fades ? groups[index - 1]?.at(-1) : undefined,
      frames: length,
      subtitles: content.subtitles?.(start, length),
    };
    start += length;
    return { ...piece, hash: hashOf(piece, content) };
  });
}

function groupsOf(shots: readonly PlacedShot[]): ShotPart[][] {
  let left = shots.reduce((sum, { frames }) => sum + frames, 0);
  const groups: ShotPart[][] = [];
  for (const shot of shots) {
    left -= shot.frames;
    const wanted = left < ending.frames ? ending.wantedFrames : wantedFrames;
    for (const part of partsOf(shot, Math.max(1, Math.round(shot.frames / wanted)))) {
      const group = groups.at(-1);
      if (group && lengthOf(group) + lengthOf([part]) / 2 <= wanted) group.push(part);
      else groups.push([part]);
    }
  }
  return groups;
}

const partsOf = (shot: PlacedShot, count: number): ShotPart[] =>
  Array.from({ length: count }, (_, index) => ({
    ...shot,
    first: Math.round((index * shot.frames) / count),
    end: Math.round(((index + 1) * shot.frames) / count),
  }));

const lengthOf = (parts: readonly ShotPart[]) => parts.reduce((sum, { first, end }) => sum + end - first, 0);

function hashOf({ shots, before, subtitles }: Omit<Piece, 'hash'>, content: PieceContent): string {
  const pages = [...shots, ...(before ? [before] : [])].map(({ page }) => content.pageHash(page));
  // Only its final position is visible.
  const seen = { frames: 0, first: 0, end: 0, easing: undefined, transition: undefined };
  const rest = before && { ...before, ...seen };
  const { maker, format } = content;
  const shown = JSON.stringify({ maker, format, pages, shots, rest, subtitles });
  return createHash('sha256').update(shown).digest('hex').slice(0, 32);
}
