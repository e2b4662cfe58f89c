import type { AppliedThreshold } from './applied.ts';
import { limits, type ThresholdName, type Thresholds, thresholdNames } from './limits.ts';

/** Thresholds from one place: the stage, a channel, or a file of the series. */
export interface SetThresholds {
  from: string;
  thresholds: { readonly [Name in ThresholdName]?: number | undefined };
  /** Whether it can only hold more chapters, since others than the operator can have written it. */
  onlyStricter: boolean;
}

/** A value that is not used, in words. */
type Remark = string;

/** Returns whether a chapter passes with the first value that is held with the other one. */
const isLooser = (name: ThresholdName, value: number, other: number): boolean =>
  name === 'sharpness' ? value < other : value > other;

/**
 * Returns each threshold with the value that was set last, and remarks on values that are not used.
 * @param places the most general one first
 */
export function applyThresholds(places: readonly SetThresholds[]): {
  applied: AppliedThreshold[];
  remarks: Remark[];
} {
  const remarks: Remark[] = [];
  const applied = thresholdNames.map((name) => {
    let chosen: AppliedThreshold = { name, value: limits[name], from: 'default' };
    for (const { from, thresholds, onlyStricter } of places) {
      const value = thresholds[name];
      if (value === undefined) continue;
      if (onlyStricter && isLooser(name, value, chosen.value))
        remarks.push(
          `${from} sets ${name} to ${value}, which is not used: it is looser than ${chosen.value} (${chosen.from})`,
        );
      else chosen = { name, value, from };
    }
    return chosen;
  });
  return { applied, remarks };
}

export const thresholdsIn = (applied: readonly AppliedThreshold[]): Thresholds => ({
  ...limits,
  ...Object.fromEntries(applied.map(({ name, value }) => [name, value])),
});

/** Formats the thresholds that are not the project's. */
export const thresholdLines = (applied: readonly AppliedThreshold[]): string[] =>
  applied
    .filter(({ from }) => from !== 'default')
    .map(({ name, value, from }) => `${name} is ${value} instead of ${limits[name]} (${from})`);
