import type { VideoFormat } from '../../../domain/video-format.ts';
import {
  ease,
  frameSizes,
  type PlacedShot,
  placementAt,
  type ShotPart,
  transitionFrames,
} from '../shots/shot.ts';
import { slide } from '../shots/slide.ts';
import { ArtDrawer } from './draw-art.ts';
import type { DrawingMemory } from './drawing-memory.ts';
import { allocateFrame } from './planes.ts';
import { preparePicture } from './prepare-picture.ts';

export interface PieceToDraw {
  format: VideoFormat;
  shots: readonly ShotPart[];
  before: PlacedShot | undefined;
  /** The file of each page that is shown. */
  pageFiles: Readonly<Record<number, string>>;
}

/**
 * Yields the frames of a piece, each as the bytes of a yuv420p picture. A frame's buffer is reused for the next one, so
 * it must be consumed before the next is requested. Uses all of `memory`, and never more of it than one shot needs,
 * whatever the length.
 */
export async function* drawPiece(
  { format, shots, before, pageFiles }: PieceToDraw,
  memory: DrawingMemory,
): AsyncGenerator<Uint8Array> {
  const { width, height } = frameSizes[format];
  memory.clear();
  const drawer = new ArtDrawer(memory, width, height);
  const resting = allocateFrame(width, height, memory.allocate);
  const mixed = allocateFrame(width, height, memory.allocate);
  const begin = async (shot: PlacedShot) => {
    memory.beginShot();
    const file = pageFiles[shot.page] ?? '';
    const { art, backdrop } = await preparePicture(file, shot, frameSizes[format], memory);
    drawer.begin(art, backdrop);
  };

  if (before) {
    await begin(before);
    drawer.draw(placementAt(before, before.frames - 1));
    resting.bytes.set(drawer.frame.bytes);
  }
  for (const [index, shot] of shots.entries()) {
    await begin(shot);
    for (let frame = shot.first; frame < shot.end; frame++) {
      drawer.draw(placementAt(shot, frame));
      const { transition } = shot;
      if (transition.kind === 'cut' || frame >= transition.frames) {
        yield drawer.frame.bytes;
        continue;
      }
      const progress = ease((frame + 1) / (transition.frames + 1));
      if (transition.kind === 'slide') slide(mixed, resting, drawer.frame, progress, transition.towards);
      else memory.blend(mixed.bytes, resting.bytes, drawer.frame.bytes, Math.round(progress * 256));
      yield mixed.bytes;
    }
    const following = shots[index + 1];
    if (following && transitionFrames(following) > 0) resting.bytes.set(drawer.frame.bytes);
  }
}
