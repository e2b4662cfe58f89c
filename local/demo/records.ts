import { callJson } from 'local-aws/client';
import { z } from 'zod';
import { Job } from '../../domain/job.ts';
import type { LocalCloud } from '../cloud.ts';
import { type Attributes, marshalKey, plainItem } from '../item.ts';

/** The record of a chapter in the chapters table. */
const Claim = z.object({
  chapter_id: z.string(),
  status: z.enum(['claimed', 'held', 'published', 'failed', 'blocked']),
  job_id: z.string(),
  youtube_url: z.string().optional(),
});
export type Claim = z.infer<typeof Claim>;

/** Returns an operator's operations to read and correct the pipeline's records, over the API. */
export function pipelineRecords(cloud: Pick<LocalCloud, 'endpoint' | 'region' | 'resources'>) {
  const { jobsTable, chaptersTable } = cloud.resources;

  async function getItem(TableName: string, key: Record<string, string>): Promise<unknown> {
    const answer = await callJson<{ Item?: Attributes }>(cloud, 'dynamodb', 'GetItem', {
      TableName,
      Key: marshalKey(key),
      ConsistentRead: true,
    });
    return answer.Item && plainItem(answer.Item);
  }

  return {
    async claimOf(chapterId: string): Promise<Claim | undefined> {
      return Claim.optional().parse(await getItem(chaptersTable, { chapter_id: chapterId }));
    },

    /** Deletes the claim of a chapter. */
    async release(chapterId: string): Promise<void> {
      const Key = marshalKey({ chapter_id: chapterId });
      await callJson(cloud, 'dynamodb', 'DeleteItem', { TableName: chaptersTable, Key });
    },

    async job(jobId: string): Promise<Job | undefined> {
      return Job.optional().parse(await getItem(jobsTable, { job_id: jobId }));
    },

    /** Marks a job that no longer has an execution as failed, with the reason. */
    async abandon(jobId: string, reason: string): Promise<void> {
      await callJson(cloud, 'dynamodb', 'UpdateItem', {
        TableName: jobsTable,
        Key: marshalKey({ job_id: jobId }),
        UpdateExpression: 'SET #status = :failed, error_message = :reason, updated_at = :now',
        ConditionExpression: 'attribute_exists(job_id)',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':failed': { S: 'failed' },
          ':reason': { S: reason },
          ':now': { S: new Date().toISOString() },
        },
      });
    },
  };
}
export type PipelineRecords = ReturnType<typeof pipelineRecords>;
