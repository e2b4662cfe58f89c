import { integrations } from '../definition/integrations.ts';
import { parseResource, type Resource } from '../definition/resource.ts';
import type { Json } from '../json.ts';
import { jobOutcome } from './jobs.ts';

const glue = parseResource('arn:aws:states:::glue:startJobRun.sync') as Resource;

function outcomeOf(description: Json, asked: [action: string, parameters: Json][] = []) {
  return jobOutcome(glue, { JobRunId: 'jr_1' }, { JobName: 'words' }, async (action, parameters) => {
    asked.push([action, parameters]);
    return { succeeded: true, output: description };
  });
}

test('a job is described by its run until it has ended', async () => {
  const asked: [string, Json][] = [];
  expect(await outcomeOf({ JobRun: { JobRunState: 'RUNNING' } }, asked)).toBeUndefined();
  expect(asked).toEqual([['getJobRun', { JobName: 'words', RunId: 'jr_1' }]]);
  const done = { JobRunState: 'SUCCEEDED', Id: 'jr_1' };
  expect(await outcomeOf({ JobRun: done })).toEqual({ succeeded: true, output: done });
});

test('a job that failed fails the task with its description as the cause', async () => {
  expect(await outcomeOf({ JobRun: { JobRunState: 'TIMEOUT' } })).toEqual({
    succeeded: false,
    error: 'States.TaskFailed',
    cause: '{"JobRunState":"TIMEOUT"}',
  });
});

test('a task of ECS succeeds when each container ended with 0', async () => {
  const ecs = parseResource('arn:aws:states:::ecs:runTask.sync') as Resource;
  const started = { Tasks: [{ TaskArn: 't', ClusterArn: 'c' }] };
  const outcome = (codes: number[]) =>
    jobOutcome(ecs, started, {}, async () => ({
      succeeded: true,
      output: { Tasks: [{ LastStatus: 'STOPPED', Containers: codes.map((ExitCode) => ({ ExitCode })) }] },
    }));
  expect(await outcome([0, 0])).toMatchObject({ succeeded: true });
  expect(await outcome([0, 1])).toMatchObject({ succeeded: false });
});

test('refuses .sync of actions that AWS offers and this service cannot follow', () => {
  expect(parseResource('arn:aws:states:::codebuild:retryBuildBatch.sync')).toBe(
    'The service integration codebuild:retryBuildBatch.sync is not supported by the local cloud',
  );
});

test('describes the job of each integration that it does not refuse', async () => {
  for (const [service, { actions }] of integrations) {
    for (const [action, ways] of Object.entries(actions)) {
      const resource = parseResource(`arn:aws:states:::${service}:${action}.sync`);
      if (!ways.includes('.sync') || typeof resource === 'string' || service === 'states') continue;
      const failure = { succeeded: false, error: 'asked' } as const;
      expect(await jobOutcome(resource, {}, {}, async () => failure)).toBe(failure);
    }
  }
});
