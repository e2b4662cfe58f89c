import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { JobId } from '../domain/job.ts';
import { UploadState } from '../domain/publication.ts';
import { dynamodb } from './clients/dynamodb.ts';

const Item = z.object({ upload: UploadState.optional() });

/** Progress of a job's upload, in its item of the jobs table; other fields are not changed. */
export function uploadProgress(table: string, jobId: JobId) {
  return {
    async load(): Promise<UploadState | undefined> {
      const found = await dynamodb.send(
        new GetCommand({
          TableName: table,
          Key: { job_id: jobId },
          ProjectionExpression: 'upload',
          ConsistentRead: true,
        }),
      );
      return Item.parse(found.Item ?? {}).upload;
    },

    async save(upload: UploadState): Promise<void> {
      await dynamodb.send(
        new UpdateCommand({
          TableName: table,
          Key: { job_id: jobId },
          UpdateExpression: 'SET upload = :upload, updated_at = :now',
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
