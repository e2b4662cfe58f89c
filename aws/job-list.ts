import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { Job } from '../domain/job.ts';
import { dynamodb } from './clients/dynamodb.ts';

/** Returns every job of a stage, the one that changed last first. A record with nothing but the mark of a step is not a job. */
export async function allJobs(jobsTable: string): Promise<Job[]> {
  const jobs: Job[] = [];
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, { TableName: jobsTable }))
    for (const item of Items) if (item.status !== undefined) jobs.push(Job.parse(item));
  return jobs.sort((one, other) => other.updated_at.localeCompare(one.updated_at));
}
