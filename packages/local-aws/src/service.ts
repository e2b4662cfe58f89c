import type { IncomingMessage, ServerResponse } from 'node:http';

/** One AWS service behind the gateway. */
export interface Service {
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
  /** Stops the service; its state is kept for the next start. */
  close(): Promise<void>;
}
