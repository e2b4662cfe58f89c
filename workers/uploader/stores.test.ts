import { startBucket, startTables } from '../../aws/testing/embedded-cloud.ts';
import { artifactsOf } from '../../domain/artifacts.ts';
import type { Short } from '../../domain/short.ts';

const endBucket = await startBucket('artifacts');
const endTables = await startTables({ jobs: 'job_id', chapters: 'chapter_id' });
const { artifactStore } = await import('../../aws/artifact-store.ts');
const { jobStore } = await import('../../aws/job-store.ts');
const { storesOf } = await import('./stores.ts');
afterAll(async () => {
  await endTables();
  await endBucket();
});

test('a Short that an earlier render left in the bucket is not published', async () => {
  const jobId = 'job-abc123';
  const short: Short = {
    ...{ job_id: jobId, segments: [1], starts_at: 0, seconds: 30, cliffhanger: 'question' },
    last_words: 'Ai đó?',
  };
  const jobs = jobStore('jobs');
  const { findShort } = storesOf(
    { S3_BUCKET: 'artifacts', DYNAMODB_JOBS_TABLE: 'jobs', DYNAMODB_CHAPTERS_TABLE: 'chapters' },
    'main',
    new AbortController().signal,
  );
  await artifactStore('artifacts').putJson(artifactsOf(jobId).short, short);
  await jobs.update(jobId, {
    status: 'uploading',
    short_missing: 'no part of the video ends on a cliffhanger',
  });
  expect(await findShort(jobId)).toBeUndefined();
  await jobs.update(jobId, { short_seconds: 30, short_missing: null });
  expect(await findShort(jobId)).toEqual(short);
});

test('the job says what its published video lacks, and what was remarked', async () => {
  const jobId = 'job-def456';
  const { markJobPublished } = storesOf(
    { S3_BUCKET: 'artifacts', DYNAMODB_JOBS_TABLE: 'jobs', DYNAMODB_CHAPTERS_TABLE: 'chapters' },
    'main',
    new AbortController().signal,
  );
  const publication = {
    ...{
      job_id: jobId,
      publisher: 'youtube',
      url: 'https://y.example/1',
      published_at: '2026-12-02T12:00:00Z',
    },
    remarks: ['a playlist was created'],
  };
  const noted = async () => (await jobStore('jobs').get(jobId))?.publication_notes;
  await markJobPublished(jobId, { ...publication, notes: ['captions: not today'] });
  expect(await noted()).toEqual(['captions: not today', 'a playlist was created']);
  await markJobPublished(jobId, publication);
  expect(await noted()).toEqual(['a playlist was created']);
  await markJobPublished(jobId, { ...publication, remarks: undefined });
  expect(await noted()).toBeUndefined();
});
