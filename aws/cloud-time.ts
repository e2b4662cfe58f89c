import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { s3 } from './clients/s3.ts';

/**
 * Returns the time of the cloud, to the second: the `date` of a response. Its jobs are dated by it, and this machine's clock can
 * differ, most of all from that of a local cloud.
 */
export async function cloudTime(bucket: string): Promise<Date> {
  const command = new HeadBucketCommand({ Bucket: bucket });
  let date = '';
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { headers: Record<string, string> };
      date = headers.date ?? '';
      return result;
    },
    { step: 'deserialize', priority: 'low' },
  );
  await s3.send(command);
  return new Date(date);
}
