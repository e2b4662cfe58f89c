/**
 * Rates that services document. Azure Speech counts requests of text to speech for a resource: 200 a second of a standard one (S0), more on
 * request, and 20 a minute of a free one (F0); the service does not say which one a key is of (Speech service quotas and limits, December 2025).
 * YouTube documents allowances of a day only: youtube-quota.ts.
 */
export const azureRequestsPerMinute = { standard: 200 * 60, free: 20 } as const;

/** A lane speaks about a sentence a second; with less, its chapter would wait for its voice. */
export const requestsOfLanePerMinute = 60;
