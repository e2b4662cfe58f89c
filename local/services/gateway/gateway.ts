import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isFromThisMachine } from 'step-functions-local/loopback';
import { AwsError, asAwsError, notInTheLocalCloud } from '../protocol/aws-error.ts';
import type { Service } from '../service.ts';
import { refuse } from './refusal.ts';
import { serviceNameOf } from './service-name.ts';

export interface Gateway {
  /** `http://127.0.0.1:8083` */
  endpoint: string;
  /** Serves a service under its signing name; requests that came earlier wait for the promise. */
  serve(name: string, service: Service | Promise<Service>): void;
  /** Answers requests for a service that is about to end with a 503, which clients take as "later". */
  withdraw(name: string): void;
  /**
   * Dates answers by this clock. SDKs compare them with their own time, and where that seems to be off they take every
   * refusal for one of the signature, and ask again: clients in the cloud's time would.
   */
  goBy(clock: { now(): number }): void;
  /** Requests that are being answered now. */
  readonly underWay: number;
  close(): Promise<void>;
}

/** Stands before every service. It lets a request through at once, or keeps it for as long as the promise lasts. */
export type Border = (
  service: string,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void> | undefined;

/** One HTTP server for all services, on this machine's loopback only. Port 0 takes any free one. */
export async function startGateway(port: number, border: Border = () => undefined): Promise<Gateway> {
  const services = new Map<string, Service | Promise<Service>>();
  let underWay = 0;
  let clock = { now: Date.now };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isFromThisMachine(request))
      throw new AwsError('AccessDenied', 'The local cloud serves only programs on this machine', 403);
    const name = serviceNameOf(request);
    if (!name) throw unsigned();
    const service = services.get(name);
    if (!service) throw notInTheLocalCloud(`The service ${name}`);
    // Handed on in the same turn where possible: an awaited request may lose the start of its body events.
    const kept = border(name, request, response);
    if (kept) await kept;
    await (service instanceof Promise ? await service : service).handle(request, response);
  }

  const server = createServer({ keepAliveTimeout: keptAlive, requestTimeout: 0 }, (request, response) => {
    underWay += 1;
    response.setHeader('date', new Date(clock.now()).toUTCString());
    response.once('close', () => {
      underWay -= 1;
    });
    handle(request, response).catch((error) =>
      refuse(request, response, asAwsError(error), serviceNameOf(request)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portProblem(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get underWay() {
      return underWay;
    },
    goBy(other) {
      clock = other;
    },
    serve: (name, service) => void services.set(name, service),
    withdraw: (name) =>
      void services.set(name, {
        handle: () => {
          throw stopping(name);
        },
        close: async () => {},
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Longer than the SDKs keep an idle connection, so that none is closed under a request. */
const keptAlive = 120_000;

const stopping = (name: string) =>
  new AwsError('ServiceUnavailable', `The service ${name} of the local cloud is stopping`, 503);

const unsigned = () =>
  new AwsError(
    'MissingAuthenticationToken',
    'The request names no service: it has no AWS signature, and its path tells nothing',
    403,
  );

function portProblem(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new Error(`Port ${port} is taken; give another one with PORT`, { cause: error });
}
