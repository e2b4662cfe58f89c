/** Fits a service whose storms of 429 last for seconds; one that lasts for minutes is another voice's turn. */
export const serviceRetry = { attempts: 5, backoffMs: 1_000, budgetMs: 60_000 } as const;
