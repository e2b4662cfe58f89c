import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type CloudClock, type CloudClockOptions, createCloudClock } from './cloud-clock.ts';
import { parseDuration } from './duration.ts';
import type { Reading } from './reading.ts';
import { rememberClock } from './stored.ts';

const hour = 3_600_000;
let clocks: CloudClock[] = [];
afterEach(() => {
  for (const clock of clocks) clock.close();
  clocks = [];
});

function start(options: CloudClockOptions = {}): CloudClock {
  const clock = createCloudClock(options);
  clocks.push(clock);
  return clock;
}

const ahead = (clock: CloudClock) => clock.now() - Date.now();

test('shows the machine’s time and fires timers when they are due', async () => {
  const clock = start();
  expect(Math.abs(ahead(clock))).toBeLessThan(5);
  const rung = await new Promise<number>((resolve) =>
    clock.setTimer(clock.now() + 20, () => resolve(clock.now())),
  );
  expect(rung).toBeGreaterThanOrEqual(clock.now() - 1000);
});

test('a jump fires all due timers in order, each at its own time, including timers set on the way', async () => {
  const clock = start();
  const begin = clock.now();
  const rung: [string, number][] = [];
  const ring = (name: string) => rung.push([name, Math.round((clock.now() - begin) / hour)]);
  clock.setTimer(begin + 3 * hour, () => ring('third'));
  clock.setTimer(begin + hour, () => {
    ring('first');
    clock.setTimer(clock.now() + hour, () => ring('second'));
  });
  clock.setTimer(begin + 5 * hour, () => ring('never'));
  const cancel = clock.setTimer(begin + hour, () => ring('cancelled'));
  cancel();
  await clock.jump(4 * hour);
  expect(rung).toEqual([
    ['first', 1],
    ['second', 2],
    ['third', 3],
  ]);
  expect(Math.round(ahead(clock) / hour)).toBe(4);
});

test('a jump waits between two timers for requests', async () => {
  let busy = true;
  const clock = start({ isBusy: () => busy });
  let rung = false;
  clock.setTimer(clock.now() + hour, () => {
    rung = true;
  });
  const jump = clock.jump(2 * hour);
  await wait(50);
  expect(rung).toBe(false);
  busy = false;
  await jump;
  expect(rung).toBe(true);
});

test.each<[string, (clock: CloudClock, state: { isMachineThere: boolean }) => () => void]>([
  ['a function', (clock) => clock.work()],
  ['a debugger', (clock) => clock.hold()],
  [
    'a machine',
    (_, state) => {
      state.isMachineThere = true;
      return () => {
        state.isMachineThere = false;
      };
    },
  ],
])('a jump of a day waits for %s that works, and then fires the timers after it', async (_, begin) => {
  const state = { isMachineThere: false };
  const clock = start({
    follower: {
      isThere: () => state.isMachineThere,
      isAtWork: () => state.isMachineThere,
      follow: async () => {},
    },
  });
  const end = begin(clock, state);
  let timedOut = false;
  const cancel = clock.setTimer(clock.now() + 60_000, () => {
    timedOut = true;
  });
  const jump = clock.jump(24 * hour);
  await wait(300);
  expect(timedOut).toBe(false);
  expect(ahead(clock)).toBeLessThan(hour);
  cancel();
  end();
  await jump;
  expect(Math.round(ahead(clock) / hour)).toBe(24);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e16])(
  'rejects a jump by %s milliseconds, after which no date is valid',
  async (milliseconds) => {
    const clock = start();
    const jumps = [false, true].map((overWork) => clock.jump(milliseconds, { overWork }));
    for (const jump of jumps) await expect(jump).rejects.toThrow(RangeError);
    expect(Math.abs(ahead(clock))).toBeLessThan(1_000);
  },
);

test.each([false, true])('a clock that is closed ends a jump that waits, over work: %s', async (overWork) => {
  const clock = start({ isBusy: () => true });
  clock.hold();
  let rung = false;
  clock.setTimer(clock.now() + hour, () => {
    rung = true;
  });
  const jump = clock.jump(2 * hour, { overWork });
  const next = clock.jump(hour);
  await wait(20);
  clock.close();
  await expect(jump).rejects.toThrow('closed');
  await expect(next).rejects.toThrow('closed');
  expect(rung).toBe(false);
  expect(ahead(clock)).toBeLessThan(hour);
});

test('runs fast while idle, at normal speed while a function works, and stops while it is held', async () => {
  const clock = start({ speed: 3_600 });
  await new Promise<void>((resolve) => clock.setTimer(clock.now() + hour, resolve));
  const working = clock.work();
  expect(clock.reading.rate).toBe(1);
  const held = clock.hold();
  const still = clock.now();
  await wait(10);
  expect(clock.now()).toBe(still);
  held();
  held();
  expect(clock.reading.rate).toBe(1);
  working();
  expect(clock.reading.rate).toBe(3_600);
  clock.setSpeed(1);
  expect(clock.reading.rate).toBe(1);
  expect(ahead(clock)).toBeGreaterThan(hour / 2);
});

test('machines follow a jump over their work in steps that leave room for their heartbeats', async () => {
  const seen: Reading[] = [];
  const clock = start({
    follower: {
      isThere: () => true,
      isAtWork: () => true,
      follow: async (reading) => void seen.push(reading),
    },
  });
  await clock.jump(70_000, { overWork: true });
  const steps = seen.map(({ shown }, index) => shown - (seen[index - 1]?.shown ?? shown));
  expect(Math.max(...steps)).toBeLessThanOrEqual(20_000);
  expect(seen.at(-1)?.rate).toBe(1);
});

test('a jump does not wait for machines that only wait, and takes them along', async () => {
  const seen: Reading[] = [];
  const clock = start({
    follower: {
      isThere: () => true,
      isAtWork: () => false,
      follow: async (reading) => void seen.push(reading),
    },
  });
  await clock.jump(70_000);
  const steps = seen.map(({ shown }, index) => shown - (seen[index - 1]?.shown ?? shown));
  expect(Math.max(...steps)).toBeLessThan(25_000);
  expect(Math.round(ahead(clock) / 10_000)).toBe(7);
});

test('never goes back, even over a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'clock-test-'));
  const earlier = rememberClock(join(folder, 'clock.json'));
  const clock = start({ ahead: earlier.ahead, onChange: earlier.note });
  await clock.jump(hour);
  const shown = clock.now();
  const later = rememberClock(join(folder, 'clock.json'));
  expect(start({ ahead: later.ahead }).now()).toBeGreaterThanOrEqual(shown);
  rmSync(folder, { recursive: true });
});

test('code in a thread sees the time of the cloud through every Date API', async () => {
  const clock = start({ ahead: 24 * hour });
  const code = `
    import { workerData, parentPort } from 'node:worker_threads';
    import { showTime } from '${new URL('date.ts', import.meta.url)}';
    import { sharedReading } from '${new URL('reading.ts', import.meta.url)}';
    showTime(sharedReading(workerData).read);
    const date = new Date();
    parentPort.postMessage({
      times: [Date.now(), date.getTime(), Date.parse(Date() + '')],
      kept: [new Date(0).toISOString(), Date.UTC(2026, 0), date instanceof Date, date.constructor === Date, structuredClone(date) instanceof Date],
    });`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
    workerData: clock.buffer,
  });
  const { times, kept } = await new Promise<{ times: number[]; kept: unknown[] }>((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  });
  for (const time of times) expect(Math.abs(time - clock.now())).toBeLessThan(60_000);
  expect(kept).toEqual(['1970-01-01T00:00:00.000Z', Date.UTC(2026, 0), true, true, true]);
});

test('does not keep a process alive for cancelled timers', () => {
  const waiting = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const clock = start();
  const before = waiting();
  const cancels = [5_000, 60_000].map((time) => clock.setTimer(clock.now() + time, () => {}));
  expect(waiting()).toBe(before + 1);
  for (const cancel of cancels) cancel();
  expect(waiting()).toBe(before);
});

test.each([
  ['90s', 90],
  ['4h', 14_400],
  ['1h30m', 5_400],
  ['2d', 172_800],
  ['0.5h', 1_800],
  ['soon', undefined],
  ['4', undefined],
  ['-1h', undefined],
])('%s is %s seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});
