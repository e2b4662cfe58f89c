import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Job, type JobId, type JobProgress } from '../domain/job.ts';
import { dynamodb } from './clients/dynamodb.ts';
import { updateExpression } from './update-expression.ts';

/** New values for a job's fields; null removes one. */
export type JobChanges = {
  [Field in keyof Omit<Job, 'job_id' | 'updated_at'>]?: Job[Field] | null;
};

/** The jobs table. */
export function jobStore(table: string) {
  /** Changes some fields; a job that isn't there yet is created, so that no error goes unrecorded. */
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
    /** The job as it is now, or undefined; a record that holds no more than the mark of a step is no job. */
    async get(jobId: JobId): Promise<Job | undefined> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName: table, Key: { job_id: jobId }, ConsistentRead: true }),
      );
      return Item?.status === undefined ? undefined : Job.parse(Item);
    },

    update,

    /** Sets how far the step at work has come. */
    reportProgress: (jobId: JobId, progress: JobProgress) => update(jobId, { progress }),

    /** Fixes the quota day of a job at the first call; later calls answer the day fixed then. */
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
