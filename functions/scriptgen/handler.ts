import { artifactStore } from '../../aws/artifact-store.ts';
import { jobStore } from '../../aws/job-store.ts';
import { Chapter } from '../../domain/chapter.ts';
import { PageDraft, Script } from '../../domain/script.ts';
import { createNarrator } from '../../providers/narrators/index.ts';
import { createPageReader } from '../../providers/vision/index.ts';
import type { LambdaContext } from '../lambda.ts';
import { environmentOf } from '../manifest.ts';
import { throttledProgress } from '../progress.ts';
import { run } from './scriptgen.ts';

const env = environmentOf('scriptgen');
const artifacts = artifactStore(env.S3_BUCKET);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
const reader = createPageReader();
const narrator = await createNarrator(env.NARRATOR);

export const handler = (event: unknown, context: LambdaContext) =>
  run(event, {
    getChapter: (key) => artifacts.getJson(key, Chapter),
    getPage: artifacts.getBytes,
    findDraft: (key) => artifacts.findJson(key, PageDraft),
    findScript: (key) => artifacts.findJson(key, Script),
    putJson: artifacts.putJson,
    reader,
    narrator,
    markScripting: (jobId) => jobs.update(jobId, { status: 'scripting' }),
    markScripted: (jobId, segment_count) => jobs.update(jobId, { segment_count }),
    recordNarration: (jobId, { tokens_in, tokens_out, cost_usd, notes }) =>
      jobs.update(jobId, {
        llm_tokens_in: tokens_in,
        llm_tokens_out: tokens_out,
        llm_cost_usd: cost_usd,
        narration_notes: notes,
      }),
    reportProgress: throttledProgress(jobs.reportProgress),
    timeLeft: () => context.getRemainingTimeInMillis(),
  });
