import { loadClient } from './clients.ts';
import { whyUnsendable } from './unsendable.ts';

test.each([
  ['putObject', { Bucket: 'b', Key: 'k', Body: 'ab', ContentLength: 2 }, undefined],
  [
    'putObject',
    { Bucket: 'b', Key: 'k', Body: 'é', ContentLength: 3 },
    'Request content was only 2 bytes, but the specified content-length was 3 bytes.',
  ],
  ['getObject', { Bucket: 'b', Key: '' }, 'Key cannot be empty.'],
  ['listObjectsV2', { Bucket: 'b', Prefix: '' }, undefined],
])('%s with %p: %p', (action, parameters, reason) => {
  const operation = loadClient('s3')?.operation(action);
  expect(operation && whyUnsendable(operation.input, parameters)).toBe(reason);
});
