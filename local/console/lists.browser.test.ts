/** Searches, orders, exports and reads the lists of the console in a real browser, with many rows and at any width. */
import { readFile } from 'node:fs/promises';
import { callJson } from 'local-aws/client';
import { eventually } from 'local-aws/testing';
import type { Page } from 'playwright-core';
import { accessTo } from '../cloud-access.ts';
import { type Browser, hasChromium, seriousFindings, startBrowser } from './testing/chromium.ts';
import {
  type ConsoleUnderTest,
  longLoop,
  makeMachine,
  startConsoleUnderTest,
  startExecution,
} from './testing/console-under-test.ts';
import { addExecutions, addJobs, addObjects, hostileObjects } from './testing/many-rows.ts';

const minutes = 5 * 60_000;
const inChromium = hasChromium ? describe : describe.skip;
if (!hasChromium) console.warn('skipped: /usr/bin/chromium is not installed');

inChromium('the lists of the console', () => {
  let shown: ConsoleUnderTest;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    shown = await startConsoleUnderTest();
    await Promise.all([addJobs(shown.cloud, 5_000), addExecutions(shown.cloud, 130)]);
    await startExecution(shown.cloud, await makeMachine(shown.cloud, 'long-loop', longLoop), 'long');
    browser = await startBrowser({ width: 1280 });
    ({ page } = browser);
    await page.goto(shown.url);
    await page.getByText('live', { exact: true }).waitFor();
  }, 2 * minutes);
  afterAll(async () => {
    await browser?.close();
    await shown?.close();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const choice = (name: string) => page.getByRole('combobox', { name, exact: true });
  const open = async (path: string) => {
    await page.goto(`${shown.origin}${path}`);
    await page.getByText('live', { exact: true }).waitFor();
  };
  const counted = (text: string) => page.locator('.count', { hasText: text }).waitFor();
  /** Texts of a column of the table, from 0. */
  const column = (index: number) => page.locator(`tbody td:nth-child(${index + 1})`).allTextContents();
  const sorting = (title: string) =>
    page.getByRole('columnheader', { name: title }).getAttribute('aria-sort');
  const exported = async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export as JSON' }).click(),
    ]);
    const rows: unknown = JSON.parse(await readFile(await download.path(), 'utf8'));
    return { name: download.suggestedFilename(), rows };
  };

  test(
    'finds jobs by text and status among 5,000; the address has the filter, also after a reload',
    async () => {
      await open('/jobs');
      await counted('5,000 jobs');
      await page.getByLabel('Search').fill('truyện 49');
      // 49, 490 to 499, and 4900 to 4999.
      await counted('111 of 5,000 jobs');
      await choice('Status').selectOption({ label: 'failed (1,000)' });
      await counted('22 of 5,000 jobs');
      expect(new URL(page.url()).search).toBe(
        `?${new URLSearchParams({ text: 'truyện 49', status: 'failed' })}`,
      );
      await page.reload();
      await counted('22 of 5,000 jobs');
      expect(await page.getByLabel('Search').inputValue()).toBe('truyện 49');
      const titles = await page.locator('tbody td:first-child a').allTextContents();
      expect(titles).toHaveLength(22);
      expect(titles.filter((title) => !/^Truyện 49\d?\d?$/.test(title))).toEqual([]);
      expect(new Set(await page.locator('tbody .status').allTextContents())).toEqual(new Set(['failed']));
      const { name, rows } = await exported();
      expect(name).toBe('jobs.json');
      expect(rows).toMatchObject({ rows: titles.map((manga_title) => ({ manga_title, status: 'failed' })) });
    },
    minutes,
  );

  test(
    'names how many jobs wait beyond those that the first page shows, and leads to them',
    async () => {
      await open('/');
      const waiting = page.locator('.card', { hasText: 'Waits for you' });
      await waiting.getByRole('link', { name: 'and 995 more' }).click();
      await counted('1,000 of 5,000 jobs');
      expect(new Set(await page.locator('tbody .status').allTextContents())).toEqual(
        new Set(['held for review']),
      );
    },
    minutes,
  );

  test(
    'says that no row matches and clears the filters',
    async () => {
      await page.getByLabel('Search').fill('<b>nothing</b>');
      await page.getByText('None of the 5,000 jobs matches these filters.').waitFor();
      expect(await page.getByRole('table').count()).toBe(0);
      await button('Clear filters').click();
      await counted('5,000 jobs');
      expect(new URL(page.url()).search).toBe('');
      expect(await page.getByLabel('Search').inputValue()).toBe('');
    },
    minutes,
  );

  test(
    'orders jobs by a column with the keyboard, over all pages',
    async () => {
      expect(await sorting('Pages')).toBe('none');
      await button('Pages').focus();
      await page.keyboard.press('Enter');
      await eventually('the fewest pages', async () => new Set(await column(3)).size === 1);
      expect(new Set(await column(3))).toEqual(new Set(['10']));
      expect(await sorting('Pages')).toBe('ascending');
      await page.keyboard.press('Enter');
      await eventually('the most pages', async () => (await column(3))[0] === '59');
      expect(new Set(await column(3))).toEqual(new Set(['59']));
      expect(await sorting('Pages')).toBe('descending');
      await button('Next').click();
      await page.getByText('Page 2 of 50').waitFor();
      await eventually('the next rows', async () => (await column(3))[0] !== '59');
      expect(new Set(await column(3))).toEqual(new Set(['58']));
      await page.goBack();
      await page.getByText('Page 1 of 50').waitFor();
      await button('Pages').press('Enter');
      await eventually('the first order', async () => new Set(await column(3)).size === 50);
      expect(await sorting('Pages')).toBe('none');
    },
    minutes,
  );

  test(
    'finds executions by machine, status and time',
    async () => {
      await open('/executions?machine=fails');
      await counted('44 of 131 executions');
      expect(new Set(await page.locator('tbody .status').allTextContents())).toEqual(new Set(['failed']));
      await page.getByRole('checkbox', { name: 'Choose run-0', exact: true }).check();
      await button('Redrive 1 execution').waitFor();
      await choice('Time').selectOption('between…');
      await page.getByLabel('To', { exact: true }).fill('2020-01-01T00:00:00');
      await page.getByText('None of the 131 executions matches these filters.').waitFor();
      // What a filter hides is not redriven.
      expect(await button('Redrive 1 execution').count()).toBe(0);
      await page.getByLabel('To', { exact: true }).fill('');
      await page.getByLabel('From', { exact: true }).fill('2020-01-01T00:00:00');
      await counted('44 of 131 executions');
      await open('/executions/fails');
      await page.getByText('There is nothing here').waitFor();
      await open('/executions?since=never');
      await page.getByRole('alert').getByText('since=never is not a time span').waitFor();
    },
    minutes,
  );

  test(
    'finds events among 25,000 and exports them with their data',
    async () => {
      await open('/executions/long-loop/long?tab=Events');
      await counted('24,998 events');
      await choice('State').selectOption('Done (2)');
      await counted('2 of 24,998 events');
      expect(await column(2)).toEqual(['SucceedStateEntered', 'SucceedStateExited']);
      await button('Id').click();
      await button('Id').click();
      expect(await column(0)).toEqual(['24997', '24996']);
      const { name, rows } = await exported();
      expect(name).toBe('long-history.json');
      expect(rows).toEqual({
        events: [
          expect.objectContaining({
            id: 24_996,
            stateEnteredEventDetails: expect.objectContaining({ input: '{"count":6248}' }),
          }),
          expect.objectContaining({ id: 24_997 }),
        ],
      });
      await button('Clear filters').click();
      await counted('24,998 events');
      expect(await page.locator('.event').count()).toBeLessThan(100);
      expect((await column(0))[0]).toBe('24998');
    },
    minutes,
  );

  test(
    'shows times in local time, in UTC or relative to the cloud’s clock, and remembers the choice',
    async () => {
      await open('/executions?text=run-0');
      const time = page.locator('tbody time').first();
      const exact = (await time.getAttribute('title')) ?? '';
      expect(new Date(exact).toISOString()).toBe(exact);
      await choice('Times').selectOption('UTC');
      await page.getByText(`${exact.slice(11, 19)} UTC`).waitFor();
      await shown.cloud.control.run('clock', { jump: '27h' });
      await choice('Times').selectOption('relative');
      await page.getByText('1 day ago').waitFor();
      await page.reload();
      await page.getByText('1 day ago').waitFor();
      expect(await time.getAttribute('title')).toBe(exact);
      await choice('Times').selectOption('local');
    },
    minutes,
  );

  test(
    'finds lines of the log by function and level, and adds new ones that match',
    async () => {
      const invoke = (name: string, event: object) =>
        shown.cloud.control.run('invoke', { function: name, event });
      await invoke('handle-error', { error: { Error: 'Example.Failure', Cause: 'first' } });
      await invoke('cleanup', { job_id: 'job-abc' });
      await open('/logs');
      await choice('From').selectOption('handle-error');
      await choice('Level').selectOption('error');
      await eventually('one line', async () => (await page.locator('.log').count()) === 1);
      expect(await column(1)).toEqual(['handle-error']);
      expect(await column(2)).toEqual(['error']);
      await invoke('cleanup', { job_id: 'job-def' });
      await invoke('handle-error', { error: { Error: 'Example.Failure', Cause: 'second' } });
      await eventually('a second line', async () => (await page.locator('.log').count()) === 2);
      await page.getByLabel('Search').fill('second');
      await eventually('its text', async () => (await page.locator('.log').count()) === 1);
      await page.locator('.log').getByRole('button').press('Enter');
      await page.getByRole('region', { name: 'The chosen line' }).getByText('"job_failed"').waitFor();
      const { name, rows } = await exported();
      expect(name).toBe('logs.json');
      expect(rows).toEqual({ rows: [expect.objectContaining({ source: 'handle-error', level: 'error' })] });
    },
    minutes,
  );

  test(
    'shows items of a table by the beginning of their key, as JSON',
    async () => {
      await open('/tables');
      await page.getByRole('link', { name: shown.cloud.resources.jobsTable, exact: true }).click();
      await counted('items');
      await page.getByLabel('job_id begins with').fill('job-many-499');
      await counted('11 of 5,00');
      expect(await column(0)).toEqual([
        'job-many-499',
        ...Array.from({ length: 10 }, (_, index) => `job-many-499${index}`),
      ]);
      await button('job-many-4990').click();
      await page
        .getByRole('dialog', { name: 'job-many-4990' })
        .getByText('"truyen-4991/chapter-001"')
        .waitFor();
      await page.keyboard.press('Escape');
      await page.waitForURL(/\?prefix=job-many-499$/);
      expect(await page.getByRole('dialog').count()).toBe(0);
      const { countersTable: TableName } = shown.cloud.resources;
      await accessTo(shown.cloud).dynamodb('PutItem', { TableName, Item: { date: { S: '2026-01-01' } } });
      await open(`/tables/${TableName}`);
      await page.locator('.count').getByText('1 item', { exact: true }).waitFor();
    },
    minutes,
  );

  test(
    'shows the bucket as folders with previews; a key is never more than a name',
    async () => {
      await addObjects(shown.cloud, {
        ...hostileObjects,
        'jobs/job-abc/pages/001.png': await readFile(
          new URL('../../samples/ke-trom-o/001.png', import.meta.url),
        ),
      });
      await open('/bucket');
      await page.getByRole('link', { name: 'jobs/' }).click();
      await page.getByRole('link', { name: 'job-abc/' }).click();
      await page.getByRole('link', { name: 'pages/' }).click();
      await button('001.png').click();
      await eventually('the picture', () =>
        page.evaluate('document.querySelector("dialog img").naturalWidth > 0'),
      );
      await button('Close').click();
      await page.getByRole('link', { name: 'bucket', exact: true }).click();
      await button('<img src=x onerror="document.title=1">.html').click();
      await page.getByRole('dialog').getByText('<script>document.title = 1</script>').waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('dialog').getByRole('link', { name: 'Download' }).click(),
      ]);
      expect(await readFile(await download.path(), 'utf8')).toBe('<script>document.title = 1</script>');
      await button('Close').click();
      for (const name of ['漢', '漢', '漢', '漢'])
        await page.getByRole('link', { name: `${name.repeat(80)}/` }).click();
      await button('data.json').click();
      await page.getByRole('dialog').getByText('"long"').waitFor();
      expect(await page.title()).not.toBe('1');
      expect(await page.locator('main img, main script').count()).toBe(0);
    },
    minutes,
  );

  test(
    'cuts no text and drops no column at any width, and only tables scroll sideways; axe finds nothing',
    async () => {
      const found: string[] = [];
      for (const [width, colorScheme] of [
        [1280, 'light'],
        [360, 'dark'],
      ] as const) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        for (const [path, columns] of [
          ['/executions?text=run-1', 5],
          ['/executions/fails/run-0?tab=Events', 5],
          ['/jobs?text=truyện 49', 6],
          ['/jobs?text=nothing', 0],
          ['/logs', 5],
          ['/tables', 3],
          [`/tables/${shown.cloud.resources.jobsTable}?prefix=job-many-499&open=job-many-499`, 8],
          ['/bucket', 4],
          ['/quota', 8],
        ] as const) {
          await open(path);
          await page.locator('main').locator('.count, table').first().waitFor();
          const wrong = (await page.evaluate(unreadable)) as string[];
          found.push(...wrong.map((text) => `${path} at ${width} px: ${text}`));
          expect(await page.locator('th').count()).toBe(columns);
          // The test of a chapter checks the pages with the longest tables.
          if (['/executions?text=run-1', '/jobs?text=truyện 49', '/logs'].includes(path)) continue;
          found.push(...(await seriousFindings(page)).map((finding) => `${path} ${colorScheme}: ${finding}`));
        }
      }
      expect(found).toEqual([]);
      expect(browser.complaints.filter((text) => !text.includes('since=never'))).toEqual([]);
    },
    minutes,
  );

  test(
    'lists what a distributed Map has started, and leads to what failed there',
    async () => {
      const machine = await makeMachine(shown.cloud, 'spread', {
        StartAt: 'Spread',
        States: {
          Spread: {
            Type: 'Map',
            Label: 'Parts',
            ToleratedFailurePercentage: 100,
            ItemsPath: '$$.Execution.Input.parts',
            ItemProcessor: {
              ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
              StartAt: 'IsGood',
              States: {
                IsGood: {
                  Type: 'Choice',
                  Choices: [{ Variable: '$.good', BooleanEquals: true, Next: 'Made' }],
                  Default: 'Lost',
                },
                Made: { Type: 'Succeed' },
                Lost: { Type: 'Fail', Error: 'NoCapacity', Cause: 'no machine' },
              },
            },
            End: true,
          },
        },
      });
      await callJson(shown.cloud, 'states', 'StartExecution', {
        stateMachineArn: machine,
        name: 'two-parts',
        input: JSON.stringify({ parts: [{ good: true }, { good: false }] }),
      });
      await open('/executions/spread/two-parts');
      await page.getByRole('tab', { name: 'Distributed Maps' }).click();
      const parts = page.getByRole('tabpanel');
      await parts.getByText('failed', { exact: true }).waitFor();
      await parts.getByText('succeeded', { exact: true }).waitFor();
      await parts
        .getByRole('row', { name: /failed/ })
        .getByRole('link')
        .click();
      await page.getByRole('alert').getByText('NoCapacity').waitFor();
      await page.locator('[data-state="Lost"]').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
    },
    minutes,
  );
});

/** Runs in the page: returns elements whose text is cut, and whether the page scrolls sideways. */
const unreadable = `[
  ...[...document.querySelectorAll('main *')].filter((element) => {
    const { overflowX } = getComputedStyle(element);
    const isCut = ['hidden', 'clip'].includes(overflowX) && element.scrollWidth > element.clientWidth + 1;
    return isCut && element.clientWidth > 1 && !element.closest('svg');
  }).map((element) => 'cut: ' + element.outerHTML.slice(0, 120)),
  ...[...document.querySelectorAll('.table td')].filter((cell) => cell.scrollWidth > cell.clientWidth + 1)
    .map((cell) => 'outside its cell: ' + cell.outerHTML.slice(0, 120)),
  ...[...document.querySelectorAll('.table td')].filter((cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    const lines = new Set([...range.getClientRects()].map(({ bottom }) => bottom));
    return /^\\d{4}-\\d\\d-\\d\\d$/.test(cell.textContent) && lines.size > 1;
  }).map((cell) => 'a date in two lines: ' + cell.outerHTML.slice(0, 120)),
  ...(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []),
]`;
