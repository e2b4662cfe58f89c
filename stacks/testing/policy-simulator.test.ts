import { isAllowed, type Statement } from './policy-simulator.ts';

const read: Statement = { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::ours/jobs/*'] };
const object = (key: string) => ({ action: 's3:GetObject', resource: `arn:aws:s3:::${key}` });

test('denies what no statement allows', () => {
  expect(isAllowed([], object('ours/jobs/a'))).toBe(false);
  expect(isAllowed([read], object('ours/jobs/a/b'))).toBe(true);
  expect(isAllowed([read], object('ours/jobsx/a'))).toBe(false);
  expect(isAllowed([read], object('ours/library/jobs/a'))).toBe(false);
  expect(isAllowed([read], { ...object('ours/jobs/a'), action: 's3:PutObject' })).toBe(false);
});

test('an explicit deny takes precedence', () => {
  const deny: Statement = { ...read, Effect: 'Deny', Resource: ['arn:aws:s3:::ours/jobs/secret/*'] };
  expect(isAllowed([read, deny], object('ours/jobs/secret/a'))).toBe(false);
  expect(isAllowed([read, deny], object('ours/jobs/open/a'))).toBe(true);
});

test('matches actions case-insensitively, resources exactly, and a question mark as one character', () => {
  expect(isAllowed([read], { ...object('ours/jobs/a'), action: 'S3:getobject' })).toBe(true);
  expect(isAllowed([read], object('OURS/jobs/a'))).toBe(false);
  const secret: Statement = { Effect: 'Allow', Action: ['x:Get'], Resource: ['arn:secret:a-??'] };
  expect(isAllowed([secret], { action: 'x:Get', resource: 'arn:secret:a-12' })).toBe(true);
  expect(isAllowed([secret], { action: 'x:Get', resource: 'arn:secret:a-123' })).toBe(false);
});

test('requires every condition, accepts any of its values, and denies a missing key', () => {
  const launch: Statement = {
    Effect: 'Allow',
    Action: ['ec2:RunInstances'],
    Resource: ['*'],
    Condition: { StringEquals: { type: ['a', 'b'] }, Bool: { encrypted: 'true' } },
  };
  const call = (context: Record<string, string>) => ({ action: 'ec2:RunInstances', resource: 'i', context });
  expect(isAllowed([launch], call({ type: 'b', encrypted: 'true' }))).toBe(true);
  expect(isAllowed([launch], call({ type: 'c', encrypted: 'true' }))).toBe(false);
  expect(isAllowed([launch], call({ type: 'b' }))).toBe(false);
});

test('throws on an unsupported condition', () => {
  const odd: Statement = { ...read, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
  expect(() => isAllowed([odd], object('ours/jobs/a'))).toThrow('IpAddress');
});
