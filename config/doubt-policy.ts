import { applyThresholds } from '../domain/doubt/thresholds.ts';
import type { JudgedBy } from '../domain/doubt.ts';
import { settingsOfChannel } from './channels.ts';
import type { Config } from './settings/index.ts';
import type { SeriesFileSettings } from './settings/series.ts';
import type { Environment } from './variables.ts';

type OnDoubt = Config['onDoubt'];

/** Consequence for a doubtful chapter, and the setting that decides it. */
export interface DoubtConsequence {
  onDoubt: OnDoubt;
  from: string;
  /** A file that says something looser, which is ignored. */
  unused?: { onDoubt: OnDoubt; from: string };
}

/** From what publishes most to what publishes least. */
const strictness: readonly OnDoubt[] = ['publish', 'hold', 'fail'];

/**
 * Returns what happens to a doubtful chapter: what its series says, else its channel, else the stage. A file beside the chapters can
 * only be stricter, since it can have come with them.
 */
export function consequenceOfDoubt(
  env: Environment<'CHANNELS' | 'ON_DOUBT'>,
  channel: string,
  files: readonly SeriesFileSettings[],
): DoubtConsequence {
  const its = settingsOfChannel(env, channel).onDoubt;
  let decided: DoubtConsequence =
    its === undefined
      ? { onDoubt: env.ON_DOUBT, from: 'stage' }
      : { onDoubt: its, from: `channel ${channel}` };
  for (const { file: from, settings, isBeside } of files) {
    const { onDoubt } = settings;
    if (onDoubt === undefined) continue;
    const isLooser = strictness.indexOf(onDoubt) < strictness.indexOf(decided.onDoubt);
    decided = isBeside && isLooser ? { ...decided, unused: { onDoubt, from } } : { onDoubt, from };
  }
  return decided;
}

/** Returns the thresholds that a chapter is judged by, each by the same rule. */
export const thresholdsOfDoubt = (
  env: Environment<'CHANNELS' | 'DOUBT_THRESHOLDS'>,
  channel: string,
  files: readonly SeriesFileSettings[],
): JudgedBy =>
  applyThresholds([
    { from: 'stage', thresholds: env.DOUBT_THRESHOLDS, onlyStricter: false },
    {
      from: `channel ${channel}`,
      thresholds: settingsOfChannel(env, channel).doubtThresholds ?? {},
      onlyStricter: false,
    },
    ...files.map(({ file, settings, isBeside }) => ({
      from: file,
      thresholds: settings.doubtThresholds ?? {},
      onlyStricter: isBeside,
    })),
  ]);
