/**
 * `make bench WHAT=console`: measures the console's first load and a history of 25,000 events in a real Chromium. Fails when
 * a target is missed.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { callJson } from 'local-aws/client';
import { hasChromium, startBrowser } from '../../local/console/testing/chromium.ts';
import {
  longLoop,
  makeMachine,
  startConsoleUnderTest,
  startExecution,
} from '../../local/console/testing/console-under-test.ts';
import { median } from '../figures/median.ts';
import { judge } from '../figures/show.ts';

const runs = 5;

if (!hasChromium) {
  console.error('bench-console: /usr/bin/chromium is not installed');
  process.exit(1);
}
const shown = await startConsoleUnderTest();
try {
  const machine = await makeMachine(shown.cloud, 'long-loop', longLoop);
  const executionArn = await startExecution(shown.cloud, machine, 'long');
  for (let status = 'RUNNING'; status === 'RUNNING'; await wait(200))
    ({ status } = await callJson<{ status: string }>(shown.cloud, 'states', 'DescribeExecution', {
      executionArn,
    }));

  const loads: number[] = [];
  const histories: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    // A new profile each time, so that nothing is cached.
    const { page, close } = await startBrowser();
    const begin = performance.now();
    await page.goto(shown.url);
    await page.getByRole('heading', { name: 'Now', exact: true }).waitFor();
    loads.push(performance.now() - begin);
    await page.getByRole('link', { name: 'Quota' }).click();
    await page.getByRole('heading', { name: 'Quota and ledgers' }).waitFor();
    const opened = performance.now();
    await page.evaluate(
      "history.pushState(null, '', '/executions/long-loop/long'); dispatchEvent(new PopStateEvent('popstate'))",
    );
    await page.getByText('24,998 events').waitFor();
    await page.locator('.visit').first().waitFor();
    histories.push(performance.now() - opened);
    await close();
  }
  const script = await (await fetch(`${shown.origin}/script.js`)).arrayBuffer();
  const atMost = (wanted: number) => ({ digits: 0, sign: '≤', wanted }) as const;
  judge('script of the first load, KB', script.byteLength / 1000, atMost(200));
  judge(`first load until the page is shown, ms, median of ${runs}`, median(loads), atMost(1000));
  judge(`25,000 events until all are shown, ms, median of ${runs}`, median(histories), atMost(1000));
} finally {
  await shown.close();
}
process.exit();
