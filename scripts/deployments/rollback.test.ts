import type { DeploymentRecord, Versions } from '../../domain/deployment-record.ts';
import { historyOf } from './history.ts';
import { listing, type RollbackPorts, rollBack } from './rollback.ts';

const policy = (...actions: string[]) =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Action: actions, Resource: ['arn:aws:s3:::b/jobs/*'] }] });

const record = (day: number, version: string, more: Partial<DeploymentRecord> = {}): DeploymentRecord => ({
  at: `2026-11-0${day}T10:00:00.000Z`,
  commit: `commit${day}`,
  stored_schema: 1,
  functions: { fetcher: version, cleanup: '1' },
  definition: `{"Comment":"${version}"}`,
  bundles: { renderer: `s3://b/workers/renderer/${version}.tgz` },
  image: 'ami-1',
  policies: { fetcher: policy('s3:GetObject') },
  ...more,
});
const video = (day: number, hour = 12) => ({
  created_at: `2026-11-0${day}T${hour}:00:00.000Z`,
  published_at: `2026-11-0${day}T${hour + 1}:00:00.000Z`,
});

/** A stage with its records and videos; `dies` is the change before which the command dies. */
function stage(
  records: DeploymentRecord[],
  videos: ReturnType<typeof video>[],
  over: Partial<RollbackPorts> = {},
) {
  const newest = records.at(-1);
  const live: Versions = { functions: { ...newest?.functions }, definition: newest?.definition ?? '' };
  const lines: string[] = [];
  const done: string[] = [];
  const ports: RollbackPorts = {
    history: async () => historyOf(records, videos),
    live: async () => structuredClone(live),
    hasVersion: async () => true,
    bundle: async () => 'there',
    hasImage: async () => true,
    policies: async () => newest?.policies ?? {},
    bringBack: async (url) => void done.push(`bring back ${url}`),
    async setDefinition(definition) {
      live.definition = definition;
      done.push('definition');
    },
    async chooseVersion(name, version) {
      live.functions[name] = version;
      done.push(`${name} ${version}`);
    },
    putRecord: async (one) => void records.push(one),
    now: async () => new Date('2026-11-09T00:00:00Z'),
    say: (line) => lines.push(line),
    confirm: async () => true,
    ...over,
  };
  return { ports, lines, done, live, records };
}

test('returns to the newest deployment that made a video, and records that', async () => {
  const { ports, lines, done, live, records } = stage(
    [record(1, '1'), record(2, '2'), record(3, '3')],
    [video(1), video(2)],
  );
  await rollBack(undefined, ports);
  expect(live).toEqual({ functions: { fetcher: '2', cleanup: '1' }, definition: '{"Comment":"2"}' });
  expect(done).toEqual(['definition', 'fetcher 2']);
  expect(records.at(-1)).toMatchObject({
    at: '2026-11-09T00:00:00.000Z',
    returned_to: '2026-11-02T10:00:00.000Z',
    commit: 'commit2',
  });
  expect(lines.slice(0, 5)).toEqual([
    'from 2026-11-03T10:00:00.000Z (commit3) to 2026-11-02T10:00:00.000Z (commit2):',
    '  fetcher            3 → 2',
    '  renderer           machines started from now on run s3://b/workers/renderer/2.tgz',
    '  state machine      the definition of that deployment',
    '  unchanged          1 functions',
  ]);
});

test('a video counts only for the deployment under which it began and was published', () => {
  const late = { created_at: '2026-11-02T09:00:00.000Z', published_at: '2026-11-02T11:00:00.000Z' };
  const history = historyOf(
    [record(1, '1'), record(2, '2')],
    [late, video(2), { created_at: late.created_at }],
  );
  expect(history.map(({ videos }) => videos)).toEqual([1, 0]);
});

test('after a rollback the next one goes further back, and not to what was undone', async () => {
  const back = record(4, '2', { returned_to: record(2, '2').at });
  const { ports, live, records } = stage(
    [record(1, '1'), record(2, '2'), record(3, '3'), back],
    [video(1), video(2), video(3), video(4)],
  );
  expect(listing(historyOf(records, [video(3)]), live)).toEqual([
    '* 2026-11-04T10:00:00.000Z (commit4)  rollback to 2026-11-02T10:00:00.000Z, 0 videos',
    '  2026-11-03T10:00:00.000Z (commit3)  1 video, undone',
    '* 2026-11-02T10:00:00.000Z (commit2)  0 videos',
    '  2026-11-01T10:00:00.000Z (commit1)  0 videos',
  ]);
  await rollBack(undefined, ports);
  expect(live.functions.fetcher).toBe('1');
});

test('changes nothing without a yes', async () => {
  const { ports, done, records } = stage([record(1, '1'), record(2, '2')], [video(1)], {
    confirm: async () => false,
  });
  await rollBack(undefined, ports);
  expect([done, records.length]).toEqual([[], 2]);
});

test('a command that died is completed by the next one', async () => {
  const { ports, done, live, records } = stage([record(1, '1'), record(2, '2')], [video(1)]);
  const dies = { ...ports, chooseVersion: () => Promise.reject(new Error('died')) };
  await expect(rollBack(undefined, dies)).rejects.toThrow('died');
  expect([live.definition, live.functions.fetcher, records.length]).toEqual(['{"Comment":"1"}', '2', 2]);
  await rollBack(undefined, ports);
  expect(done).toEqual(['definition', 'fetcher 1']);
  // The same when only the record was missing.
  records.pop();
  await rollBack('2026-11-01', ports);
  expect(records.at(-1)?.returned_to).toBe(record(1, '1').at);
});

test('brings back a bundle that a deployment deleted, before anything runs it', async () => {
  const { ports, done } = stage([record(1, '1'), record(2, '2')], [video(1)], {
    bundle: async () => 'deleted',
  });
  await rollBack(undefined, ports);
  expect(done[0]).toBe('bring back s3://b/workers/renderer/1.tgz');
});

test.each<[string, DeploymentRecord, Partial<RollbackPorts>, string]>([
  [
    'a change of the stored data',
    record(2, '2', { stored_schema: 2 }),
    {},
    'stored data: it reads version 1, and version 2 has been written since',
  ],
  [
    'a permission that was taken away',
    record(2, '2', { policies: { fetcher: policy('s3:PutObject') } }),
    {},
    'role fetcher: can no longer s3:GetObject on arn:aws:s3:::b/jobs/*',
  ],
  ['a role that is gone', record(2, '2', { policies: {} }), {}, 'role fetcher: no longer exists'],
  [
    'a version that is gone',
    record(2, '2'),
    { hasVersion: async (name) => name !== 'fetcher' },
    'fetcher: version 1 no longer exists',
  ],
  [
    'a bundle that is lost',
    record(2, '2'),
    { bundle: async () => 'lost' },
    'renderer: s3://b/workers/renderer/1.tgz was deleted more than 30 days ago',
  ],
  [
    'an image that is gone',
    record(2, '2'),
    { hasImage: async () => false },
    'machine image: ami-1 no longer exists',
  ],
])('refuses over %s, with the reason, and changes nothing', async (_, newest, over, reason) => {
  const { ports, done } = stage([record(1, '1'), newest], [video(1)], over);
  await expect(rollBack(undefined, ports)).rejects.toThrow(`  ${reason}`);
  await expect(rollBack(undefined, ports)).rejects.toThrow('Deploy the code of commit1 again instead');
  expect(done).toEqual([]);
});

test('a permission that was added since stays, and its role is named', async () => {
  const newest = record(2, '2', { policies: { fetcher: policy('s3:GetObject', 's3:PutObject') } });
  const { ports, live, lines } = stage([record(1, '1'), newest], [video(1)]);
  await rollBack(undefined, ports);
  expect(live.functions.fetcher).toBe('1');
  expect(lines).toContain("Roles are not rolled back; these keep today's permissions: fetcher");
  const same = stage([record(1, '1'), record(2, '2')], [video(1)]);
  await rollBack(undefined, same.ports);
  expect(same.lines.filter((line) => /^Roles/.test(line))).toEqual([]);
});

test('two records within a second have different times, in their order', async () => {
  const newest = { ...record(2, '2'), at: '2026-11-09T00:00:00.400Z' };
  const { ports, records } = stage([record(1, '1'), newest], [video(1)]);
  await rollBack(undefined, ports);
  expect(records.at(-1)?.at).toBe('2026-11-09T00:00:00.401Z');
});

test('refuses when what is live is not recorded', async () => {
  const { ports, live } = stage([record(1, '1'), record(2, '2')], [video(1)]);
  live.functions.fetcher = '3';
  await expect(rollBack(undefined, ports)).rejects.toThrow(
    'fetcher: what is live is not recorded; run make deploy WHAT=record',
  );
});

test('refuses a time that several deployments or none have', async () => {
  const { ports } = stage([record(1, '1'), record(2, '2')], []);
  await expect(rollBack('2026-11', ports)).rejects.toThrow('several deployments begin with it');
  await expect(rollBack('2025', ports)).rejects.toThrow('no deployment begins with it');
  await expect(rollBack(undefined, ports)).rejects.toThrow('No earlier deployment published a video');
});
