import { daysOfSource, type FaultDay, faultDays, notOnTheFlow } from './testing/faults.ts';
import { type Month, startMonth } from './testing/month.ts';

/** Plays good days, and a day for each fault, on the whole flow; nothing of it is light. It takes half an hour. */
const day = 86_400;
const goodDays = 2;
/** Alarms that more than one day raises together. */
const ofSeveralDays = 'failing-days';

interface Row {
  alarm: string;
  what: string;
  within: number;
  /** Seconds from the start of the run to the alarm. */
  after?: number | undefined;
}

const minutes = (seconds: number | undefined) =>
  seconds === undefined ? 'never' : `${Math.round(seconds / 60)} min`;
const raised = new Set<string>();

async function playMonth(month: Month, days: readonly FaultDay[]) {
  const { cloud, alarms } = month;
  const begin = cloud.clock.now();
  const starts: { from: number; fault?: FaultDay }[] = [];
  const wrong: string[] = [];
  const beginDay = async (fault?: FaultDay) => {
    await month.untilNextDay();
    starts.push({ from: cloud.clock.now() / 1000, ...(fault && { fault }) });
  };
  for (let good = 0; good < goodDays; good++) {
    await beginDay();
    await month.addChapter(`good-${month.beginDay()}/1`);
    expect(await month.endOfRun(await month.start())).toMatchObject({ status: 'SUCCEEDED' });
  }
  for (const [index, fault] of days.entries()) {
    await beginDay(fault);
    // Jest reports at the end of a file.
    process.stderr.write(`${new Date().toISOString()} day ${index + 1} of ${days.length}: ${fault.what}\n`);
    await fault.pass(month).catch((error: Error) => wrong.push(`${fault.what}: ${error.message}`));
    await month.chaos(undefined, { clear: true });
  }
  await month.untilNextDay();
  const rings = alarms.changes(begin).filter(({ state }) => state !== 'OK');
  const rows: Row[] = [];
  for (const [index, { from, fault }] of starts.entries()) {
    const until = starts[index + 1]?.from ?? from + day;
    const found = rings.filter(({ at }) => at >= from && at < until);
    for (const { alarm } of found) raised.add(alarm);
    const { alarms: own = [], what = 'nothing', within = 0, also = [] } = fault ?? {};
    for (const alarm of own) {
      const first = found.find((one) => one.alarm === alarm);
      rows.push({ alarm, what, within, after: first && first.at - from });
    }
    const allowed = new Set([...own, ...also, ...(fault ? [ofSeveralDays] : [])]);
    for (const { alarm, at } of found)
      if (!allowed.has(alarm)) wrong.push(`${alarm} ${minutes(at - from)} after: ${what}`);
  }
  return { rows, wrong };
}

function report({ rows, wrong }: Awaited<ReturnType<typeof playMonth>>): void {
  const line = ({ alarm, what, within, after }: Row) =>
    `${alarm.padEnd(42)}${what.padEnd(62)}${minutes(within).padStart(9)}${minutes(after).padStart(9)}`;
  console.log([...rows.map(line), ...wrong.map((one) => `WRONG: ${one}`)].join('\n'));
  expect(wrong).toEqual([]);
  expect(rows.filter(({ within, after }) => after === undefined || after > within)).toEqual([]);
}

async function inStage(
  days: readonly FaultDay[],
  ...options: Parameters<typeof startMonth>
): Promise<readonly string[]> {
  const month = await startMonth(...options);
  try {
    report(await playMonth(month, days));
    return month.alarms.names;
  } finally {
    await month.close();
  }
}

test('a stage with a library: each fault raises its alarm in time, and nothing else', async () => {
  const settings = { onDoubt: 'fail', review: 'manual', reviewHours: 1 } as const;
  const names = await inStage(faultDays, ['edge', 'youtube'], { settings });
  const causes = [...daysOfSource.flatMap(({ alarms }) => alarms), ...Object.keys(notOnTheFlow)];
  expect(names.filter((name) => !raised.has(name)).sort()).toEqual(causes.sort());
}, 5_400_000);

test('a stage with a remote source: its failure raises its alarm in time, and nothing else', async () => {
  await inStage(daysOfSource, ['edge'], { settings: { chapterSource: 'mangadex' } });
}, 600_000);
