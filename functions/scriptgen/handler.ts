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
    reportProgress: throttledProgress(jobs.reportProgress),
    timeLeft: () => context.getRemainingTimeInMillis(),
  });
