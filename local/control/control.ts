import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Service } from 'local-aws';
import { readBody } from 'local-aws/protocol';
import type * as z from 'zod';

/** Paths of the local cloud itself. They are not valid bucket names, so they cannot clash with AWS requests. */
export const controlPath = '/_local/actions/';

/** A request that cannot be fulfilled; the message says what would work. */
export class ControlError extends Error {
  override readonly name: string = 'ControlError';
  readonly status: number = 400;
}

/** Actions on the cloud from outside: by `make` commands and the buttons of the console. */
export interface Control {
  /** 256 bits that only this user's programs know: they are in a file that only its owner can read. */
  readonly token: string;
  add<Input>(action: string, schema: z.ZodType<Input>, run: (input: Input) => unknown): void;
  /** Runs an action in this process. */
  run(action: string, input?: unknown): Promise<unknown>;
  /** Serves `POST /_local/actions/{action}` with JSON as input and output. */
  readonly service: Service;
}

const maxInput = 8 * 1024 * 1024;

export function createControl(): Control {
  const token = randomBytes(32).toString('base64url');
  const actions = new Map<string, (input: unknown) => unknown>();

  /** Returns whether a request carries the token, in `Authorization: Bearer …`. */
  const isAllowed = (request: IncomingMessage) =>
    same(request.headers.authorization ?? '', `Bearer ${token}`) && isOwnPage(request);

  async function run(name: string, input: unknown = {}): Promise<unknown> {
    const action = actions.get(name);
    if (!action)
      throw new ControlError(`${name} is not an action; the actions are ${[...actions.keys()].join(', ')}`);
    return action(input);
  }

  async function answer(request: IncomingMessage): Promise<unknown> {
    if (request.method !== 'POST') throw refused(405, 'An action requires POST');
    if (!isAllowed(request))
      throw refused(403, 'An action requires the token of this cloud and must not come from another page');
    // A form of a web page cannot send this type.
    if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
      throw refused(415, 'The input of an action must be application/json');
    const body = await readBody(request, maxInput);
    return run((request.url ?? '').slice(controlPath.length), body.length ? JSON.parse(body.toString()) : {});
  }

  return {
    token,
    run,
    add: (name, schema, action) => void actions.set(name, (input) => action(parsed(schema, input))),
    service: {
      handle: (request, response) =>
        answer(request).then(
          (result) => reply(response, 200, result ?? {}),
          (error: Error & { status?: number }) => {
            request.resume();
            reply(response, error.status ?? 500, { error: { name: error.name, message: error.message } });
          },
        ),
      close: async () => {},
    },
  };
}

/** Returns whether a request has no Origin, as from a program, or that of the cloud; other ports are foreign. */
function isOwnPage(request: IncomingMessage): boolean {
  const own = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${request.socket.localPort}`);
  const { origin, host = '' } = request.headers;
  return own.includes(host) && (origin === undefined || own.includes(origin.replace(/^http:\/\//, '')));
}

function parsed<Input>(schema: z.ZodType<Input>, input: unknown): Input {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new ControlError(result.error.issues.map(problemOf).join('; '));
}

/** Adds the name of the field to zod's messages; those of our schemas begin with it. */
function problemOf({ code, path, message }: z.core.$ZodIssue): string {
  return code === 'custom' || /^[A-Z_]+ /.test(message) ? message : `${path.join('.')}: ${message}`;
}

function refused(status: number, message: string): Error {
  return Object.assign(new ControlError(message), { status });
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

function same(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
