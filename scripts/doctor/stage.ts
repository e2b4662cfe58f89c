import type { Deployment } from '../../config/deployment.ts';
import { mainChannel } from '../../domain/channel.ts';
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
      if (deployment.publisher !== 'youtube') return ok('not checked: another publisher');
      const projects = projectsOf(deployment);
      const detail = projects.map(({ text }) => text).join('; ');
      return projects.every(({ hasRoom }) => hasRoom)
        ? ok(detail)
        : warn(detail, 'lower dailyQuota, set youtubeCaptions to false, or ask Google for more units');
    },
  },
];

/** Returns whether the day of each Google project has room for the videos of its channels. */
function projectsOf({ channels, ...stage }: Deployment): { hasRoom: boolean; text: string }[] {
  const settingsOf = (name: string) => ({ ...stage, ...channels[name] });
  const names = [mainChannel, ...Object.keys(channels)];
  const projects = Map.groupBy(names, (name) => channels[name]?.sharesQuotaWith ?? name);
  return [...projects].map(([owner, members]) => {
    const { youtubeUnitsPerDay, youtubeUploadsPerDay } = settingsOf(owner);
    const day = members.map((name) => {
      const { dailyQuota, youtubeCaptions, youtubePlaylists } = settingsOf(name);
      const { units } = forecast({ captions: youtubeCaptions, playlist: youtubePlaylists });
      return { videos: dailyQuota, units };
    });
    const videos = day.reduce((sum, one) => sum + one.videos, 0);
    const needed = day.reduce((sum, one) => sum + one.videos * one.units, 0);
    // Of a project with several channels, videos that take the most.
    const most = Math.min(
      Math.floor(youtubeUnitsPerDay / Math.max(...day.map(({ units }) => units))),
      youtubeUploadsPerDay,
    );
    const of = names.length > 1 ? `${members.join(' and ')}: ` : '';
    return {
      hasRoom: needed <= youtubeUnitsPerDay && videos <= youtubeUploadsPerDay,
      text: `${of}room for ${most} videos a day, ${videos} are wanted`,
    };
  });
}
