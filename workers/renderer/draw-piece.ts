import { ArtDrawer } from './draw-art.ts';
import { DrawingMemory } from './drawing-memory.ts';
import { type Picture, preparePicture } from './prepare-picture.ts';
import { ease, frameSize, placementAt, type Shot } from './shot.ts';

export interface PieceToDraw {
  shots: readonly Shot[];
  before: Shot | undefined;
  /** The file of each page that is shown. */
  pageFiles: Readonly<Record<number, string>>;
}

/**
 * The frames of a piece, each as the bytes of a yuv420p picture. A frame's buffer is used again for the next one, so
 * it must be consumed before the next is asked for. Memory is that of two shots, whatever the length.
 */
export async function* drawPiece({ shots, before, pageFiles }: PieceToDraw): AsyncGenerator<Uint8Array> {
  const { width, height } = frameSize;
  const memory = new DrawingMemory();
  const drawer = new ArtDrawer(memory, width, height);
  const resting = memory.allocate(drawer.frame.bytes.length);
  const mixed = memory.allocate(drawer.frame.bytes.length);
  const prepare = (shot: Shot) => preparePicture(pageFiles[shot.page] ?? '', shot);

  if (before) {
    drawRest(drawer, await prepare(before), before);
    resting.set(drawer.frame.bytes);
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
      if (frame >= shot.fadeIn) {
        yield drawer.frame.bytes;
        continue;
      }
      const weight = Math.round(ease((frame + 1) / (shot.fadeIn + 1)) * 256);
      memory.blend(mixed, resting, drawer.frame.bytes, weight);
      yield mixed;
    }
    if (following && following.fadeIn > 0) resting.set(drawer.frame.bytes);
  }
}

function drawRest(drawer: ArtDrawer, { art, backdrop }: Picture, shot: Shot): void {
  drawer.begin(art, backdrop);
  drawer.draw(placementAt(shot, shot.frames - 1));
}
