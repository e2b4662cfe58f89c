/** Serves the Model Context Protocol: assistants read and control the local cloud with the console's own functions. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import type * as z from 'zod';
import { reportedError } from '../reported-error.ts';
import type { RoutePorts } from '../routes.ts';
import { offerActions } from './action-tools.ts';
import type { Offer } from './offer.ts';
import { offerReads } from './read-tools.ts';
import { replyText } from './reply.ts';

/** Limit of a request, in bytes. */
const largestRequest = 1024 * 1024;
/** The methods of the protocol; a Request can't even be made with some other ones, such as TRACE. */
const methods = ['GET', 'POST', 'DELETE'];

function serverOf(ports: RoutePorts): McpServer {
  const server = new McpServer({ name: 'manga-pipeline', version: '1' });
  const adding =
    (effect: keyof Offer): Offer[keyof Offer] =>
    (name, description, input, run) =>
      void server.registerTool(
        name,
        {
          description,
          // A misspelt argument is an error: without it, a filter or a reason would be dropped.
          inputSchema: (input as z.ZodObject).strict(),
          annotations: {
            readOnlyHint: effect === 'reads',
            destructiveHint: effect === 'changes',
            openWorldHint: false,
          },
        },
        async (given) => {
          const reply = (text: string) => [{ type: 'text' as const, text: ports.mask(text) }];
          try {
            return { content: reply(replyText(await run(given as z.infer<typeof input>))) };
          } catch (error) {
            return { content: reply(reportedError(error).message), isError: true };
          }
        },
      );
  const offer: Offer = { reads: adding('reads'), adds: adding('adds'), changes: adding('changes') };
  offerReads(offer, ports);
  offerActions(offer, ports);
  return server;
}

/** Returns a function that serves one request; who sends it has been checked. */
export function mcpOf(ports: RoutePorts) {
  const { fetch } = createMcpHandler(() => serverOf(ports), { maxRequestBodySize: largestRequest });
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET' } = request;
    if (!methods.includes(method)) return void response.writeHead(405, { allow: methods.join(', ') }).end();
    const ended = new AbortController();
    response.once('close', () => ended.abort());
    const reply = await fetch(
      new Request(`http://${request.headers.host}/mcp`, {
        method,
        headers: Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const),
        signal: ended.signal,
        ...(method === 'POST' && {
          body: Readable.toWeb(request) as ReadableStream<Uint8Array>,
          duplex: 'half',
        }),
      }),
    );
    response.writeHead(reply.status, Object.fromEntries(reply.headers));
    if (!reply.body) return void response.end();
    await pipeline(Readable.fromWeb(reply.body as ReadableStream), response).catch(() => response.destroy());
  };
}
