import { callJson } from 'local-aws/client';
import { eventually } from 'local-aws/testing';
import { projectSources } from '../pipeline.ts';
import { type Running, startEnvironment } from '../testing/environment.ts';
import { type Pipeline, startPipeline } from '../testing/pipeline-under-test.ts';
import { watchProgress } from './render-progress.ts';

/** The real functions and table; the machine does nothing, and the test writes its progress. */
let pipeline: Running<Pipeline>;
beforeAll(async () => {
  pipeline = await startEnvironment('progress', async (environment) => {
    environment.write('workers/renderer/main.ts', 'setInterval(() => {}, 1000);');
    return startPipeline(environment, {
      log: () => undefined,
      sources: { ...projectSources, workers: environment.pathOf('workers') },
    });
  });
});
afterAll(() => pipeline.close());

test('reports each tenth of the work of a machine, with the time that is left', async () => {
  const { cloud } = pipeline;
  const job = 'job-abc123';
  await cloud.control.run('invoke', {
    function: 'start-renderer',
    event: { job_id: job, task_token: 'token' },
  });
  const write = (done: number, left?: number) =>
    callJson(cloud, 'dynamodb', 'PutItem', {
      TableName: cloud.resources.jobsTable,
      Item: {
        job_id: { S: job },
        status: { S: 'rendering' },
        updated_at: { S: '2026-02-07T10:00:00Z' },
        progress: {
          M: {
            step: { S: 'StartRenderer' },
            done: { N: String(done) },
            total: { N: '100' },
            ...(left !== undefined && { seconds_left: { N: String(left) } }),
          },
        },
      },
    });
  const lines: string[] = [];
  const has = (line: string) => eventually(line, () => lines.includes(line));
  await write(0);
  const end = watchProgress(cloud, (line) => lines.push(line));
  await has(`${job} StartRenderer 0 %`);
  await write(41, 75);
  await has(`${job} StartRenderer 40 %, 1:15 left`);
  await write(45, 60);
  await write(50, 59);
  await has(`${job} StartRenderer 50 %, 59 s left`);
  end();
  expect(lines).toHaveLength(3);
});
