/** Follows a whole chapter through the console in a real browser and uses every action. */
import { readFile } from 'node:fs/promises';
import { zipSync } from 'fflate';
import { callJson } from 'local-aws/client';
import { eventually } from 'local-aws/testing';
import type { Page } from 'playwright-core';
import { Shots } from '../../domain/shots.ts';
import { Speech } from '../../domain/speech.ts';
import { span } from '../../providers/tracing/span.ts';
import { inTrace } from '../../providers/tracing/trace.ts';
import { tracesPath } from '../traces.ts';
import { type Browser, hasChromium, seriousFindings, startBrowser } from './testing/chromium.ts';
import {
  type ConsoleUnderTest,
  longLoop,
  makeMachine,
  startConsoleUnderTest,
  startExecution,
} from './testing/console-under-test.ts';
import { drop } from './testing/drop.ts';

const sample = new URL('../../samples/ke-trom-o/', import.meta.url);
const minutes = 5 * 60_000;

/** Returns a chapter with only the first page of the sample, which passes all steps quickly. */
async function shortChapter(): Promise<Buffer> {
  const files = await Promise.all(
    ['001.png', 'ComicInfo.xml'].map(async (name) => [name, await readFile(new URL(name, sample))] as const),
  );
  return Buffer.from(zipSync(Object.fromEntries(files)));
}

const inChromium = hasChromium ? describe : describe.skip;
if (!hasChromium) console.warn('skipped: /usr/bin/chromium is not installed');

inChromium('the console', () => {
  let shown: ConsoleUnderTest;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    shown = await startConsoleUnderTest({ review: 'manual' });
    browser = await startBrowser();
    ({ page } = browser);
  }, minutes);
  afterAll(async () => {
    await browser?.close();
    await shown?.close();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const open = (section: string) => page.getByRole('link', { name: section, exact: true }).first().click();
  const state = (name: string) => page.locator(`[data-state="${name}"]`);
  const openJob = async () => {
    await open('Jobs');
    await page.getByRole('link', { name: 'Ngõ Mây' }).click();
    await page.getByRole('heading', { name: 'Ngõ Mây' }).waitFor();
  };
  const awaitReview = () => button('Approve').waitFor({ timeout: 3 * minutes });

  test(
    'is locked without its key and removes the key from the address',
    async () => {
      await page.goto(shown.origin);
      await page.getByRole('heading', { name: 'The console is locked' }).waitFor();
      // The browser logs the refused request.
      browser.complaints.length = 0;
      await page.goto('about:blank');
      await page.goto(shown.url);
      await page.getByRole('heading', { name: 'Now', exact: true }).waitFor();
      expect(page.url()).toBe(`${shown.origin}/`);
      await page.getByText('Nothing has run yet.').waitFor();
      await page.getByText('live', { exact: true }).waitFor();
    },
    minutes,
  );

  test(
    'accepts a dropped chapter and starts an execution with it',
    async () => {
      await drop(page, 'ke-trom-o.cbz', await shortChapter());
      await page.getByText('ke-trom-o.cbz', { exact: false }).first().waitFor();
      await button('Start an execution').click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('[data-state="NewJob"].succeeded').waitFor();
    },
    minutes,
  );

  test(
    'shows the running execution on its state machine, with input and output',
    async () => {
      await page.locator('[data-state="GenerateScript"].running').waitFor({ timeout: minutes });
      await state('CheckQuota').click();
      const details = page.getByRole('region', { name: 'State CheckQuota' });
      await details.getByText('"daily_quota"').first().waitFor();
      await details.getByRole('button', { name: 'Invoke again with today’s code' }).click();
      await details.getByText('Today’s result').waitFor();
      await page.locator('[data-state="GenerateScript"].succeeded').waitFor({ timeout: 2 * minutes });
      await page.getByRole('tab', { name: 'Events' }).click();
      await page.locator('.event', { hasText: 'TaskScheduled' }).first().waitFor();
    },
    4 * minutes,
  );

  test(
    'shows the definition beside its drawing: a click on a state in one finds it in the other',
    async () => {
      await page.getByRole('tab', { name: 'Definition' }).click();
      await page.getByText('Loaded from asl/pipeline.asl.json').waitFor();
      const frame = page.getByRole('region', { name: 'Definition of the state machine' });
      await state('StartUploader').click();
      const [top, bottom] = await frame.evaluate((region) => {
        const { top } = region.getBoundingClientRect();
        const line = region.querySelector('[data-begins="StartUploader"]')?.getBoundingClientRect();
        return [(line?.top ?? 0) - top, (line?.bottom ?? 0) - top - region.clientHeight];
      });
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(0);
      await frame.getByRole('button', { name: '"HandleError"' }).first().click();
      expect(await state('HandleError').getAttribute('aria-pressed')).toBe('true');
      await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await button('Copy').click();
      await page.getByText('Copied.').waitFor();
      const copied = JSON.parse(await page.evaluate('navigator.clipboard.readText()'));
      expect(copied.States.HandleError.Type).toBe('Task');
    },
    minutes,
  );

  test(
    'shows the job with its pages, panels, script and speech while it runs',
    async () => {
      await openJob();
      await page
        .getByRole('img', { name: /^1 panels and \d+ bubbles were found$/ })
        .waitFor({ timeout: minutes });
      await page.getByText('Chào mừng các bạn').waitFor();
      await button('Play segment 1').click();
      await eventually('the sound of a segment', () =>
        page.evaluate('document.querySelector("audio").currentTime > 0'),
      );
      await awaitReview();
      await page.getByText('none was paid for').waitFor();
    },
    4 * minutes,
  );

  test(
    'plays the video with its captions, from a clicked sentence or shot, and marks the sentence that is spoken',
    async () => {
      const time = () => page.evaluate<number>('document.querySelector("video").currentTime');
      await eventually('the video', () => page.evaluate('document.querySelector("video").readyState >= 1'));
      await eventually('the captions', () =>
        page.evaluate('(document.querySelector("video").textTracks[0].cues ?? []).length > 0'),
      );
      const of = async (path: string) => {
        const job = page.url().split('/').at(-1);
        const headers = { 'x-console-token': shown.token };
        return (await fetch(`${shown.origin}/api/jobs/${job}/artifacts/${path}`, { headers })).json();
      };
      const { segments } = Speech.parse(await of('speech.json'));
      const { shots, frames_per_second } = Shots.parse(await of('shots.json'));
      const begins = (index: number) =>
        segments.slice(0, index).reduce((sum, { duration, pause_after }) => sum + duration + pause_after, 0);
      await page.getByRole('button', { name: /^at \d:\d\d in the video: segment 2$/ }).click();
      expect(await seriousFindings(page)).toEqual([]);
      expect(await time()).toBeCloseTo(begins(1), 1);
      const items = page.locator('.segment');
      await items.and(page.locator('[aria-current="time"]')).getByText('Ngõ nhà tôi').waitFor();
      await items.first().getByRole('paragraph').first().click();
      expect(await time()).toBe(0);
      await page.getByRole('heading', { name: 'Shots' }).scrollIntoViewIfNeeded();
      await page.locator('.shot').last().click();
      expect(await time()).toBeCloseTo((shots.at(-1)?.first_frame ?? 0) / frames_per_second, 1);
      await page.evaluate('document.querySelector("video").play()');
      await items.last().and(page.locator('[aria-current="time"]')).waitFor();
      await page.evaluate('document.querySelector("video").pause()');
      await button('Play segment 1').scrollIntoViewIfNeeded();
    },
    minutes,
  );

  test(
    'edits a segment of a waiting job and reruns it, which only remakes what changed',
    async () => {
      const job = page.url().split('/').at(-1) ?? '';
      const modified = async () => {
        const answer = await fetch(`${shown.origin}/api/jobs/${job}`, {
          headers: { 'x-console-token': shown.token },
        });
        const { artifacts } = (await answer.json()) as { artifacts: { path: string; modified: string }[] };
        return new Map(artifacts.map((artifact) => [artifact.path, artifact.modified]));
      };
      const before = await modified();
      await button('Edit segment 2').click();
      await page.getByLabel('Text of segment 2').fill('Trời mưa, và có một chiếc ô biết đi.');
      await button('Save and run again').click();
      await page.locator('[data-state="GenerateTTS"].succeeded').waitFor({ timeout: minutes });
      await openJob();
      await awaitReview();
      const after = await modified();
      const remade = [...after].filter(([path, time]) => before.get(path) !== time).map(([path]) => path);
      expect(remade).toEqual(expect.arrayContaining(['script.json', 'speech/0001.mp3', 'video.mp4']));
      expect(remade).not.toContain('speech/0000.mp3');
      expect(remade).not.toContain('pages/001.jpg');
      await page.getByText('Trời mưa, và có một chiếc ô biết đi.').waitFor();
    },
    4 * minutes,
  );

  test(
    'rejects a video with a reason, which fails the job and is published to the topic; a rerun waits for review again',
    async () => {
      await page.getByLabel('What is wrong').fill('the second sentence is wrong');
      await button('Reject').click();
      await page.getByText('ReviewRejected in AwaitReview').waitFor();
      await open('Messages');
      await page.getByText('the second sentence is wrong').first().waitFor();
      await openJob();
      await button('Run again').click();
      await page.locator('[data-state="AwaitReview"].running').waitFor({ timeout: 2 * minutes });
      await openJob();
      await awaitReview();
    },
    4 * minutes,
  );

  test(
    'approves a video, which is published and stays visible',
    async () => {
      await button('Approve').click();
      await page.locator('.head').getByText('published').waitFor({ timeout: minutes });
      await page.getByText('Cleaned up', { exact: true }).waitFor({ timeout: minutes });
      await eventually('the published video', () =>
        page.evaluate('document.querySelector("video").readyState >= 1'),
      );
      await open('Library');
      await page.getByRole('row', { name: /ke-trom-o\.cbz.*published/ }).waitFor();
      await page.getByRole('link', { name: /^job-/ }).click();
      await page.getByText('Counted on').waitFor();
      await page
        .locator('main')
        .getByRole('link', { name: /^approve|^run|[0-9a-f]{8}/ })
        .first()
        .click();
      const made = page.getByRole('region', { name: 'Jobs of this execution' });
      await made.getByRole('link', { name: 'Ngõ Mây' }).waitFor();
      expect(await made.getByRole('row').count()).toBe(2);
      await open('Quota');
      await page.getByText('ke-trom-o').first().waitFor();
      await open('Instances');
      await page.getByText('uploader').first().waitFor();
      await open('Logs');
      await page.getByRole('combobox', { name: 'From' }).selectOption('ttsgen');
      await page.locator('.log').first().waitFor();
      expect(await page.locator('.log-source').allTextContents()).not.toContain('fetcher');
    },
    2 * minutes,
  );

  test(
    'starts an execution with the written input and name, stops it, redrives it and runs it again from a state with another input',
    async () => {
      await makeMachine(shown.cloud, 'patience', {
        StartAt: 'Wait',
        States: { Wait: { Type: 'Wait', Seconds: 600, Next: 'Done' }, Done: { Type: 'Succeed' } },
      });
      await open('Executions');
      await button('With input…').click();
      await page.getByLabel('State machine').selectOption('patience');
      await page.getByLabel('Input (JSON)').fill('{"patience": much}');
      await page.getByText('Not JSON').waitFor();
      expect(await button('Start').isDisabled()).toBe(true);
      await page.getByLabel('Input (JSON)').fill('{"patience": "much"}');
      await page.getByLabel('Name (optional)').fill('patient');
      await button('Start').click();
      await page.getByRole('heading', { name: 'patient' }).waitFor();
      await page.locator('[data-state="Wait"].running').waitFor();
      const started = page.url();
      await page.getByRole('link', { name: 'New execution with this input…' }).click();
      await eventually('the input of that execution', async () =>
        (await page.getByLabel('Input (JSON)').inputValue()).includes('"much"'),
      );
      await page.getByLabel('Input (JSON)').fill('{"patience": "none"}');
      await page.getByLabel('Name (optional)').fill('patient');
      await button('Start').click();
      await page.getByRole('alert').getByText('ExecutionAlreadyExists').waitFor();
      browser.complaints.length = 0;
      await page.goto(started);
      const stop = async () => {
        await button('Stop').click();
        await page.getByText('Stop this execution?').waitFor();
        await button('Stop').click();
        await page.locator('.head').getByText('stopped').waitFor();
      };
      await stop();
      await button('Redrive from the failed state').click();
      await page.getByText('redriven 1 time').waitFor();
      await stop();
      await state('Wait').click();
      await button('Run from here…').click();
      const edited = page.getByLabel('Input of the state (JSON)');
      expect(JSON.parse(await edited.inputValue())).toEqual({ patience: 'much' });
      await edited.fill('{"patience": "little"}');
      await button('Run from here').click();
      await page.getByRole('heading', { name: /^from-Wait/ }).waitFor();
      await page.locator('[data-state="Wait"].running').click();
      await page.getByRole('region', { name: 'State Wait' }).getByText('"little"').waitFor();
      await stop();
    },
    minutes,
  );

  test(
    'redrives several executions at once, and one that is refused does not stop the others',
    async () => {
      const back = page.url();
      const machine = await makeMachine(shown.cloud, 'unlucky', {
        StartAt: 'Hope',
        States: {
          Hope: { Type: 'Wait', Seconds: 600, Next: 'Done' },
          Done: { Type: 'Succeed' },
        },
      });
      const call = (operation: string, input: object) => callJson(shown.cloud, 'states', operation, input);
      const arns: string[] = [];
      for (const name of ['unlucky-1', 'unlucky-2', 'unlucky-3']) {
        const executionArn = await startExecution(shown.cloud, machine, name);
        await call('StopExecution', { executionArn });
        arns.push(executionArn);
      }
      await page.goto(`${shown.origin}/executions?machine=unlucky`);
      await page.getByLabel('Choose all rows').check();
      await page.getByText('Redrive 3 executions').waitFor();
      // The page does not see this yet: a redrive of an execution that runs is refused.
      await call('RedriveExecution', { executionArn: arns[1] });
      const panel = page.getByRole('region', { name: 'Redrive of the chosen executions' });
      await panel.getByRole('button').click();
      await panel.getByText('2 of 3 executions redriven').waitFor();
      for (const name of ['unlucky-1', 'unlucky-3'])
        await panel
          .getByRole('listitem')
          .filter({ hasText: `${name}: redriven` })
          .waitFor();
      const refused = panel.getByRole('listitem').filter({ hasText: 'unlucky-2' });
      expect(await refused.textContent()).toContain('ExecutionNotRedrivable');
      for (const executionArn of arns) {
        expect(await call('DescribeExecution', { executionArn })).toMatchObject({
          status: 'RUNNING',
          redriveCount: 1,
        });
        await call('StopExecution', { executionArn });
      }
      browser.complaints.length = 0;
      await page.goto(back);
    },
    minutes,
  );

  test(
    'moves between states by keyboard',
    async () => {
      await state('Wait').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: 'State Wait' }).waitFor();
      await page.getByRole('tab', { name: 'Timeline' }).focus();
      await page.keyboard.press('ArrowRight');
      expect(await page.getByRole('tab', { name: 'Events' }).getAttribute('aria-selected')).toBe('true');
    },
    minutes,
  );

  test(
    'invokes a function with a sample event, repeats it, and shows its whole log',
    async () => {
      const back = page.url();
      await open('Functions');
      await page.getByRole('link', { name: 'handle-error' }).click();
      await page.getByLabel('Sample event').selectOption('without-job');
      await button('Invoke').click();
      const invocation = page.getByRole('region', { name: 'The chosen invocation' });
      // The log of this event, not of an earlier failure.
      await invocation.getByText('"FetchManga"').waitFor();
      await invocation.getByText('"error_logged"').waitFor();
      await page.getByLabel('Event (JSON)').fill('{}');
      await button('Edit the event').click();
      expect(await page.getByLabel('Event (JSON)').inputValue()).toContain('"state": "FetchManga"');
      const rows = page.getByRole('region', { name: 'Invocations' }).getByRole('button');
      const before = await rows.count();
      await button('Invoke again with today’s code').click();
      await eventually('one more invocation', async () => (await rows.count()) === before + 1);
      await invocation.getByRole('link', { name: 'Logs' }).click();
      expect(await page.getByRole('combobox', { name: 'Request' }).inputValue()).toMatch(/^[0-9a-f-]{36}$/);
      await page.locator('.log', { hasText: 'job_failed' }).click();
      await page.getByRole('region', { name: 'The chosen line' }).getByText('"failed_state"').waitFor();
      expect(new Set(await page.locator('.log-source').allTextContents())).toEqual(new Set(['handle-error']));
      await page.goto(back);
    },
    minutes,
  );

  test(
    'arms and disarms a fault, and advances the clock by an hour',
    async () => {
      const back = page.url();
      await open('Faults');
      const fault = page.locator('.card', { hasText: 'slow-s3' });
      await fault.getByRole('button', { name: 'Inject' }).click();
      await fault.getByText(/^armed, \d+ left$/).waitFor();
      await button('Disarm all').click();
      await fault.getByText(/^armed/).waitFor({ state: 'detached' });
      await open('Time');
      const before = shown.cloud.clock.now();
      await button('+ 1 hour').click();
      await eventually('an hour to pass', () => shown.cloud.clock.now() >= before + 3_600_000);
      await page.goto(back);
    },
    minutes,
  );

  test(
    'shows any part of a history of 25,000 events',
    async () => {
      const back = page.url();
      const machine = await makeMachine(shown.cloud, 'long-loop', longLoop);
      await startExecution(shown.cloud, machine, 'long');
      await page.goto(`${shown.origin}/executions/long-loop/long`);
      await page.locator('.head').getByText('succeeded').waitFor();
      await page.getByText('24,998 events').waitFor();
      await page.getByRole('tab', { name: 'Events' }).click();
      await page.getByRole('region', { name: 'Events' }).evaluate((list) => list.scrollTo(0, 1e7));
      await page.locator('.event', { hasText: 'ExecutionSucceeded' }).click();
      await page.getByText('Event 24998').waitFor();
      expect(await page.locator('.event').count()).toBeLessThan(100);
      await page.goto(back);
    },
    minutes,
  );

  test(
    'has no serious axe findings and does not scroll sideways, light and dark, wide and narrow',
    async () => {
      const execution = page.url();
      await openJob();
      const job = page.url();
      const traced = {
        jobId: job.slice(job.lastIndexOf('/') + 1),
        service: 'scriptgen',
        log: () => {},
      };
      const tracing = `${shown.cloud.endpoint}${tracesPath}`;
      await inTrace({ ...traced, tracing }, () => span('model', async () => {}));
      await page.getByRole('heading', { name: 'Trace' }).waitFor();
      const sections = [
        '',
        'executions',
        'jobs',
        'functions',
        'functions/scriptgen',
        'logs',
        'messages',
        'instances',
        'quota',
        'library',
        'series',
        'series/none',
        'faults',
        'time',
      ];
      const addresses = [...sections.map((section) => `${shown.origin}/${section}`), execution, job];
      const withColours = [`${shown.origin}/`, `${shown.origin}/functions/scriptgen`, execution, job];
      const found: string[] = [];
      // Only rules that depend on colours and width differ in the second pass.
      for (const [width, colorScheme, checked, rules] of [
        [1440, 'light', addresses, undefined],
        [360, 'dark', withColours, ['color-contrast', 'scrollable-region-focusable']],
      ] as const) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        for (const address of addresses) {
          await page.goto(address);
          await page.getByText('live', { exact: true }).waitFor();
          await page.waitForLoadState('load');
          if (address === execution) await state('Wait').click();
          const findings = checked.includes(address) ? await seriousFindings(page, rules) : [];
          found.push(...findings.map((finding) => `${address} ${colorScheme}: ${finding}`));
          const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
          if (wide) found.push(`${address} is wider than ${width} px`);
        }
      }
      expect(found).toEqual([]);
    },
    3 * minutes,
  );

  test("showed no task token and caused no complaints in the browser's console", async () => {
    for (const path of ['/api/logs', '/api/jobs', '/api/instances', '/api/executions']) {
      const answer = await fetch(`${shown.origin}${path}`, { headers: { 'x-console-token': shown.token } });
      const tokens = (await answer.text()).match(/[A-Za-z0-9+/]{40,}={0,2}/g) ?? [];
      for (const token of tokens)
        expect(Buffer.from(token, 'base64').toString('latin1')).not.toMatch(/^\d+\.\d+\.[0-9a-f]{32}$/);
    }
    expect(browser.complaints).toEqual([]);
  });
});
