/** What middleware and services of the caller's own use to read AWS requests and to respond to them. */

export { answerJson, answerJsonError } from './answers.ts';
export { AwsError } from './aws-error.ts';
export { readBody } from './body.ts';
export { targetOperation } from './json-operations.ts';
export { replay } from './replay.ts';
