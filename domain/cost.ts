import type { Job } from './job.ts';
import { machineHour, prices } from './prices.ts';
import { callMemory } from './render-shards.ts';

/** The parts of what a video costs. */
type CostPart = 'model' | 'voice' | 'renderer' | 'uploader' | 'storage' | 'transfer';

export interface Cost {
  /** US dollars of each part that was used. */
  parts: Partial<Record<CostPart, number>>;
  usd: number;
  /** Used resources without a known price, in words: they are not in the sum. */
  unknown: string[];
}

/** A machine whose end was not reported is counted until its job ended; its image powers off after five hours. */
const longestMachine = 5 * 3_600_000;
/** Artifacts are deleted after the upload, and their old versions a day later. */
const storedDays = 2;
const gigabyte = 1e9;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/**
 * Returns what a job has cost until now, from what was measured on it. Machines count with their on-demand price, which Spot
 * does not exceed, so the sum is the most that it can be. Of functions only those that render are part of it, and tables are not.
 */
export function costOf(job: Job, now: Date): Cost {
  const parts: Cost['parts'] = {};
  const unknown: string[] = [];
  const tokens = (job.llm_tokens_in ?? 0) + (job.llm_tokens_out ?? 0);
  if (job.llm_cost_usd) parts.model = job.llm_cost_usd;
  else if (tokens > 0)
    unknown.push('the language model: llmPricePerMillionIn and llmPricePerMillionOut are not set');
  if (job.paid_characters) parts.voice = job.paid_characters * prices.azureCharacter;
  const ended = Date.parse(job.cleaned_at ?? job.failed_at ?? now.toISOString());
  for (const { worker, type, started_at, ended_at } of Object.values(job.machines ?? {})) {
    const hour = machineHour(type, worker);
    if (hour === undefined) unknown.push(`machines of ${type}`);
    const start = Date.parse(started_at);
    const end = ended_at === undefined ? Math.min(ended, start + longestMachine) : Date.parse(ended_at);
    // EC2 bills at least a minute.
    const hours = Math.max(60_000, end - start) / 3_600_000;
    parts[worker] = (parts[worker] ?? 0) + hours * (hour ?? 0);
  }
  if (job.function_seconds)
    parts.renderer = (parts.renderer ?? 0) + job.function_seconds * (callMemory / 1024) * prices.lambdaSecond;
  if (job.stored_bytes) parts.storage = (job.stored_bytes / gigabyte) * prices.storageDay * storedDays;
  if (job.uploaded_bytes) parts.transfer = (job.uploaded_bytes / gigabyte) * prices.transfer;
  return { parts, usd: sum(Object.values(parts)), unknown: [...new Set(unknown)] };
}

/** Returns what several jobs have cost together. */
export function totalCost(jobs: readonly Job[], now: Date): Pick<Cost, 'usd' | 'unknown'> {
  const costs = jobs.map((job) => costOf(job, now));
  return {
    usd: sum(costs.map(({ usd }) => usd)),
    unknown: [...new Set(costs.flatMap(({ unknown }) => unknown))],
  };
}

/** Returns a cost as text: cents for a day, a tenth of a cent for a video. */
export const dollars = (usd: number): string => `$${usd.toFixed(usd < 1 ? 3 : 2)}`;
