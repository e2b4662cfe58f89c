import { mainChannel } from '../../domain/channel.ts';

interface Uploads {
  dailyQuota: number;
  shorts: boolean;
  youtubeUploadsPerDay: number;
}
interface Stage extends Uploads {
  channels: Readonly<
    Record<
      string,
      { [Name in keyof Uploads]?: Uploads[Name] | undefined } & { sharesQuotaWith?: string | undefined }
    >
  >;
}

/**
 * Returns why the uploads of a day are not enough for the Shorts of a channel, for each channel that makes some. Channels that share a
 * Google project count together.
 */
export function missingUploads({ channels, ...stage }: Stage): { channel: string; why: string }[] {
  const settingsOf = (name: string): Uploads => {
    const { dailyQuota, shorts, youtubeUploadsPerDay } = channels[name] ?? {};
    return {
      dailyQuota: dailyQuota ?? stage.dailyQuota,
      shorts: shorts ?? stage.shorts,
      youtubeUploadsPerDay: youtubeUploadsPerDay ?? stage.youtubeUploadsPerDay,
    };
  };
  const names = [mainChannel, ...Object.keys(channels)];
  const projects = Map.groupBy(names, (name) => channels[name]?.sharesQuotaWith ?? name);
  return [...projects].flatMap(([owner, members]) => {
    const making = members.filter((name) => settingsOf(name).shorts && settingsOf(name).dailyQuota > 0);
    const videos = members.reduce((sum, name) => sum + settingsOf(name).dailyQuota, 0);
    const withShorts = making.reduce((sum, name) => sum + settingsOf(name).dailyQuota, 0);
    // A Short leaves one upload to the next video, also after the last one.
    const uploads = videos + withShorts + 1;
    const { youtubeUploadsPerDay } = settingsOf(owner);
    if (uploads <= youtubeUploadsPerDay) return [];
    const quota =
      members.length === 1
        ? `dailyQuota ${videos} needs`
        : `the dailyQuota of ${members.join(', ')}, together ${videos}, need`;
    return making.map((channel) => ({
      channel,
      why: `a video and its Short are two uploads, and one is kept for the next video: ${quota} ${uploads} of the ${youtubeUploadsPerDay} that youtubeUploadsPerDay allows`,
    }));
  });
}
