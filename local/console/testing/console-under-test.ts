import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, parseConfig } from '../../../config/settings/index.ts';
import { type LocalCloud, startLocalCloud } from '../../cloud.ts';
import { callJson } from '../../services/client.ts';
import type { LogEntry } from '../../services/log.ts';
import { createConsole } from '../console.ts';

export interface ConsoleUnderTest {
  folder: string;
  cloud: LocalCloud;
  /** The address with the token. */
  url: string;
  /** The address without it. */
  origin: string;
  token: string;
  lines: LogEntry[];
  close(): Promise<void>;
}

/** Starts a local cloud and its console in a temporary folder. */
export async function startConsoleUnderTest(settings: Partial<Config> = {}): Promise<ConsoleUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'console-test-'));
  const stateDirectory = join(folder, 'state');
  const config = parseConfig({ publisherFolder: join(folder, 'out'), ...settings });
  const lines: LogEntry[] = [];
  const page = createConsole({ stateDirectory, config });
  const cloud = await startLocalCloud({
    stateDirectory,
    port: 0,
    config,
    log: (entry) => void lines.push(entry),
    observer: page.observer,
  });
  const { url, close } = await page.open(cloud, { port: 0, exactly: true });
  const { origin, hash } = new URL(url);
  return {
    folder,
    cloud,
    url,
    origin,
    token: hash.slice('#token='.length),
    lines,
    async close() {
      await close();
      await cloud.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

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
