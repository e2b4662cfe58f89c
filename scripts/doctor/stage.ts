import type { Deployment } from '../../config/deployment.ts';
import { forecast } from '../../domain/youtube-quota.ts';
import { missingFor } from '../../stacks/deployment.ts';
import { type Check, fail, ok, warn } from './check.ts';

/** Checks whether the settings of a stage can work, before any request to AWS. */
export const settingsChecks = (deployment: Deployment): Check[] => [
  {
    name: 'settings',
    look: async () => {
      const [first, ...more] = missingFor(deployment);
      if (!first) return ok(`manga-pipeline.${deployment.stage}.json`);
      return fail([first, ...more].join('; '), `fix them in manga-pipeline.${deployment.stage}.json`);
    },
  },
  {
    name: 'quota of YouTube',
    look: async () => {
      const { dailyQuota, youtubeCaptions, youtubePlaylists, youtubeUnitsPerDay, youtubeUploadsPerDay } =
        deployment;
      const video = forecast({ captions: youtubeCaptions, playlist: youtubePlaylists });
      const most = Math.min(Math.floor(youtubeUnitsPerDay / video.units), youtubeUploadsPerDay);
      if (deployment.publisher !== 'youtube') return ok('not checked: another publisher');
      return dailyQuota <= most
        ? ok(`room for ${most} videos a day, ${dailyQuota} are wanted`)
        : warn(
            `room for ${most} videos a day, ${dailyQuota} are wanted`,
            'lower dailyQuota, set youtubeCaptions to false, or ask Google for more units',
          );
    },
  },
];
