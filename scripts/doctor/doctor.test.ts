import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StateBucket } from '../../aws/state-bucket.ts';
import type { Deployment } from '../../config/deployment.ts';
import { namesOf } from '../../stacks/names.ts';
import { deployment } from '../../stacks/testing/synthesized.ts';
import { type AccountPorts, accountChecks } from './account.ts';
import { type Check, lookAt, report } from './check.ts';
import { machineChecks, toolChecks } from './machine.ts';
import { settingsChecks } from './stage.ts';
import { stateChecks } from './state.ts';

const root = join(import.meta.dirname, '../..');
const look = async (checks: readonly Check[]) =>
  Object.fromEntries(
    (await Promise.all(checks.map(lookAt))).map(({ name, finding }) => [
      name,
      finding.state === 'ok' ? 'ok' : `${finding.state}: ${finding.detail} → ${finding.fix}`,
    ]),
  );

const healthy: AccountPorts = {
  deployedFunction: async (name) => ({
    arn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
    environment: {},
    layers: [],
  }),
  stateMachine: async (arn) =>
    arn === 'arn:aws:states:us-east-1:123456789012:stateMachine:manga-pipeline' ? 'ACTIVE' : undefined,
  image: async () => ({ state: 'available', tags: { 'manga-pipeline:version': '2' } }),
  subscribers: async () => [{ endpoint: 'me@example.com', confirmed: true }],
  hasSpotRole: async () => true,
  limit: async () => 1000,
  secretNeeds: async () => [],
  sharedChannels: async () => [],
  createSpotRole: async () => {},
  requestedLimit: async () => undefined,
  requestLimit: async () => {},
  setSecret: async () => {},
};
const account = (ports: Partial<AccountPorts> = {}, settings = {}) =>
  look(accountChecks(deployment(settings), namesOf('prod'), { ...healthy, ...ports }));

test('this machine can run the demo', async () => {
  const found = await look(machineChecks(root, undefined));
  expect(Object.values(found).filter((one) => one.startsWith('fail'))).toEqual([]);
});

test('names a tool that is too old, and the version that works', async () => {
  const versions: Record<string, string> = {
    terraform: 'Terraform v1.15.8\non linux',
    packer: 'Packer v1.6.6',
  };
  const found = await look(
    toolChecks(async (name) => versions[name] ?? Promise.reject(new Error('missing'))),
  );
  expect(found).toEqual({
    terraform: 'ok',
    packer:
      'warn: Packer v1.6.6 is too old → install packer 1.7.0 or newer to build the machine image (make ami)',
    git: 'warn: is missing → install git 2.0.0 or newer for plans that are reviewed',
  });
});

test('names an invalid FFmpeg and its setting', async () => {
  expect((await look(machineChecks(root, '/no/such/ffmpeg'))).FFmpeg).toMatch(/^fail: .*FFMPEG_PATH/);
});

test('finds nothing to fix in a healthy account', async () => {
  expect(new Set(Object.values(await account()))).toEqual(new Set(['ok']));
});

test('names what is not deployed, and the command that deploys it', async () => {
  const found = await account({
    deployedFunction: async (name) => (name.endsWith('cleanup') ? undefined : healthy.deployedFunction(name)),
    stateMachine: async () => undefined,
  });
  expect(found.functions).toBe('fail: not deployed: cleanup → make deploy STAGE=prod');
  expect(found['state machine']).toMatch(/make deploy STAGE=prod$/);
});

test('says what to do about a missing secret, image, confirmation and limit', async () => {
  const found = await account({
    image: async () => undefined,
    subscribers: async () => [{ endpoint: 'me@example.com', confirmed: false }],
    hasSpotRole: async () => false,
    limit: async () => 2,
    secretNeeds: async () => [{ name: 'youtube', needed: true, state: { exists: true } }],
  });
  expect(found.secrets).toBe('fail: not set: youtube → make secrets SET=youtube STAGE=prod');
  const shared = { what: 'main and ma have one YouTube channel', fix: 'log in again', since: '' };
  expect((await account({ sharedChannels: async () => [shared] })).secrets).toBe(
    'fail: main and ma have one YouTube channel → log in again',
  );
  expect(found['machine image']).toMatch(/not seen by this account → make ami/);
  expect(found.notifications).toBe('warn: me@example.com has not confirmed → open the mail and confirm');
  expect(found['Spot role']).toMatch(
    /^fail: AWSServiceRoleForEC2Spot is missing.* → aws iam create-service-linked-role/,
  );
  expect(found['Spot vCPUs']).toMatch(/^fail: 2, but the smallest machine needs 4 → raise L-34B43A08/);
  expect(found['concurrent functions']).toMatch(/^warn: 2/);
});

test('an image older than the workers need is named, also one without a version', async () => {
  for (const tags of [{ 'manga-pipeline:version': '1' }, {}] as Record<string, string>[])
    expect((await account({ image: async () => ({ state: 'available', tags }) }))['machine image']).toBe(
      'fail: ami-00000000000000001 has version 1, but the workers need 2 → make ami, then set workerAmi',
    );
});

test('a stage that creates the Spot role does not need it before', async () => {
  const ports = { hasSpotRole: async () => false };
  expect((await account(ports, { createSpotRole: true }))['Spot role']).toBe('ok');
});

test('a quota of 5 vCPUs is enough; types that exceed it are named', async () => {
  expect((await account({ limit: async () => 5 }))['Spot vCPUs']).toBe(
    'warn: 5, too few for c6a.2xlarge, c6i.2xlarge, c5.2xlarge → raise L-34B43A08 in Service Quotas',
  );
});

test('a machine that stays counts toward the quota beside the other worker', async () => {
  const found = await account({ limit: async () => 5 }, { workerIdleMinutes: 5 });
  expect(found['Spot vCPUs']).toBe(
    'warn: 5, but machines that stay need 6 → raise L-34B43A08 in Service Quotas',
  );
});

test('a quota that is too low for the lanes of a run is named, with the one that they need', async () => {
  const found = await account({ limit: async () => 16 }, { lanes: 10 });
  expect(found['Spot vCPUs']).toBe('warn: 16, but 10 lanes need 40 → raise L-34B43A08 in Service Quotas');
  expect(found['concurrent functions']).toBe('warn: 16, fewer than 20 → raise L-B99A9384 in Service Quotas');
});

test('counts what auto takes: machines for a video of five hours, functions for one of ten minutes', async () => {
  const auto = { renderShards: 'auto' } as const;
  const machines = await account({ limit: async () => 20 }, auto);
  expect(machines['Spot vCPUs']).toBe(
    'warn: 20, but renders on 9 machines need 36 → raise L-34B43A08 in Service Quotas',
  );
  const functions = await account({ limit: async () => 10 }, { ...auto, renderShardsOn: 'functions' });
  expect(functions['concurrent functions']).toBe(
    'warn: 10, fewer than 16 → raise L-B99A9384 in Service Quotas',
  );
});

test('knows that AWS was asked for more, and asks for what the largest type needs', async () => {
  const asked: unknown[] = [];
  const ports = {
    ...healthy,
    limit: async () => 5,
    requestLimit: async (...request: unknown[]) => void asked.push(request),
  };
  const spotCheck = (more = {}) =>
    accountChecks(deployment(), namesOf('prod'), { ...ports, ...more }).find(
      ({ name }) => name === 'Spot vCPUs',
    );
  const finding = await spotCheck()?.look();
  if (finding?.state !== 'warn' || !finding.repair) throw new Error('no repair');
  expect(finding.repair.command).toBe(
    'aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-34B43A08 --desired-value 8',
  );
  await finding.repair.run();
  expect(asked).toEqual([['ec2', 'L-34B43A08', 8]]);
  expect(await spotCheck({ requestedLimit: async () => 8 })?.look()).toMatchObject({
    detail: expect.stringMatching(/; AWS was asked for 8$/),
    fix: 'wait until AWS decides',
  });
  const unseen = { requestedLimit: () => Promise.reject(new Error('AccessDenied')) };
  expect(await spotCheck(unseen)?.look()).toMatchObject({ fix: 'raise L-34B43A08 in Service Quotas' });
});

test('offers to ask for every secret that is missing', async () => {
  const set: string[] = [];
  const missing = ['youtube', 'llm'].map((name) => ({ name, needed: true, state: { exists: true } }));
  const check = accountChecks(deployment(), namesOf('prod'), {
    ...healthy,
    secretNeeds: async () => missing as Awaited<ReturnType<AccountPorts['secretNeeds']>>,
    setSecret: async ({ name }) => void set.push(name),
  }).find(({ name }) => name === 'secrets');
  const finding = await check?.look();
  if (finding?.state !== 'fail' || !finding.repair) throw new Error('no repair');
  expect(finding.repair).toMatchObject({ asks: true });
  await finding.repair.run();
  expect(set).toEqual(['youtube', 'llm']);
});

test('a part that npm installs and that is missing is fixed by npm ci', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'doctor-'));
  const found = await look(machineChecks(empty, undefined));
  expect(found.fonts).toMatch(/^fail: ENOENT.* → npm ci$/);
  expect(found['embedded voice']).toMatch(/→ npm ci$/);
  await rm(empty, { recursive: true });
});

test("says what is wrong with the bucket of Terraform's state, and makes it", async () => {
  const done: string[] = [];
  const bucketIs = (state: StateBucket) =>
    stateChecks(deployment(), {
      look: async () => state,
      create: async () => void done.push('create'),
      keepVersions: async () => void done.push('versions'),
    });
  expect((await look(bucketIs('ready')))["Terraform's state"]).toBe('ok');
  expect((await look(bucketIs('foreign')))["Terraform's state"]).toMatch(/^fail: .*another account/);
  for (const state of ['missing', 'unversioned'] as const) {
    const finding = await bucketIs(state)[0]?.look();
    if (!finding || finding.state === 'ok' || !finding.repair) throw new Error('no repair');
    expect(finding.repair.risk).toBeDefined();
    await finding.repair.run();
  }
  expect(done).toEqual(['create', 'versions']);
});

test('reports a check that throws, and still runs the others', async () => {
  const found = await account({ limit: () => Promise.reject(new Error('AccessDenied')) });
  expect(found['Spot vCPUs']).toMatch(/^fail: Error: AccessDenied/);
  expect(found.secrets).toBe('ok');
});

test("reports a quota that exceeds YouTube's", async () => {
  const settings = { publisher: 'youtube', dailyQuota: 50 };
  expect((await look(settingsChecks(deployment(settings))))['quota of YouTube']).toMatch(
    /^warn: room for 1\d videos/,
  );
});

test('adds up what channels of one Google project want of its quota', async () => {
  const wanted = (channels: Deployment['channels']) =>
    look(settingsChecks(deployment({ publisher: 'youtube', dailyQuota: 10, channels })));
  expect((await wanted({ ma: { dailyQuota: 10 } }))['quota of YouTube']).toBe('ok');
  expect((await wanted({ ma: { dailyQuota: 10, sharesQuotaWith: 'main' } }))['quota of YouTube']).toMatch(
    /^warn: main and ma: room for 1\d videos a day, 20 are wanted/,
  );
});

test('reports a line for each check, with the fix below', () => {
  const findings = [
    { name: 'one', finding: { state: 'ok' as const, detail: 'fine' } },
    { name: 'two', finding: { state: 'fail' as const, detail: 'gone', fix: 'get it' } },
  ];
  expect(report('Title', findings)).toBe(
    `Title\n  ✓ ${'one'.padEnd(22)}fine\n  ✗ ${'two'.padEnd(22)}gone\n      → get it`,
  );
});
