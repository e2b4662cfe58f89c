import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDeployment, missingFor, parseDeployment } from './deployment.ts';

const good = {
  stage: 'dev',
  workerAmi: 'ami-00000000000000001',
  runbookUrl: 'https://example.org/runbook.md',
  state: { bucket: 'states' },
};
const parse = (over: Record<string, unknown>) =>
  parseDeployment({ ...good, ...over }, 'manga-pipeline.dev.json');

test('fills in the defaults', () => {
  expect(parse({})).toMatchObject({ region: 'us-east-1', architecture: 'x86_64', dailyQuota: 10 });
});

test.each([
  [{ workerAmi: undefined }, /workerAmi: is missing; make ami builds the image/],
  [{ maxDailyCostUsd: 0.01 }, /maxDailyCostUsd: 0.01 is less than one video costs, about \$0\.0\d\d/],
  [{ monthlyBudgetUsd: 0.02 }, /monthlyBudgetUsd: 0.02 is less than one video costs/],
  [{ runbookUrl: undefined }, /runbookUrl: is missing; give the address of docs\/runbook.md/],
  [{ runbookUrl: 'docs/runbook.md' }, /runbookUrl: must be an address like https:/],
  [{ runbookUrl: 'javascript:alert(1)' }, /runbookUrl: must be an address like https:/],
  [{ workerAmi: 'debian' }, /workerAmi: must look like ami-/],
  [{ region: 'eu-west-9' }, /region: must be us-east-1, .*eu-west-1, /],
  [{ dailyQuota: 101 }, /dailyQuota: YouTube allows 100 uploads a day; set 0 to 100/],
  [{ scheduleTime: '25:00' }, /scheduleTime: must be a time like 01:00/],
  [{ scheduleTimezone: 'Saigon' }, /scheduleTimezone: must be a zone like Asia\/Ho_Chi_Minh/],
  [{ logRetentionDays: 31 }, /logRetentionDays: .*30/],
  [{ state: undefined }, /state: is missing; name the bucket/],
  [
    { dailyQota: 3 },
    /dailyQota: unknown setting; did you mean “dailyQuota”\?; docs\/settings\.md lists all of them/,
  ],
  [{ library: '/home/me' }, /library: must be bucket/],
  [{ tracing: 'http://collector.example.com' }, /tracing: .* https at port 443/],
  [{ tracing: 'https://collector.example.com:4318' }, /tracing: .* https at port 443/],
  [{ vpcId: 'vpc-0123456789abcdef0' }, /subnetIds: is missing; set both/],
  [
    { architecture: 'arm64', rendererInstanceType: 'c5.2xlarge' },
    /rendererInstanceType: c5.2xlarge does not run arm64/,
  ],
  [{ review: 'manual', jobRetentionDays: 4 }, /jobRetentionDays: 4 is less than reviewHours/],
  [{ stage: 'PROD!' }, /stage: must be 2 to 10/],
])('rejects %j by name', (over, message) => {
  expect(() => parse(over)).toThrow(message);
  expect(() => parse(over)).toThrow(/^manga-pipeline\.dev\.json can't be used: /);
  expect(() => parse(over)).not.toThrow(/\n/);
});

test('accepts Graviton types for arm64', () => {
  const types = { rendererInstanceType: 'c7g.2xlarge,c6gd.2xlarge', uploaderInstanceType: 't4g.medium' };
  expect(parse({ architecture: 'arm64', ...types }).architecture).toBe('arm64');
});

test('a stage has the usual types of its architecture', () => {
  expect(parse({}).rendererInstanceType).toContain('c6a.xlarge');
  const graviton = parse({ architecture: 'arm64', uploaderInstanceType: 't4g.nano' });
  expect(graviton.rendererInstanceType).toContain('c7g.xlarge');
  expect(graviton.uploaderInstanceType).toEqual(['t4g.nano']);
});

test('reports what a stage lacks to make a video', () => {
  expect(
    missingFor(
      parse({
        voice: 'edge,espeak',
        workerAmi: 'ami-0123456789abcdef0',
        runbookUrl: 'https://example.com/docs/runbook.md',
      }),
    ),
  ).toEqual([
    'voice: espeak works on one machine only',
    'publisher: folder works on one machine only',
    'workerAmi: is the example id; make ami builds an image and prints its own',
    'runbookUrl: is the example address; notifications link to it',
  ]);
});

describe('the file of a stage', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stages-'));
    await writeFile(join(folder, 'manga-pipeline.dev.json'), JSON.stringify({ ...good, stage: undefined }));
    await writeFile(join(folder, 'manga-pipeline.prod.json'), '{ "region": ');
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('is found by its stage', async () => {
    expect(await loadDeployment('dev', folder)).toMatchObject({ stage: 'dev', workerAmi: good.workerAmi });
  });

  test('must exist', async () => {
    await expect(loadDeployment('test', folder)).rejects.toThrow(
      'STAGE: test is not known; it must be dev or prod, or have a file manga-pipeline.test.json',
    );
  });

  test('must be JSON', async () => {
    await expect(loadDeployment('prod', folder)).rejects.toThrow(/manga-pipeline\.prod\.json is not JSON/);
  });
});

test('synthesizes the stages of this project', async () => {
  const root = join(import.meta.dirname, '..');
  for (const stage of ['dev', 'prod']) expect((await loadDeployment(stage, root)).stage).toBe(stage);
});
