import { startTables } from './testing/embedded-cloud.ts';

const endTables = await startTables({ jobs: 'job_id' });
const { jobStore } = await import('./job-store.ts');
afterAll(endTables);

test('the seconds of functions that end at the same time add up on the job', async () => {
  const jobs = jobStore('jobs');
  await jobs.update('job-abc123', { status: 'rendering' });
  await Promise.all(Array.from({ length: 20 }, () => jobs.addFunctionSeconds('job-abc123', 1.5)));
  expect(await jobs.get('job-abc123')).toMatchObject({ status: 'rendering', function_seconds: 30 });
});
