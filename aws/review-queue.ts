import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { Job, type JobStatus } from '../domain/job.ts';
import { dynamodb } from './clients/dynamodb.ts';

/** Lists jobs that wait for a person, oldest first: to check a finished video, or a doubtful script. */
export async function waitingJobs(
  jobsTable: string,
  status: Extract<JobStatus, 'awaiting_review' | 'needs_review'>,
): Promise<Job[]> {
  const jobs: Job[] = [];
  const scan = {
    TableName: jobsTable,
    FilterExpression: '#status = :waiting',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':waiting': status },
  };
  for await (const { Items } of paginateScan({ client: dynamodb }, scan)) {
    for (const item of Items ?? []) jobs.push(Job.parse(item));
  }
  return jobs.sort((a, b) => a.updated_at.localeCompare(b.updated_at));
}
