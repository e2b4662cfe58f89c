import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { AwsError } from './aws-error.ts';
import { element } from './xml.ts';

/** Sends JSON for the JSON protocols and REST-JSON. */
export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  send(response, status, 'application/x-amz-json-1.1', JSON.stringify(body));
}

/** Sends an error for clients of the JSON protocols and of REST-JSON. */
export function sendJsonError(response: ServerResponse, error: AwsError): void {
  response.setHeader('x-amzn-errortype', error.code);
  const body = { __type: error.code, message: error.message, Message: error.message };
  sendJson(response, body, error.status);
}

/** Sends XML. */
export function sendXml(response: ServerResponse, xml: string, status = 200): void {
  send(response, status, 'text/xml;charset=UTF-8', `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`);
}

/** Sends an error in the Query protocol: EC2 reads it from `Errors`, the other services one level higher. */
export function sendQueryError(response: ServerResponse, error: AwsError): void {
  const described = { Type: 'Sender', Code: error.code, Message: error.message };
  const xml = element('ErrorResponse', {
    Errors: { Error: described },
    Error: described,
    RequestID: requestIdOf(response),
  });
  sendXml(response, xml, error.status);
}

/** Sends an error in S3's format. */
export function sendS3Error(response: ServerResponse, error: AwsError): void {
  const described = { Code: error.code, Message: error.message, RequestId: requestIdOf(response) };
  sendXml(response, element('Error', described), error.status);
}

/** Returns the id of the current request, made on first use. */
export function requestIdOf(response: ServerResponse): string {
  const known = response.getHeader('x-amzn-requestid');
  if (typeof known === 'string') return known;
  const id = randomUUID();
  response.setHeader('x-amzn-requestid', id);
  return id;
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  // The client can be gone, or half of the response can have been sent.
  if (response.headersSent || response.destroyed) return;
  requestIdOf(response);
  const body = Buffer.from(text);
  response.writeHead(status, { 'content-type': type, 'content-length': body.length });
  response.end(body);
}
