import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerJsonError, answerQueryError, answerS3Error } from '../protocol/answers.ts';
import type { AwsError } from '../protocol/aws-error.ts';

/** Answers an error in the protocol that the client speaks, so that it shows the message and not a riddle. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  error: AwsError,
  service?: string,
): void {
  // Let a client that is still sending its body finish; otherwise it reports a broken connection instead.
  request.resume();
  const isForm = request.headers['content-type']?.includes('x-www-form-urlencoded');
  const answer = service === 's3' ? answerS3Error : isForm ? answerQueryError : answerJsonError;
  answer(response, error);
}
