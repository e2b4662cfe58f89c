import { callCosts, defaultAllowance, type YouTubeCall, youtubeDay } from '../../domain/youtube-quota.ts';
import { Refusal } from './response.ts';

/** The service's counts: two buckets, empty again at midnight in Los Angeles. Refused calls cost the same. */
export class FakeQuota {
  allowance = { ...defaultAllowance };
  private readonly clock: () => Date;
  private day = '';
  private used = { uploads: 0, units: 0 };

  constructor(clock: () => Date) {
    this.clock = clock;
  }

  get spent() {
    this.startDay();
    return { ...this.used };
  }

  charge(call: YouTubeCall): void {
    this.startDay();
    const { bucket, cost } = callCosts[call];
    if (this.used[bucket] + cost > this.allowance[bucket])
      throw new Refusal(
        403,
        'quotaExceeded',
        'The request cannot be completed because you have exceeded your quota.',
      );
    this.used[bucket] += cost;
  }

  private startDay(): void {
    const today = youtubeDay(this.clock());
    if (today !== this.day) this.used = { uploads: 0, units: 0 };
    this.day = today;
  }
}
