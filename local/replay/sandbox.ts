/** Repeats an event in the sandbox: on a copy of its job, so that nothing of the pipeline changes. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { artifactsOf } from '../../domain/artifacts.ts';
import { JobId } from '../../domain/job.ts';
import { accessTo, type ShownCloud } from '../cloud-access.ts';
import { ControlError } from '../control/control.ts';
import { pipelineResources, sandboxName } from '../pipeline.ts';
import { runBeside } from './beside.ts';

type Cloud = Pick<ShownCloud, 'endpoint' | 'region' | 'resources'>;

const OfJob = z.object({ job_id: JobId });

/** Copies the job of an event and the counts of the quota into the sandbox; returns the event with the id of the copy. */
export async function eventInSandbox(functionName: string, event: unknown, cloud: Cloud): Promise<unknown> {
  const sandbox = pipelineResources(cloud.region, sandboxName);
  const given = OfJob.safeParse(event);
  if (!given.success) return event;
  const { job_id } = given.data;
  const access = accessTo(cloud);
  if (functionName === 'fetcher' && !(await access.json(artifactsOf(job_id).chapter)))
    throw new ControlError(
      `${job_id} has no chapter yet, and the sandbox has no library to take one from: Run from here… in FetchManga takes one`,
    );
  const { stateInput, job } = await runBeside(
    { input: '{}', stateInput: JSON.stringify(event) },
    cloud,
    sandbox,
  );
  const rename = (text: string) => (job ? text.replaceAll(job.from, job.to) : text);
  for await (const { Items } of access.scanned(cloud.resources.countersTable))
    for (const Item of JSON.parse(rename(JSON.stringify(Items))) as object[])
      await access.dynamodb('PutItem', { TableName: sandbox.countersTable, Item });
  const copy = JSON.parse(stateInput) as { task_token?: string };
  // A machine of the copy must not end the task of the job.
  return { ...copy, ...(copy.task_token && { task_token: `sandbox-${randomUUID()}` }) };
}
