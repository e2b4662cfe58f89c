import { ArtDrawer } from './draw-art.ts';
import { allocateFrame, mixFrames, type Planes } from './planes.ts';
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
  const drawer = new ArtDrawer(allocateFrame(width, height));
  const resting = allocateFrame(width, height);
  const mixed = allocateFrame(width, height);
  const prepare = (shot: Shot) => preparePicture(pageFiles[shot.page] ?? '', shot);

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
      yield fade(frame, shot, drawer.frame, resting, mixed).bytes;
    }
    if (following && following.fadeIn > 0) resting.bytes.set(drawer.frame.bytes);
  }
}

function drawRest(drawer: ArtDrawer, { art, backdrop }: Picture, shot: Shot): void {
  drawer.begin(art, backdrop);
  drawer.draw(placementAt(shot, shot.frames - 1));
}

function fade(frame: number, shot: Shot, drawn: Planes, resting: Planes, mixed: Planes): Planes {
  if (frame >= shot.fadeIn) return drawn;
  mixFrames(mixed, resting, drawn, Math.round(ease((frame + 1) / (shot.fadeIn + 1)) * 256));
  return mixed;
}
