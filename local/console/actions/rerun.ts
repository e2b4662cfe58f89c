/**
 * Runs a job again from where it was changed. The job goes through the whole flow, which skips everything whose
 * artifact exists for the same input: pages, the script, speech by text and voice, pieces of the video by content.
 */

import { WireError } from 'local-aws/client';
import type { Job } from '../../../domain/job.ts';
import type { ScriptEdit } from '../../../domain/script-edits.ts';
import type { CloudAccess, ShownCloud } from '../cloud-access.ts';
import type { ExecutionSummary } from '../model/executions.ts';
import { Refusal } from '../responses.ts';
import { editedScript, storeScript } from './edit-script.ts';

interface Ports {
  cloud: ShownCloud;
  access: CloudAccess;
  executionsOf(jobId: string): Promise<ExecutionSummary[]>;
}

/** Name of the machine that runs one job and then ends. */
export const oneJobMachine = 'manga-pipeline-one-job';

/** Returns the ARN of the execution that continues the job. */
export async function rerun(job: Job, edits: readonly ScriptEdit[], ports: Ports): Promise<string> {
  const { access } = ports;
  if (job.published_at)
    throw new Refusal(409, `${job.job_id} is published; a published video is not made again`);
  if (job.status === 'needs_review')
    throw new Refusal(409, `${job.job_id} is held: approve it, reject it, or have it made again`);
  const script = edits.length ? await editedScript(job, edits, access) : undefined;
  await stopRunning(job, ports);
  await holdChapter(job, ports);
  if (script) await storeScript(job, script, access);
  await clearFailure(job, ports);
  const stateMachineArn = await deploy(ports);
  const { executionArn } = await access.states<{ executionArn: string }>('StartExecution', {
    stateMachineArn,
    name: `${job.job_id.slice(0, 50)}-${Date.now()}`,
    input: JSON.stringify({ job_id: job.job_id }),
  });
  return executionArn;
}

/** Stops the job's execution, since two executions must not work on one job. */
async function stopRunning(job: Job, { access, executionsOf }: Ports): Promise<void> {
  for (const { arn, status } of await executionsOf(job.job_id)) {
    if (status !== 'RUNNING') continue;
    await access.states('StopExecution', {
      executionArn: arn,
      cause: `${job.job_id} is run again from the console`,
    });
  }
}

/** Takes the chapter again for a failed job, which released it, unless another job already has it. */
async function holdChapter(job: Job, { cloud, access }: Ports): Promise<void> {
  if (!job.chapter_id) return;
  const hours72 = 72 * 3_600_000;
  try {
    await access.dynamodb('UpdateItem', {
      TableName: cloud.resources.chaptersTable,
      Key: { chapter_id: { S: job.chapter_id } },
      UpdateExpression: 'SET #status = :claimed, claimed_at = :now, updated_at = :now, lease_until = :lease',
      ConditionExpression: 'job_id = :job AND (#status = :claimed OR #status = :failed)',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':claimed': { S: 'claimed' },
        ':failed': { S: 'failed' },
        ':job': { S: job.job_id },
        ':now': { S: new Date(cloud.clock.now()).toISOString() },
        ':lease': { S: new Date(cloud.clock.now() + hours72).toISOString() },
      },
    });
  } catch (error) {
    if (!(error instanceof WireError) || error.code !== 'ConditionalCheckFailedException') throw error;
    throw new Refusal(
      409,
      `Chapter ${job.chapter_id} no longer belongs to ${job.job_id}: another job has it`,
    );
  }
}

async function clearFailure(job: Job, { cloud, access }: Ports): Promise<void> {
  await access.dynamodb('UpdateItem', {
    TableName: cloud.resources.jobsTable,
    Key: { job_id: { S: job.job_id } },
    UpdateExpression:
      'SET #status = :status, updated_at = :now REMOVE error_name, error_message, error_log, failed_at, failed_state, review_token, progress',
    ConditionExpression: 'attribute_exists(job_id)',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':status': { S: 'fetching' },
      ':now': { S: new Date(cloud.clock.now()).toISOString() },
    },
  });
}

async function deploy({ cloud, access }: Ports): Promise<string> {
  const { definition, roleArn } = await access.states<{ definition: string; roleArn: string }>(
    'DescribeStateMachine',
    { stateMachineArn: cloud.stateMachineArn },
  );
  const machine = { definition: oneJobDefinition(definition), roleArn };
  const stateMachineArn = cloud.stateMachineArn.replace(/[^:]+$/, oneJobMachine);
  try {
    await access.states('CreateStateMachine', { name: oneJobMachine, ...machine });
  } catch (error) {
    if (!(error instanceof WireError) || error.code !== 'StateMachineAlreadyExists') throw error;
    await access.states('UpdateStateMachine', { stateMachineArn, ...machine });
  }
  return stateMachineArn;
}

/** Returns the flow for one job: it takes the given job instead of making one, and ends after it. */
export function oneJobDefinition(definition: string): string {
  const flow = JSON.parse(definition) as { States: Record<string, Record<string, unknown>> };
  const { NewJob, CheckMoreVideos } = flow.States;
  if (NewJob?.Type !== 'Pass' || CheckMoreVideos?.Default !== 'NewJob')
    throw new Refusal(
      409,
      'The flow does not go from CheckMoreVideos to NewJob, so a single job cannot be run again',
    );
  flow.States.NewJob = { ...NewJob, Parameters: { 'job_id.$': '$$.Execution.Input.job_id' } };
  flow.States.CheckMoreVideos = { ...CheckMoreVideos, Default: 'JobDone' };
  flow.States.JobDone = { Type: 'Succeed', Comment: 'Only one job was requested.' };
  return JSON.stringify(flow);
}
