/** The video of a job: other parts of the page seek in it and follow it. */
import { useEffect, useState } from 'preact/hooks';
import { createListeners } from './listeners.ts';

/** The part that plays now: the last one that has begun. Undefined before the video was used. */
export interface Position {
  index: number | undefined;
  playing: boolean;
}

export function createPlayback() {
  let video: HTMLVideoElement | null = null;
  const listeners = createListeners();
  return {
    attach(element: HTMLVideoElement | null): void {
      video = element;
    },
    /** Is called when the video has moved, starts or stops. */
    moved: () => listeners.tell(),
    /** Moves the video to a time, in seconds; it keeps playing if it plays. */
    seek(seconds: number): void {
      if (video) video.currentTime = seconds;
    },
    show(): void {
      video?.scrollIntoView({ block: 'nearest' });
    },
    pause(): void {
      video?.pause();
    },
    positionIn(starts: readonly number[]): Position {
      if (!video || (video.currentTime === 0 && video.paused)) return { index: undefined, playing: false };
      // A seek to a start can end a little before it.
      const now = video.currentTime + 0.01;
      const index = starts.findLastIndex((start) => start <= now);
      return { index: index < 0 ? undefined : index, playing: !video.paused };
    },
    subscribe: listeners.subscribe,
  };
}
export type Playback = ReturnType<typeof createPlayback>;

/** Returns the position among parts that begin at these times, in seconds, and follows it. */
export function usePosition(playback: Playback, starts: readonly number[]): Position {
  const [position, setPosition] = useState(() => playback.positionIn(starts));
  useEffect(() => {
    const update = () =>
      setPosition((before) => {
        const now = playback.positionIn(starts);
        return before.index === now.index && before.playing === now.playing ? before : now;
      });
    update();
    return playback.subscribe(update);
  }, [playback, starts]);
  return position;
}
