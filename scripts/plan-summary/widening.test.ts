import { covers } from './policy.ts';
import { wideningOf } from './widening.ts';

type Statement = Record<string, unknown>;
const policy = (...Statement: Statement[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: unknown, Resource: unknown = 'arn:r', more: Statement = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (more: Statement = {}) => ({
  ...allow('s3:*', '*', { Principal: '*', ...more }),
  Effect: 'Deny',
});
const tls = { Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
const alarms = (before: string, after: string) => wideningOf(before, after)?.map((one) => one.alarms);

test.each([
  ['another order', policy(allow(['a:B', 'a:C'])), policy(allow(['a:C']), allow('a:B'))],
  ['another case', policy(allow('s3:GetObject')), policy(allow('S3:getobject'))],
  ['a narrower action', policy(allow('s3:Get*')), policy(allow('s3:GetObject'))],
  ['a narrower resource', policy(allow('a:B', 'arn:b/*')), policy(allow('a:B', 'arn:b/jobs/*'))],
  ['an added condition', policy(allow('a:B')), policy(allow('a:B', 'arn:r', tls))],
  ['a new deny', policy(allow('a:B')), policy(allow('a:B'), deny())],
  ['one statement instead of a list', policy(allow('a:B')), JSON.stringify({ Statement: allow('a:B') })],
  ['a removed document', policy(allow('a:B')), ''],
  [
    'an account by its number',
    policy(allow('a:B', 'r', { Principal: { AWS: '123456789012' } })),
    policy(allow('a:B', 'r', { Principal: { AWS: 'arn:aws:iam::123456789012:root' } })),
  ],
])('%s does not widen a policy', (_, before, after) => {
  expect(wideningOf(before, after)).toEqual([]);
});

test('names only the added action', () => {
  expect(
    wideningOf(policy(allow(['a:B'], ['r1', 'r2'])), policy(allow(['a:B', 'a:C'], ['r1', 'r2']))),
  ).toEqual([{ principals: [''], actions: ['a:C'], resources: ['r1', 'r2'], condition: '', alarms: [] }]);
});

test.each([
  [
    'an action that ends in *',
    policy(allow('s3:GetObject')),
    policy(allow('s3:*')),
    ['a new `*` in the action'],
  ],
  ['every resource', policy(allow('a:B')), policy(allow('a:B', '*')), ['on every resource: a new `*`']],
  [
    'a removed condition',
    policy(allow('a:B', 'r', tls)),
    policy(allow('a:B', 'r')),
    ['without the condition {"Bool":{"aws:SecureTransport":"false"}}'],
  ],
  [
    'anybody',
    policy(allow('a:B', 'r', { Principal: { AWS: '1' } })),
    policy(allow('a:B', 'r', { Principal: '*' })),
    ['anybody'],
  ],
  [
    'a new account',
    policy(allow('a:B', 'r', { Principal: { AWS: 'x' } })),
    policy(allow('a:B', 'r', { Principal: { AWS: ['x', 'y'] } })),
    ['a new principal'],
  ],
  [
    'everything but',
    policy(),
    policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: 'r' }),
    ['a new `*` in the action', 'allows everything but what it names'],
  ],
  ['a removed deny', policy(deny(tls)), policy(), ['no longer forbidden']],
  ['a deny with an added condition', policy(deny()), policy(deny(tls)), ['no longer forbidden']],
])('reports %s', (_, before, after, expected) => {
  expect(alarms(before, after)).toEqual([expected]);
});

test('ignores documents that are not policies', () => {
  expect(wideningOf('', 'no JSON')).toBeUndefined();
  expect(wideningOf('', '{"Statement":[{"Effect":"Perhaps"}]}')).toBeUndefined();
});

test.each([
  ['s3:*', 's3:Get*', true],
  ['s3:Get*', 's3:*', false],
  ['s3:Get?', 's3:Get*', false],
  ['arn:a.b/*', 'arn:aXb/c', false],
  ['*', 'anything (at) all', true],
])('%s covers %s: %s', (pattern, other, expected) => {
  expect(covers(pattern, other)).toBe(expected);
});
