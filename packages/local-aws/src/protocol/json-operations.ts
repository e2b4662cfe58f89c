import type { IncomingMessage, ServerResponse } from 'node:http';
import type * as z from 'zod';
import { AwsError, asAwsError, notInTheLocalCloud } from './aws-error.ts';
import { readBody } from './body.ts';
import { sendJson, sendJsonError } from './responses.ts';

type Operation = (input: unknown) => unknown;

/** Returns an operation with the schema of its input; invalid input is a ValidationException. */
export function operation<T>(input: z.ZodType<T>, run: (input: T) => unknown): Operation {
  return (raw) => {
    const parsed = input.safeParse(raw);
    if (parsed.success) return run(parsed.data);
    const issue = parsed.error.issues[0];
    throw new AwsError('ValidationException', `${issue?.path.join('.')}: ${issue?.message}`);
  };
}

/** Serves the operations of one service in the AWS JSON protocol. */
export function handleJson(service: string, operations: Readonly<Record<string, Operation>>) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const body = await readBody(request, maxRequest);
      const name = targetOperation(request);
      const run = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (!run) throw notInTheLocalCloud(`${service}:${name}`);
      sendJson(response, await run(body.length ? JSON.parse(body.toString()) : {}));
    } catch (error) {
      const known = error instanceof SyntaxError ? unreadable(error) : asAwsError(error);
      sendJsonError(response, known);
    }
  };
}

const maxRequest = 1024 * 1024;
const unreadable = (error: Error) => new AwsError('SerializationException', error.message);

/** Returns `GetSecretValue` of `X-Amz-Target: secretsmanager.GetSecretValue`. */
export function targetOperation(request: IncomingMessage): string {
  return String(request.headers['x-amz-target'] ?? '')
    .split('.')
    .slice(1)
    .join('.');
}
