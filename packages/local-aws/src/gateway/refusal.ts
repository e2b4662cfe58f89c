import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AwsError } from '../protocol/aws-error.ts';
import { sendJsonError, sendQueryError, sendS3Error } from '../protocol/responses.ts';

/** Returns an error in the client's protocol, so that it shows the message. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  error: AwsError,
  service?: string,
): void {
  // Lets a client that is still sending its body finish; otherwise it reports a broken connection.
  request.resume();
  const isForm = request.headers['content-type']?.includes('x-www-form-urlencoded');
  const answer = service === 's3' ? sendS3Error : isForm ? sendQueryError : sendJsonError;
  answer(response, error);
}
