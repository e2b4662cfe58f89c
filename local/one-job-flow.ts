/** State machines made from the flow that end after one job. */
import { deployStateMachine } from 'local-aws';
import { callJson, type LocalAddress } from 'local-aws/client';
import { ControlError } from './control/control.ts';

interface Flow {
  States: Record<string, Record<string, unknown>>;
}

/** Returns the flow for the copy of a job: it ends after that job. */
export function replayDefinition(definition: string): string {
  const flow = JSON.parse(definition) as Flow;
  const { CheckMoreVideos, JobDone } = flow.States;
  if (CheckMoreVideos?.Default !== 'NewJob' || !JobDone)
    throw new ControlError(
      'The flow does not go from CheckMoreVideos to NewJob, so a single job cannot be run again',
    );
  // Before the other rules: the counts that a replay takes over could continue the run in another execution.
  const first = { Variable: '$.job_id', IsPresent: true, Next: 'JobDone' };
  const Choices = [first, ...(CheckMoreVideos.Choices as object[])];
  flow.States.CheckMoreVideos = { ...CheckMoreVideos, Choices, Default: 'JobDone' };
  return JSON.stringify(flow);
}

/** Returns the flow for one job: it takes the given job instead of making one, and ends after it. */
export function oneJobDefinition(definition: string): string {
  const flow = JSON.parse(replayDefinition(definition)) as Flow;
  const { NewJob, StartRun } = flow.States;
  if (NewJob?.Type !== 'Pass') throw new ControlError('NewJob of the flow does not make a job');
  // One job has one lane, whatever the setting.
  const { 'lanes.$': _, ...assigned } = (StartRun?.Assign ?? {}) as Record<string, unknown>;
  flow.States.StartRun = { ...StartRun, Assign: { ...assigned, lanes: 1 } };
  flow.States.NewJob = { ...NewJob, Parameters: { 'job_id.$': '$$.Execution.Input.job_id' } };
  return JSON.stringify(flow);
}

/** Creates or updates a state machine that is made from the flow, and returns its ARN. */
export async function deployFlow(
  name: string,
  made: (definition: string) => string,
  cloud: LocalAddress & { stateMachineArn: string },
): Promise<string> {
  const { stateMachineArn } = cloud;
  const { definition } = await callJson<{ definition: string }>(cloud, 'states', 'DescribeStateMachine', {
    stateMachineArn,
  });
  await deployStateMachine(cloud, name, made(definition));
  return stateMachineArn.replace(/[^:]+$/, name);
}
