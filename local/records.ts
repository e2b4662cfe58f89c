import * as z from 'zod';
import { Job } from '../domain/job.ts';
import { LedgerEntry } from '../domain/ledger-entry.ts';
import { StayingMachine } from '../domain/staying-machine.ts';
import { accessTo, type ShownCloud } from './cloud-access.ts';

const Day = z.object({ date: z.string(), count: z.number().default(0), slots: z.number().default(0) });

/** Returns an operator's operations to read and correct the pipeline's records, over the API. */
export function pipelineRecords(cloud: Pick<ShownCloud, 'endpoint' | 'region' | 'resources'>) {
  const { jobsTable, chaptersTable, countersTable, machinesTable } = cloud.resources;
  const access = accessTo(cloud);
  const keys = async (prefix: string) => (await access.objects(prefix)).map(({ key }) => key);

  return {
    claimOf: async (chapter_id: string) =>
      LedgerEntry.optional().parse(await access.item(chaptersTable, { chapter_id })),
    chapters: async () => z.array(LedgerEntry).parse(await access.scan(chaptersTable)),
    job: async (job_id: string) => Job.optional().parse(await access.item(jobsTable, { job_id })),
    /** The items of machines that stay after a task. */
    machines: async () => z.array(StayingMachine).parse(await access.scan(machinesTable)),
    jobs: async () => z.array(Job).parse(await access.scan(jobsTable)),

    /** Returns the days of the quota; the table also has other counters. */
    async days() {
      const counters = await access.scan(countersTable);
      return z.array(Day).parse(counters.filter(({ date }) => /^\d{4}-\d\d-\d\d$/.test(String(date))));
    },

    /** Deletes the claim of a chapter. */
    async release(chapterId: string): Promise<void> {
      const Key = { chapter_id: { S: chapterId } };
      await access.dynamodb('DeleteItem', { TableName: chaptersTable, Key });
    },

    /** Marks a job that no longer has an execution as failed, with the reason. */
    async abandon(jobId: string, reason: string): Promise<void> {
      await access.dynamodb('UpdateItem', {
        TableName: jobsTable,
        Key: { job_id: { S: jobId } },
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

    /** Returns the keys of the bucket below a prefix. */
    keys,
    /** Returns the bytes of an object of the bucket; undefined if it does not exist. */
    async object(key: string): Promise<Uint8Array | undefined> {
      const response = await access.object(key);
      if (response.status === 404) return undefined;
      if (!response.ok) throw new Error(`${key} can't be read: HTTP ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
    remove: (key: string) => access.s3('DELETE', key),
    /** Removes everything below a prefix. */
    async forget(prefix: string): Promise<void> {
      for (const key of await keys(prefix)) await access.s3('DELETE', key);
    },
  };
}
export type PipelineRecords = ReturnType<typeof pipelineRecords>;
