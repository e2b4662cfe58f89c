import { createHash } from 'node:crypto';
import type { VideoFormat } from '../../../domain/video-format.ts';
import type { Shard } from '../../../domain/worker-task.ts';
import { type PlacedShot, type ShotPart, transitionFrames } from '../shots/shot.ts';

/** Long enough to keep an encoder busy for seconds, short enough to lose with a machine. */
const wantedFrames = 10 * 30;
/** The end of a video is cut shorter, since cores wait for the last piece. A part is longer than any transition. */
const ending = { frames: 5 * 30, wantedFrames: 75 };

/** A shard's part of one shape of a video. */
export interface Share extends Shard {
  /** Other work of each shard, in frames that take as long. */
  otherWork: readonly number[];
}

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
 * Cuts the video where shots begin, and inside long ones, and returns the pieces of one share, or all. A piece's hash covers everything
 * that it shows and nothing else, such as its position, so a changed script does not affect the other pieces.
 */
export function planPieces(shots: readonly PlacedShot[], content: PieceContent, share?: Share): Piece[] {
  return cutPieces(shots, share).map(({ start, ...cut }) => {
    const piece = { ...cut, subtitles: content.subtitles?.(start, cut.frames) };
    return { ...piece, hash: hashOf(piece, content) };
  });
}

/** Returns the pages that the pieces of a share show, and how many frames they have. */
export function shownIn(shots: readonly PlacedShot[], share: Share) {
  const pieces = cutPieces(shots, share);
  return { pages: pieces.flatMap(pagesOf), frames: pieces.reduce((sum, { frames }) => sum + frames, 0) };
}

/** Cuts pieces; `start` is the first frame. */
function cutPieces(shots: readonly PlacedShot[], share?: Share) {
  const groups = groupsOf(shots);
  let start = 0;
  const pieces = groups.map((group, index) => {
    const [first] = group;
    const frames = lengthOf(group);
    const fades = first?.first === 0 && transitionFrames(first) > 0;
    start += frames;
    return {
      index,
      start: start - frames,
      shots: group,
      before: fades ? groups[index - 1]?.at(-1) : undefined,
      frames,
    };
  });
  if (!share) return pieces;
  const owners = ownersOf(pieces, share);
  return pieces.filter((_, index) => owners[index] === share.number);
}

/**
 * Returns the number of the shard that makes each piece: one after the other, that with the least work so far. All shards come to the
 * same result, and neighbours, which take about as long, belong to different ones.
 */
function ownersOf(pieces: readonly { frames: number }[], { otherWork }: Share): number[] {
  const work = [...otherWork];
  return pieces.map(({ frames }) => {
    const least = work.indexOf(Math.min(...work));
    work[least] = (work[least] ?? 0) + frames;
    return least + 1;
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

/** Returns the page of each shot of a piece, and of the one that it fades from. */
export const pagesOf = ({ shots, before }: Pick<Piece, 'shots' | 'before'>): number[] =>
  [...shots, ...(before ? [before] : [])].map(({ page }) => page);

function hashOf(piece: Omit<Piece, 'hash'>, content: PieceContent): string {
  const { shots, before, subtitles } = piece;
  const pages = pagesOf(piece).map(content.pageHash);
  // Only its final position is visible.
  const seen = { frames: 0, first: 0, end: 0, easing: undefined, transition: undefined };
  const rest = before && { ...before, ...seen };
  const { maker, format } = content;
  const shown = JSON.stringify({ maker, format, pages, shots, rest, subtitles });
  return createHash('sha256').update(shown).digest('hex').slice(0, 32);
}
