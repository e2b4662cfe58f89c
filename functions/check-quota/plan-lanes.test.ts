import type { LogLine } from '../../domain/log.ts';
import { planLanes, type SharedLimit } from './plan-lanes.ts';

const limit = (what: string, perLane: number, there: number | Error): SharedLimit => ({
  what,
  perLane,
  available: async () => {
    if (there instanceof Error) throw there;
    return there;
  },
});
const lines: LogLine[] = [];
const plan = (wanted: number, ...limits: SharedLimit[]) =>
  planLanes({ open_lanes: wanted, run: 'daily' }, { limits, log: (line) => void lines.push(line) });
beforeEach(() => void lines.splice(0));

test('opens as many lanes as the run wants when everything bears them', async () => {
  expect(await plan(3, limit('vCPUs', 4, 12), limit('calls', 2, 1000))).toEqual({
    ...{ wanted: 3, lanes: [1, 2, 3], reasons: [] },
  });
  expect(lines).toEqual([]);
});

test('opens no more than the tightest limit bears, and names every limit that is too low', async () => {
  expect(await plan(10, limit('vCPUs', 4, 35), limit('calls', 2, 10), limit('slots', 1, 10))).toEqual({
    wanted: 10,
    lanes: [1, 2, 3, 4, 5],
    reasons: ['vCPUs: 35, and 10 lanes need 40', 'calls: 10, and 10 lanes need 20'],
  });
  expect(lines).toMatchObject([
    { event: 'fewer_lanes', wanted: 10, opened: 5, reasons: [expect.any(String), expect.any(String)] },
  ]);
});

test('opens one lane when a limit is below that or unknown', async () => {
  expect(await plan(4, limit('vCPUs', 4, 2))).toMatchObject({ lanes: [1] });
  expect(await plan(4, limit('vCPUs', 4, new Error('AccessDenied')))).toEqual({
    ...{ wanted: 4, lanes: [1], reasons: ['vCPUs: unknown, because AccessDenied'] },
  });
});
