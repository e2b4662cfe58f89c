import type { LogEntry } from 'local-aws';
import { callJson } from 'local-aws/client';
import { type Config, parseConfig } from '../../../config/settings/index.ts';
import type { LocalCloud } from '../../cloud-interface.ts';
import { startEnvironment } from '../../testing/environment.ts';
import { configIn, startPipeline } from '../../testing/pipeline-under-test.ts';
import { createConsole } from '../console.ts';

/** Starts a local cloud and its console. */
export const startConsoleUnderTest = (given: Partial<Config> = {}) =>
  startEnvironment('console', async (environment) => {
    // As in make dev, chapters are uploaded.
    const { library, dailyQuota } = parseConfig({});
    const settings = { library, dailyQuota, ...given };
    const lines: LogEntry[] = [];
    const page = createConsole({
      stateDirectory: environment.pathOf('state'),
      config: configIn(environment, settings),
    });
    const { cloud } = await startPipeline(environment, {
      settings,
      log: (entry) => void lines.push(entry),
      observer: page.observer,
    });
    const { url, close } = await page.open(cloud, { port: 0, exactly: true });
    environment.started.defer(close);
    const { origin, hash } = new URL(url);
    return {
      cloud,
      /** The address with the token, and without it. */
      url,
      origin,
      token: hash.slice('#token='.length),
      lines,
    };
  });
export type ConsoleUnderTest = Awaited<ReturnType<typeof startConsoleUnderTest>>;

/** Creates a state machine and returns its ARN. */
export async function makeMachine(cloud: LocalCloud, name: string, definition: object): Promise<string> {
  const { stateMachineArn } = await callJson<{ stateMachineArn: string }>(
    cloud,
    'states',
    'CreateStateMachine',
    { name, definition: JSON.stringify(definition), roleArn: 'arn:aws:iam::123456789012:role/test' },
  );
  return stateMachineArn;
}

/** Starts an execution and returns its ARN. */
export async function startExecution(
  cloud: LocalCloud,
  stateMachineArn: string,
  name: string,
): Promise<string> {
  const { executionArn } = await callJson<{ executionArn: string }>(cloud, 'states', 'StartExecution', {
    stateMachineArn,
    name,
    input: '{}',
  });
  return executionArn;
}

/** A loop whose history approaches AWS's limit of 25,000 events. */
export const longLoop = {
  StartAt: 'Begin',
  States: {
    Begin: { Type: 'Pass', Result: 0, ResultPath: '$.count', Next: 'Count' },
    Count: {
      Type: 'Pass',
      Parameters: { 'count.$': 'States.MathAdd($.count, 1)' },
      Next: 'Again',
    },
    Again: {
      Type: 'Choice',
      Choices: [{ Variable: '$.count', NumericLessThan: 6_248, Next: 'Count' }],
      Default: 'Done',
    },
    Done: { Type: 'Succeed' },
  },
};
