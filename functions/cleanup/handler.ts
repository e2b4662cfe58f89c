import { artifactStore } from '../../aws/artifact-store.ts';
import { jobStore } from '../../aws/job-store.ts';
import { cleanup } from '../../config/environments.ts';
import { environmentOf } from '../environment.ts';
import { traced } from '../traced.ts';
import { run } from './cleanup.ts';

const env = environmentOf('cleanup', cleanup);
const artifacts = artifactStore(env.S3_BUCKET);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);

export const handler = traced('cleanup', env.TRACING, (event) =>
  run(event, {
    list: artifacts.list,
    deleteAll: artifacts.deleteAll,
    markCleaned: (jobId, bytes) =>
      jobs.update(jobId, {
        cleaned_at: new Date().toISOString(),
        ...(bytes > 0 && { stored_bytes: bytes }),
      }),
  }),
);
