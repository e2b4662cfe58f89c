import { consequenceOfDoubt } from '../../../config/doubt-policy.ts';
import { channelOf } from '../../../domain/channel.ts';
import type { DoubtfulPorts } from '../doubtful.ts';
import { common, env, held, runs, seriesFilesOf } from './stage.ts';

export const doubtfulPorts: DoubtfulPorts = {
  ...common,
  onDoubtIn: async (job) => consequenceOfDoubt(env, channelOf(job), await seriesFilesOf(job)),
  holdChapter: held.hold,
  countHeld: runs.addHeld,
};
