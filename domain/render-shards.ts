import { encodingMinutes, renderMeasures } from './render-time.ts';

/** Minutes after which all pieces of a video should be there, without boots, with `renderShards` `auto`. */
const goalMinutes = 10;

/** Iterations that an inline Map runs at the same time (Step Functions guide, inline Map). */
export const mostShards = 40;

/**
 * Returns how many machines share the render of a video; 0 if one makes it alone. `auto` is the lowest number that reaches the goal,
 * and no more than have as much work as their boot takes.
 */
export function shardsFor(
  wanted: number | 'auto',
  { seconds, instanceType }: { seconds: number; instanceType: string },
): number {
  const minutes = encodingMinutes(instanceType, seconds / 60);
  const count =
    wanted === 'auto'
      ? Math.min(
          Math.ceil(minutes / goalMinutes),
          Math.floor(minutes / renderMeasures.bootMinutes),
          mostShards,
        )
      : wanted;
  return count < 2 ? 0 : count;
}

/** Returns how many machines render a video at the same time, as far as that is known before the video. */
export const knownMachines = (wanted: number | 'auto'): number =>
  wanted === 'auto' ? 1 : Math.max(1, wanted);
