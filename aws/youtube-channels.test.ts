import { startTables } from './testing/embedded-cloud.ts';

const endTables = await startTables({ counters: 'date' });
const { uploadLedger } = await import('./upload-ledger.ts');
const { openChannel, knownChannels } = await import('./open-channel.ts');
const { youtubeChannels } = await import('./youtube-channels.ts');
afterAll(endTables);

const channels = ['main', 'truyen-ma', 'date'];
const ledgerOf = (channel: string) => uploadLedger('counters', { channel, channels });
const [moon, sun] = [
  { id: 'UCmoon', title: 'Kênh Trăng' },
  { id: 'UCsun', title: 'Kênh Mặt Trời' },
];
const set = (channel: string, found: typeof moon | undefined) =>
  openChannel('counters', { channel, channels }, found);
afterEach(async () => {
  for (const channel of channels) await set(channel, undefined);
});

test('the channel that got a YouTube channel later is refused by name, before anything is made for it', async () => {
  expect(await ledgerOf('main').own(moon)).toBeUndefined();
  expect(await ledgerOf('truyen-ma').own(moon)).toMatch(
    /^The channels main and truyen-ma have secrets of one YouTube channel, “Kênh Trăng” \(UCmoon\), .*CHANNEL=truyen-ma/,
  );
  expect(await ledgerOf('truyen-ma').refusal()).toMatchObject({ reason: expect.stringContaining('UCmoon') });
  expect(await ledgerOf('main').refusal()).toBeUndefined();
  expect(await ledgerOf('main').own(moon)).toBeUndefined();
});

test('ends when either of the two has another consent, or is out of the settings', async () => {
  await set('main', moon);
  expect(await set('truyen-ma', moon)).toMatchObject({ fix: expect.stringContaining('CHANNEL=truyen-ma') });
  expect(await set('truyen-ma', sun)).toBeUndefined();
  expect(await set('truyen-ma', moon)).toBeDefined();
  await set('main', sun);
  expect(await ledgerOf('truyen-ma').refusal()).toBeUndefined();
  expect(await set('main', moon)).toMatchObject({ what: expect.stringContaining('truyen-ma and main') });
  const alone = uploadLedger('counters', { channel: 'main', channels: ['main'] });
  expect(await alone.refusal()).toBeUndefined();
});

test('two channels can be exchanged one after the other', async () => {
  await set('main', moon);
  await set('truyen-ma', sun);
  expect(await set('main', sun)).toBeDefined();
  expect(await set('truyen-ma', moon)).toBeUndefined();
  expect(await ledgerOf('main').refusal()).toBeUndefined();
});

test('of channels that record the same YouTube channel at the same time exactly one can use it', async () => {
  const found = await Promise.all(channels.map((channel) => ledgerOf(channel).own(moon)));
  expect(found.filter((reason) => reason === undefined)).toHaveLength(1);
  const refused = await Promise.all(channels.map((channel) => ledgerOf(channel).refusal()));
  expect(refused.filter((reason) => reason === undefined)).toHaveLength(1);
  expect(Object.keys(await knownChannels('counters')).sort()).toEqual([...channels].sort());
});

test('clocks of machines that differ do not make the later one the first', async () => {
  await youtubeChannels('counters').record('main', moon, new Date('2026-02-08T00:00:10Z'));
  const known = await youtubeChannels('counters').record('date', moon, new Date('2026-02-08T00:00:00Z'));
  expect(known.main?.since).toBe('2026-02-08T00:00:10.000Z');
  expect(known.date?.since).toBe('2026-02-08T00:00:10.001Z');
});

test('a stage that was never started knows none', async () => {
  expect(await knownChannels('another-table')).toEqual({});
  expect(await openChannel('another-table', { channel: 'main', channels: undefined }, moon)).toBeUndefined();
});
