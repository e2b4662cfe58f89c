import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { Job } from '../domain/job.ts';
import { dynamodb } from './clients/dynamodb.ts';

/** Jobs whose finished video waits for a person, oldest first. There are never more than a day's worth. */
export async function awaitingReview(jobsTable: string): Promise<Job[]> {
  const jobs: Job[] = [];
  const scan = {
    TableName: jobsTable,
    FilterExpression: '#status = :awaiting',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':awaiting': 'awaiting_review' },
  };
  for await (const { Items } of paginateScan({ client: dynamodb }, scan)) {
    for (const item of Items ?? []) jobs.push(Job.parse(item));
  }
  return jobs.sort((a, b) => a.updated_at.localeCompare(b.updated_at));
}
