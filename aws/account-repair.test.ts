import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json, text } from 'node:stream/consumers';
import { recordConformance } from 'local-aws/conformance';

/** Returns what AWS would, in its protocols; every exchange is compared with AWS's models. */
const conformance = recordConformance();
const calls: { operation: string; input: unknown }[] = [];
let respond: (operation: string) => { status?: number; body?: string };
let server: Server;
let repair: typeof import('./account-repair.ts')['accountRepair'];
let check: typeof import('./account-check.ts')['accountCheck'];
let stateBucket: typeof import('./state-bucket.ts')['stateBucket'];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const service = /\/([a-z0-9-]+)\/aws4_request/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    void conformance.middleware(service, request, response);
    const target = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    const input = target ? await json(request) : await text(request);
    const action = /Action=(\w+)/.exec(String(input))?.[1];
    const operation = target ?? action ?? `${request.method} ${request.url}`;
    calls.push({ operation, input });
    const { status = 200, body = '' } = respond(operation);
    response.writeHead(status, { 'content-type': target ? 'application/x-amz-json-1.1' : 'text/xml' });
    response.end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  repair = (await import('./account-repair.ts')).accountRepair;
  check = (await import('./account-check.ts')).accountCheck;
  stateBucket = (await import('./state-bucket.ts')).stateBucket;
});
afterAll(() => {
  server.close().closeAllConnections();
  expect(conformance.problems()).toEqual([]);
});
beforeEach(() => void calls.splice(0));

const operations = () => calls.map(({ operation }) => operation);

test('makes the Spot role after it was missing', async () => {
  const role =
    '<Role><Path>/</Path><RoleName>AWSServiceRoleForEC2Spot</RoleName><RoleId>AROAXXXXXXXXXXXXXXXXX</RoleId>' +
    '<Arn>arn:aws:iam::123456789012:role/AWSServiceRoleForEC2Spot</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate></Role>';
  respond = (operation) =>
    operation === 'GetRole'
      ? { status: 404, body: '<ErrorResponse><Error><Code>NoSuchEntity</Code></Error></ErrorResponse>' }
      : {
          body: `<CreateServiceLinkedRoleResponse><CreateServiceLinkedRoleResult>${role}</CreateServiceLinkedRoleResult></CreateServiceLinkedRoleResponse>`,
        };
  expect(await check.hasSpotRole()).toBe(false);
  await repair.createSpotRole();
  expect(calls.at(-1)?.input).toContain('AWSServiceName=spot.amazonaws.com');
});

test('asks for a higher quota, and knows what was asked before', async () => {
  respond = (operation) => ({
    body: JSON.stringify(
      operation === 'GetServiceQuota'
        ? { Quota: { QuotaCode: 'L-34B43A08', Value: 5 } }
        : operation === 'RequestServiceQuotaIncrease'
          ? { RequestedQuota: { Status: 'PENDING', DesiredValue: 8 } }
          : {
              RequestedQuotas: [
                { Status: 'DENIED', DesiredValue: 99 },
                { Status: 'PENDING', DesiredValue: 8 },
              ],
            },
    ),
  });
  expect(await check.limit('ec2', 'L-34B43A08')).toBe(5);
  await repair.requestLimit('ec2', 'L-34B43A08', 8);
  expect(calls.at(-1)?.input).toEqual({ ServiceCode: 'ec2', QuotaCode: 'L-34B43A08', DesiredValue: 8 });
  expect(await repair.requestedLimit('ec2', 'L-34B43A08')).toBe(8);
});

test("makes the bucket of Terraform's state with versions and closed to the public", async () => {
  respond = (operation) => ({ status: operation.startsWith('HEAD') ? 404 : 200 });
  const bucket = stateBucket('my-states', 'eu-west-1');
  expect(await bucket.look()).toBe('missing');
  await bucket.create();
  expect(operations().slice(1)).toEqual([
    expect.stringMatching(/^PUT \/my-states/),
    expect.stringMatching(/^PUT \/my-states\/?\?versioning/),
    expect.stringMatching(/^PUT \/my-states\/?\?publicAccessBlock/),
  ]);
  expect(calls[1]?.input).toContain('<LocationConstraint>eu-west-1</LocationConstraint>');
  await stateBucket('my-states', 'us-east-1').create();
  expect(calls[4]?.input).not.toContain('LocationConstraint');
});

test('distinguishes a bucket that is ready, one without versions and one of another account', async () => {
  const bucket = stateBucket('my-states', 'eu-west-1');
  const versioning = (inner: string) => ({
    body: `<VersioningConfiguration>${inner}</VersioningConfiguration>`,
  });
  respond = (operation) => (operation.startsWith('HEAD') ? {} : versioning('<Status>Enabled</Status>'));
  expect(await bucket.look()).toBe('ready');
  respond = (operation) => (operation.startsWith('HEAD') ? {} : versioning(''));
  expect(await bucket.look()).toBe('unversioned');
  await bucket.keepVersions();
  respond = () => ({ status: 403 });
  expect(await bucket.look()).toBe('foreign');
});
