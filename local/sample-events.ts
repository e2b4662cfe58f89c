/** The sample events of the functions, in `functions/<name>/events/`. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';

const folder = join(import.meta.dirname, '..', 'functions');
const WithJob = z.object({ job_id: z.string() });

/** Reads the current samples of a function. */
export async function samplesOf(functionName: string): Promise<{ name: string; event: string }[]> {
  const files = await readdir(join(folder, functionName, 'events')).catch(() => []);
  return Promise.all(
    files
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map(async (file) => ({
        name: file.slice(0, -'.json'.length),
        event: await readFile(join(folder, functionName, 'events', file), 'utf8'),
      })),
  );
}

/** Returns whether an event is a sample about a job: that job exists nowhere, and must not begin to. */
export async function isOfSampleJob(functionName: string, event: unknown): Promise<boolean> {
  if (!WithJob.safeParse(event).success) return false;
  const samples = await samplesOf(functionName);
  return samples.some((sample) => isDeepStrictEqual(JSON.parse(sample.event), event));
}
