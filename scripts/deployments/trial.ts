import type { ExecutionState } from '../../aws/executions.ts';

export interface TrialPorts {
  /** Starts an execution, or does nothing while it runs; false when one of this name has ended. */
  start(name: string): Promise<boolean>;
  arnOf(name: string): string;
  describeExecution(executionArn: string): Promise<ExecutionState | undefined>;
  enteredStates(executionArn: string): AsyncIterable<{ state: string; input: string }>;
  pause(): Promise<void>;
  /** Makes everything use the new versions. */
  promote(): Promise<void>;
  /** Makes the versions that are tried the live ones again. */
  takeBack(): Promise<void>;
  notify(subject: string, message: string): Promise<void>;
  say(line: string): void;
}

type Outcome = 'passed' | 'failed' | 'undecided';

/** Judges an execution that has ended. Only a video that was counted passes; a held chapter or a full day says nothing. */
async function outcomeOf(arn: string, { status }: ExecutionState, ports: TrialPorts): Promise<Outcome> {
  const entered = new Set<string>();
  for await (const { state } of ports.enteredStates(arn)) entered.add(state);
  if (status === 'FAILED' || status === 'TIMED_OUT' || entered.has('HandleError')) return 'failed';
  return status === 'SUCCEEDED' && entered.has('Cleanup') && entered.has('IncrementCounter')
    ? 'passed'
    : 'undecided';
}

/** An undecided trial is repeated with another job by the next command, at most this often. */
const mostTrials = 50;

/**
 * Tries a deployment with one job, whose execution is named by what is tried, so that a command that died is continued. Returns
 * the exit status: 0 when the deployment is live, 1 when it was taken back, 2 when nothing was decided.
 */
export async function tryDeployment(name: string, ports: TrialPorts): Promise<number> {
  for (let trial = 1; trial <= mostTrials; trial += 1) {
    const arn = ports.arnOf(`${name}-${trial}`);
    const isNew = await ports.start(`${name}-${trial}`);
    const ended = await endOf(arn, ports);
    const outcome = ended ? await outcomeOf(arn, ended, ports) : 'undecided';
    if (outcome === 'passed') {
      await ports.promote();
      ports.say(`live: the new deployment, after its video of ${arn}`);
      return 0;
    }
    if (outcome === 'failed') {
      await ports.takeBack();
      const reason = `The job that tried the new deployment failed, so all jobs use the previous one: ${arn}`;
      ports.say(reason);
      await ports.notify('manga-pipeline: a deployment was taken back', reason);
      return 1;
    }
    if (isNew) {
      ports.say(`not decided: ${arn} made no video and did not fail; run make deploy WHAT=canary again`);
      return 2;
    }
  }
  ports.say(`not decided after ${mostTrials} jobs`);
  return 2;
}

async function endOf(arn: string, ports: TrialPorts): Promise<ExecutionState | undefined> {
  for (;;) {
    const state = await ports.describeExecution(arn);
    if (state?.status !== 'RUNNING' && state?.status !== 'PENDING_REDRIVE') return state;
    await ports.pause();
  }
}
