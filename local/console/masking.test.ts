import { createMask } from './masking.ts';

const token = Buffer.from(`12.0.${'ab'.repeat(16)}`).toString('base64');
const mask = createMask(() => [
  JSON.stringify({ client_secret: 'G0CSPX-hush', nested: ['tell "anyone"'] }),
  'plain-secret',
]);

test('masks task tokens anywhere in the text', () => {
  const inside = JSON.stringify({ Payload: JSON.stringify({ job_id: 'job-1', task_token: token }) });
  for (const text of [
    JSON.stringify({ review_token: token }),
    inside,
    `TASK_TOKEN="${token}"`,
    `returned ${token}.`,
  ]) {
    expect(mask(text)).not.toContain(token);
    expect(mask(text)).toContain('••••');
  }
  expect(mask(inside)).toContain('job-1');
});

test('recognizes a token of another service by its field name', () => {
  expect(mask('{"taskToken":"AQCEAAAAKgAAAAMAAAAA"}')).toBe('{"taskToken":"••••••••"}');
  expect(mask('{\\"refresh_token\\": \\"1//0g-abc\\"}')).toBe('{\\"refresh_token\\": \\"••••••••\\"}');
});

test('masks values of secrets, also inside texts and escaped', () => {
  expect(mask('oauth with G0CSPX-hush failed')).toBe('oauth with •••••••• failed');
  expect(mask(JSON.stringify({ a: 'tell "anyone"', b: 'plain-secret' }))).toBe(
    '{"a":"••••••••","b":"••••••••"}',
  );
});

test('leaves everything else unchanged', () => {
  const text = JSON.stringify({
    continuation_token: '3',
    job_id: 'job-1f0c9a',
    hash: 'a'.repeat(64),
    n: null,
  });
  expect(mask(text)).toBe(text);
});
