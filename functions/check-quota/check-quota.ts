export interface CheckQuotaPorts {
  /** The quota day of this moment, `YYYY-MM-DD`. */
  today(): string;
  countOf(day: string): Promise<number>;
  dailyQuota: number;
}

/** Tells whether the day has its videos. */
export async function run(_input: unknown, ports: CheckQuotaPorts) {
  const daily_count = await ports.countOf(ports.today());
  return {
    quota_reached: daily_count >= ports.dailyQuota,
    daily_count,
    daily_quota: ports.dailyQuota,
  };
}
