import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isFromThisMachine } from 'step-functions-local/loopback';
import { PortTaken } from '../port-taken.ts';
import { AwsError, asAwsError, notInTheLocalCloud } from '../protocol/aws-error.ts';
import type { Service } from '../service.ts';
import { refuse } from './refusal.ts';
import { serviceNameOf } from './service-name.ts';

export interface Gateway {
  /** `http://127.0.0.1:8083` */
  endpoint: string;
  /** Serves a service under its signing name; earlier requests wait for the promise. */
  serve(name: string, service: Service | Promise<Service>): void;
  /** Serves all requests below a path that no AWS request has, such as `/_local/`, and does not count them. */
  serveBelow(path: string, name: string, service: Service): void;
  /** Rejects requests for a service that is stopping with a 503, which makes clients retry. */
  withdraw(name: string): void;
  /**
   * Dates responses by this clock. SDKs compare the date with their own time; when it differs, they treat every error
   * as an invalid signature and retry. Clients in the cloud's time would do so.
   */
  useClock(clock: { now(): number }): void;
  /** Number of AWS requests in progress. */
  readonly underWay: number;
  close(): Promise<void>;
}

/** Middleware in front of every service. It passes a request immediately, or after the promise. */
export type Middleware = (
  service: string,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void> | undefined;

/** Starts one HTTP server for all services on this machine's loopback. Port 0 uses any free port. */
export async function startGateway(port: number, middleware: Middleware = () => undefined): Promise<Gateway> {
  const services = new Map<string, Service | Promise<Service>>();
  /** Names of services by the start of their paths. */
  const paths = new Map<string, string>();
  let underWay = 0;
  let clock = { now: Date.now };

  const ownNameOf = ({ url = '' }: IncomingMessage) => [...paths].find(([path]) => url.startsWith(path))?.[1];
  const nameOf = (request: IncomingMessage) => ownNameOf(request) ?? serviceNameOf(request);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isFromThisMachine(request))
      throw new AwsError('AccessDenied', 'The local cloud serves only programs on this machine', 403);
    const name = nameOf(request);
    if (!name) throw unsigned();
    const service = services.get(name);
    if (!service) throw notInTheLocalCloud(`The service ${name}`);
    // Called in the same turn where possible: a delayed request can lose the first events of its body.
    const kept = middleware(name, request, response);
    if (kept) await kept;
    await (service instanceof Promise ? await service : service).handle(request, response);
  }

  const server = createServer({ keepAliveTimeout: keptAlive, requestTimeout: 0 }, (request, response) => {
    const counted = ownNameOf(request) === undefined ? 1 : 0;
    underWay += counted;
    response.setHeader('date', new Date(clock.now()).toUTCString());
    response.once('close', () => {
      underWay -= counted;
    });
    handle(request, response).catch((error) => refuse(request, response, asAwsError(error), nameOf(request)));
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
    useClock(other) {
      clock = other;
    },
    serve: (name, service) => void services.set(name, service),
    serveBelow(path, name, service) {
      paths.set(path, name);
      services.set(name, service);
    },
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

/** Longer than the SDKs keep an idle connection, so that no connection closes under a request. */
const keptAlive = 120_000;

const stopping = (name: string) =>
  new AwsError('ServiceUnavailable', `The service ${name} of the local cloud is stopping`, 503);

const unsigned = () =>
  new AwsError(
    'MissingAuthenticationToken',
    'The service of the request is unknown: it has no AWS signature, and its path does not name one',
    403,
  );

function portProblem(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new PortTaken('endpoint', `Port ${port} is taken`, error);
}
