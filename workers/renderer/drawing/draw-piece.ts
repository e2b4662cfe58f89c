import type { VideoFormat } from '../../../domain/shots.ts';
import { ease, frameSizes, type PlacedShot, placementAt, transitionFrames } from '../shots/shot.ts';
import { slide } from '../shots/slide.ts';
import { ArtDrawer } from './draw-art.ts';
import { DrawingMemory } from './drawing-memory.ts';
import { allocateFrame } from './planes.ts';
import { type Picture, preparePicture } from './prepare-picture.ts';

export interface PieceToDraw {
  format: VideoFormat;
  shots: readonly PlacedShot[];
  before: PlacedShot | undefined;
  /** The file of each page that is shown. */
  pageFiles: Readonly<Record<number, string>>;
}

/**
 * The frames of a piece, each as the bytes of a yuv420p picture. A frame's buffer is used again for the next one, so
 * it must be consumed before the next is asked for. Memory is that of two shots, whatever the length.
 */
export async function* drawPiece({
  format,
  shots,
  before,
  pageFiles,
}: PieceToDraw): AsyncGenerator<Uint8Array> {
  const { width, height } = frameSizes[format];
  const memory = new DrawingMemory();
  const drawer = new ArtDrawer(memory, width, height);
  const resting = allocateFrame(width, height, memory.allocate);
  const mixed = allocateFrame(width, height, memory.allocate);
  const prepare = (shot: PlacedShot) => preparePicture(pageFiles[shot.page] ?? '', shot, frameSizes[format]);

  if (before) {
    drawRest(drawer, await prepare(before), before);
    resting.bytes.set(drawer.frame.bytes);
  }
  let next: Promise<Picture> | undefined;
  for (const [index, shot] of shots.entries()) {
    const picture = await (next ?? prepare(shot));
    const following = shots[index + 1];
    next = following && prepare(following);
    // Its failure is met when it is awaited; until then it is not an unhandled one.
    next?.catch(() => {});

    drawer.begin(picture.art, picture.backdrop);
    for (let frame = 0; frame < shot.frames; frame++) {
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
    if (following && transitionFrames(following) > 0) resting.bytes.set(drawer.frame.bytes);
  }
}

function drawRest(drawer: ArtDrawer, { art, backdrop }: Picture, shot: PlacedShot): void {
  drawer.begin(art, backdrop);
  drawer.draw(placementAt(shot, shot.frames - 1));
}
