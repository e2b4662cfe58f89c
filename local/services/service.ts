import type { IncomingMessage, ServerResponse } from 'node:http';

/** One AWS service behind the gateway. */
export interface Service {
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
  /** Ends what the service runs; its state stays for the next start. */
  close(): Promise<void>;
}
