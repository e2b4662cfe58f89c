import { run } from './review.ts';

test.each([
  ['an action without a job, which would only list what waits', { approve: true }, 'name the job: JOB=job-…'],
  ['a reason without a job', { reject: 'the pages are mixed' }, 'name the job: JOB=job-…'],
  ['what is not a job', { job: 'ke-trom-o', approve: true }, 'ke-trom-o is not a job'],
  ['a job without an action', { job: 'job-abc123' }, 'choose one action for job-abc123'],
  ['two actions', { job: 'job-abc123', approve: true, reject: 'no' }, 'choose one action for job-abc123'],
] as const)('%s is refused, without a cloud', async (_, options, message) => {
  await expect(run(options as Parameters<typeof run>[0])).rejects.toThrow(message);
});
