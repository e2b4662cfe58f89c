/** Suits a service whose series of 429 last for seconds; after a minute another voice takes over. */
export const serviceRetry = { attempts: 5, backoffMs: 1_000, budgetMs: 60_000 } as const;
