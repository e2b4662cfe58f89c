/**
 * Runs a job again from where it was changed. The job goes through the whole flow, which skips everything whose
 * artifact exists for the same input: pages, the script, speech by text and voice, pieces of the video by content.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { WireError } from 'local-aws/client';
import { type Job, type JobStatus, statusesAtWork } from '../../../domain/job.ts';
import type { ScriptEdit } from '../../../domain/script-edits.ts';
import type { CloudAccess, ShownCloud } from '../../cloud-access.ts';
import { deployFlow, oneJobDefinition } from '../../one-job-flow.ts';
import { oneJobFlowName } from '../../pipeline.ts';
import type { ExecutionSummary } from '../model/executions.ts';
import { Refusal } from '../responses.ts';
import { editedScript, storeScript } from './edit-script.ts';

interface Ports {
  cloud: ShownCloud;
  access: CloudAccess;
  executions: { ofJob(jobId: string): Promise<ExecutionSummary[]> };
}

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
  const stateMachineArn = await deployFlow(oneJobFlowName, oneJobDefinition, ports.cloud);
  const name = `${job.job_id.slice(0, 50)}-${Date.now()}`;
  const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  await clearFailure(job, executionArn, ports);
  const input = JSON.stringify({ job_id: job.job_id });
  await access.states('StartExecution', { stateMachineArn, name, input });
  return executionArn;
}

/** Stops the job's execution, since two must not work on one job, and waits until that has failed the job. */
async function stopRunning({ job_id }: Job, { cloud, access, executions }: Ports): Promise<void> {
  const running = (await executions.ofJob(job_id)).filter(({ status }) => status === 'RUNNING');
  for (const { arn } of running)
    await access.states('StopExecution', {
      executionArn: arn,
      cause: `${job_id} is run again from the console`,
    });
  const isAtWork = async () => {
    const { status } = (await access.item(cloud.resources.jobsTable, { job_id })) ?? {};
    return statusesAtWork.has(status as JobStatus);
  };
  for (let waited = 0; running.length > 0 && (await isAtWork()); waited += 50) {
    if (waited > 60_000) throw new Refusal(409, `The execution of ${job_id} ends too slowly; try again`);
    await sleep(50);
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

async function clearFailure(job: Job, executionArn: string, { cloud, access }: Ports): Promise<void> {
  await access.dynamodb('UpdateItem', {
    TableName: cloud.resources.jobsTable,
    Key: { job_id: { S: job.job_id } },
    UpdateExpression:
      'SET #status = :status, continued_in = :execution, updated_at = :now REMOVE error_name, error_message, error_log, failed_at, failed_state, stopped_while, review_token, progress',
    ConditionExpression: 'attribute_exists(job_id)',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':status': { S: 'fetching' },
      ':execution': { S: executionArn },
      ':now': { S: new Date(cloud.clock.now()).toISOString() },
    },
  });
}
