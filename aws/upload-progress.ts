import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { JobId } from '../domain/job.ts';
import { UploadState } from '../domain/publication.ts';
import { dynamodb } from './clients/dynamodb.ts';

const Item = z.object({ upload: UploadState.optional(), short_upload: UploadState.optional() });

/** Progress of the upload of a job's video or of its Short, in its item of the jobs table; other fields are not changed. */
export function uploadProgress(table: string, jobId: JobId, field: 'upload' | 'short_upload' = 'upload') {
  return {
    async load(): Promise<UploadState | undefined> {
      const found = await dynamodb.send(
        new GetCommand({
          TableName: table,
          Key: { job_id: jobId },
          ProjectionExpression: field,
          ConsistentRead: true,
        }),
      );
      return Item.parse(found.Item ?? {})[field];
    },

    async save(upload: UploadState): Promise<void> {
      await dynamodb.send(
        new UpdateCommand({
          TableName: table,
          Key: { job_id: jobId },
          UpdateExpression: `SET ${field} = :upload, updated_at = :now`,
          ExpressionAttributeValues: {
            // The document client rejects undefined values.
            ':upload': Object.fromEntries(Object.entries(upload).filter(([, value]) => value !== undefined)),
            ':now': new Date().toISOString(),
          },
        }),
      );
    },
  };
}
