import type { KnownVideo } from './appearance.ts';
import { limits } from './limits.ts';
import { type Picture, pictureLikeness, seen } from './picture.ts';

interface Chosen<T> {
  covers: T[];
  /** The video whose thumbnail the first choice is like; undefined if the first choice was kept. */
  instead?: KnownVideo | undefined;
}

/**
 * Moves the first cover to the front that is unlike the thumbnails of all videos. If every one is like one, the order stays.
 */
export function unlike<T extends { picture: Picture }>(
  covers: readonly T[],
  videos: readonly KnownVideo[],
): Chosen<T> {
  const thumbnails = videos.flatMap((video) =>
    video.pictures[0] === undefined ? [] : [{ video, shown: seen(video.pictures[0]) }],
  );
  const twinOf = ({ picture }: T) => {
    const own = seen(picture);
    return thumbnails.find(({ shown }) => pictureLikeness(own, shown) >= limits.picture)?.video;
  };
  const at = covers.findIndex((cover) => twinOf(cover) === undefined);
  const [first] = covers;
  const chosen = covers[at];
  if (at <= 0 || first === undefined || chosen === undefined) return { covers: [...covers] };
  return { covers: [chosen, ...covers.filter((_, i) => i !== at)], instead: twinOf(first) };
}
