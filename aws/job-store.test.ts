import { startTables } from './testing/embedded-cloud.ts';

const endTables = await startTables({ jobs: 'job_id' });
const { jobStore } = await import('./job-store.ts');
afterAll(endTables);

test('what is added to a job at the same time adds up: seconds of functions and broken pieces', async () => {
  const jobs = jobStore('jobs');
  await jobs.update('job-abc123', { status: 'rendering' });
  await Promise.all(Array.from({ length: 20 }, () => jobs.addFunctionSeconds('job-abc123', 1.5)));
  await Promise.all(Array.from({ length: 3 }, () => jobs.addBrokenPiece('job-abc123')));
  expect(await jobs.get('job-abc123')).toMatchObject({
    status: 'rendering',
    function_seconds: 30,
    broken_pieces: 3,
  });
});
