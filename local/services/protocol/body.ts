import type { IncomingMessage } from 'node:http';
import { AwsError } from './aws-error.ts';

/** Reads a whole request body; one over the limit is refused before it is all in memory. */
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
    // The rest is read and dropped: a client that is still sending would see a reset and no answer.
    if (size > limit) over = true;
    else chunks.push(chunk as Buffer);
  }
  if (over) throw tooLarge();
  return Buffer.concat(chunks);
}
