import { readFile } from 'node:fs/promises';
import { oneJobDefinition, replayDefinition } from './one-job-flow.ts';

const pipeline = await readFile(new URL('../asl/pipeline.asl.json', import.meta.url), 'utf8');

const endsHere = {
  Choices: expect.arrayContaining([{ Variable: '$.job_id', IsPresent: true, Next: 'JobDone' }]),
  Default: 'JobDone',
};

test('a rerun uses the whole flow and ends before the next job', () => {
  const { States } = JSON.parse(oneJobDefinition(pipeline)) as { States: Record<string, object> };
  expect(States.NewJob).toMatchObject({
    Parameters: { 'job_id.$': '$$.Execution.Input.job_id' },
    Next: 'CheckQuota',
  });
  expect(States.CheckMoreVideos).toMatchObject(endsHere);
  expect(States.JobDone).toMatchObject({ Type: 'Succeed' });
  // A stage with lanes runs one job again in one execution.
  expect(States.StartRun).toMatchObject({ Assign: { lanes: 1, review: '${review}' } });
  expect(States.StartRun).not.toHaveProperty(['Assign', 'lanes.$']);
});

test('a replay makes its job as the flow does, and ends before the next one', () => {
  const { States } = JSON.parse(replayDefinition(pipeline)) as { States: Record<string, object> };
  expect(States.NewJob).toEqual(JSON.parse(pipeline).States.NewJob);
  expect(States.CheckMoreVideos).toMatchObject(endsHere);
});

test('rejects a flow of another shape', () => {
  expect(() => oneJobDefinition('{"States":{}}')).toThrow('a single job cannot be run again');
});
