import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Job, type JobId, type JobProgress } from '../domain/job.ts';
import { dynamodb } from './clients/dynamodb.ts';
import { updateExpression } from './update-expression.ts';

/** New values of a job's fields; null removes one. */
export type JobChanges = {
  [Field in keyof Omit<Job, 'job_id' | 'updated_at'>]?: Job[Field] | null;
};

/** The jobs table. */
export function jobStore(table: string) {
  /** Changes some fields; a missing job is created, so that every error is recorded. */
  async function update(jobId: JobId, changes: JobChanges): Promise<void> {
    await dynamodb.send(
      new UpdateCommand({
        TableName: table,
        Key: { job_id: jobId },
        ...updateExpression({ ...changes, updated_at: new Date().toISOString() }),
      }),
    );
  }

  return {
    /** Returns the current job, or undefined. A record with nothing but the mark of a step is not a job. */
    async get(jobId: JobId): Promise<Job | undefined> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName: table, Key: { job_id: jobId }, ConsistentRead: true }),
      );
      return Item?.status === undefined ? undefined : Job.parse(Item);
    },

    update,

    /** Sets the progress of the current step. */
    reportProgress: (jobId: JobId, progress: JobProgress) => update(jobId, { progress }),

    /** Fixes the quota day of a job at the first call; later calls return the same day. */
    async countedOn(jobId: JobId, day: string): Promise<string> {
      const { Attributes } = await dynamodb.send(
        new UpdateCommand({
          TableName: table,
          Key: { job_id: jobId },
          UpdateExpression: 'SET counted_on = if_not_exists(counted_on, :day), updated_at = :now',
          ExpressionAttributeValues: { ':day': day, ':now': new Date().toISOString() },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return String(Attributes?.counted_on);
    },
  };
}
