/** Parts of middleware and services: reading AWS requests, and responding to them. */

export { AwsError } from './aws-error.ts';
export { readBody } from './body.ts';
export { targetOperation } from './json-operations.ts';
export { replay } from './replay.ts';
export { sendJson, sendJsonError } from './responses.ts';
