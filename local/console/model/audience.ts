/** The audience of a published video: what YouTube reports of it, joined with what is told. */
import { audienceKey, channelReviewKey, comparedThumbnailKey } from '../../../domain/artifacts.ts';
import { AudienceRecord, AudienceReview } from '../../../domain/audience/record.ts';
import { type WatchedSegment, watchedSegments } from '../../../domain/audience/retention.ts';
import {
  type Contender,
  type Counted,
  clickRate,
  counted,
  type Trial,
} from '../../../domain/audience/trial.ts';
import { channelOf } from '../../../domain/channel.ts';
import type { CloudAccess } from '../../cloud-access.ts';
import type { JobsModel } from './jobs.ts';

interface ComparedThumbnail extends Counted {
  thumbnail: Contender;
  /** Key of its picture, which is deleted after two months. */
  key: string;
  /** The page that it shows. */
  page?: number;
  click_rate: number;
}

export interface ShownAudience {
  duration: number;
  /** Empty if nothing was compared. */
  thumbnails: ComparedThumbnail[];
  result?: Trial['result'];
  /** YouTube's latest answer, and each segment with its viewers; empty while YouTube has too few views. */
  retention?: AudienceRecord['retention'];
  segments: WatchedSegment[];
  /** The latest review of the channel's videos. */
  review?: AudienceReview;
}

export function audienceModel(access: Pick<CloudAccess, 'json'>, jobs: Pick<JobsModel, 'named'>) {
  return {
    /** Returns null if nothing is known about the job's audience. */
    async of(jobId: string): Promise<ShownAudience | null> {
      const job = await jobs.named(jobId);
      const { job_id, published_at } = job;
      const channel = channelOf(job);
      const stored = published_at && (await access.json(audienceKey(channel, published_at, job_id)));
      if (!stored) return null;
      const { trial, thumbnails, retention, segments, duration } = AudienceRecord.parse(stored);
      const review = AudienceReview.optional().parse(await access.json(channelReviewKey(channel)));
      const totals = trial && counted(trial);
      const pages = thumbnails.map(({ page }) => page);
      return {
        duration,
        thumbnails: totals
          ? ([1, 2] as const).map((thumbnail) => ({
              ...{ thumbnail, key: comparedThumbnailKey(job_id, thumbnail) },
              ...totals[thumbnail],
              ...(pages[thumbnail - 1] !== undefined && { page: pages[thumbnail - 1] }),
              click_rate: clickRate(totals[thumbnail]),
            }))
          : [],
        segments: watchedSegments(segments, duration, retention?.points ?? []),
        ...(trial?.result && { result: trial.result }),
        ...(retention && { retention }),
        ...(review && { review }),
      };
    },
  };
}
