import { eventually } from 'local-aws/testing';
import { parseConfig } from '../../config/settings/index.ts';
import { projectSources } from '../../local/pipeline.ts';
import { startEnvironment } from '../../local/testing/environment.ts';
import { startCrashEnvironment } from './environment.ts';
import { startKillableCloud } from './killable-cloud.ts';
import { plans } from './pick.ts';
import { type Call, callCounter, describe as nameOf, pointsOf } from './point.ts';
import { runTrial } from './trial.ts';

const count = callCounter();
const job: Call[] = [
  count('aws', 'operator', 'StartExecution'),
  count('engine', 'flow', 'TaskStateEntered FetchManga'),
  ...Array.from({ length: 6 }, () => count('aws', 'fetcher', 'dynamodb UpdateItem')),
  count('provider', 'scriptgen', 'llm'),
  count('aws', 'renderer', 's3 PUT video.mp4'),
  count('aws', 'uploader', 's3 GET video.mp4'),
];

test('a request can be interrupted before or after it, by killing its caller or the whole cloud', () => {
  const names = pointsOf(job).map(nameOf);
  expect(names).toEqual(expect.arrayContaining(['the uploader before uploader: s3 GET video.mp4']));
  expect(names).toContain('the cloud after fetcher: dynamodb UpdateItem #6');
  expect(names).not.toContain('the flow after flow: TaskStateEntered FetchManga');
  expect(new Set(names).size).toBe(2 + 1 + 6 * 4 + 2 + 4 + 4);
});

test('uses each point once, in an order that the seed determines', () => {
  const dealt = plans(job, 7);
  expect(dealt.flat().map(nameOf).sort()).toEqual(pointsOf(job).map(nameOf).sort());
  expect(plans(job, 7)).toEqual(dealt);
  expect(plans(job, 8)).not.toEqual(dealt);
  expect(Math.max(...dealt.map((plan) => plan.length))).toBeGreaterThan(1);
});

test('a job whose cloud ends at no point fails at once', async () => {
  const environment = await startCrashEnvironment('folder');
  const trial = runTrial(environment, []);
  await eventually('the first calls of the job', () => environment.calls().length > 5);
  environment.kill();
  await expect(trial).rejects.toThrow('the cloud ended (SIGKILL)');
  await environment.close();
});

test('a cloud that does not start fails with its last output', async () => {
  const start = startEnvironment('no-cloud', async ({ pathOf, started }) => {
    const { cloud } = started.adopt(
      startKillableCloud({
        order: {
          ...{ kind: 'start', state: pathOf('state'), config: parseConfig({}), secrets: {} },
          sources: { ...projectSources, flow: pathOf('no-flow.json') },
        },
        ...{ variables: {}, armed: () => null, onCall: () => {}, onStruck: () => {} },
      }),
      (one) => one.end(),
    );
    return cloud();
  });
  await expect(start).rejects.toThrow(/the cloud ended \(1\):[\s\S]*no-flow\.json/);
});
