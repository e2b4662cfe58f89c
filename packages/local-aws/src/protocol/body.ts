import type { IncomingMessage } from 'node:http';
import { AwsError } from './aws-error.ts';

/** Reads a whole request body. A body over the limit is refused without being kept in memory. */
export async function readBody(
  request: IncomingMessage,
  limit: number,
  tooLarge: () => AwsError = () =>
    new AwsError('RequestEntityTooLargeException', `The request is larger than ${limit} bytes`, 413),
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  let over = false;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    // The rest is read and dropped; otherwise a client that is still sending would see a reset instead of the response.
    if (size > limit) over = true;
    else chunks.push(chunk as Buffer);
  }
  if (over) throw tooLarge();
  return Buffer.concat(chunks);
}
