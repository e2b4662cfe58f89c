import { readFile } from 'node:fs/promises';
import { oneJobDefinition } from './rerun.ts';

const pipeline = await readFile(new URL('../../../asl/pipeline.asl.json', import.meta.url), 'utf8');

test('a rerun uses the whole flow and ends before the next job', () => {
  const { States } = JSON.parse(oneJobDefinition(pipeline)) as { States: Record<string, object> };
  expect(States.NewJob).toMatchObject({
    Parameters: { 'job_id.$': '$$.Execution.Input.job_id' },
    Next: 'CheckQuota',
  });
  expect(States.CheckMoreVideos).toMatchObject({ Default: 'JobDone' });
  expect(States.JobDone).toMatchObject({ Type: 'Succeed' });
});

test('rejects a flow of another shape', () => {
  expect(() => oneJobDefinition('{"States":{}}')).toThrow('a single job cannot be run again');
});
