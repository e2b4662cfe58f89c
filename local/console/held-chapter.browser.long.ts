/** Decides about a held chapter in a real browser: reads the reasons beside the pages, edits a sentence and approves. */
import { readFile } from 'node:fs/promises';
import { zipSync } from 'fflate';
import { eventually } from 'local-aws/testing';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { libraryPrefix } from '../../domain/artifacts.ts';
import { accessTo } from '../cloud-access.ts';
import { type Browser, hasChromium, seriousFindings, startBrowser } from './testing/chromium.ts';
import { type ConsoleUnderTest, startConsoleUnderTest } from './testing/console-under-test.ts';
import { drop } from './testing/drop.ts';

const sample = new URL('../../samples/ke-trom-o/', import.meta.url);
const minutes = 5 * 60_000;

/** Returns a chapter whose only page is too blurred to be read. */
async function blurredChapter(): Promise<Buffer> {
  const [page, metadata] = await Promise.all(
    ['001.png', 'ComicInfo.xml'].map((name) => readFile(new URL(name, sample))),
  );
  const blurred = await sharp(page).blur(20).jpeg().toBuffer();
  return Buffer.from(zipSync({ '001.jpg': blurred, 'ComicInfo.xml': metadata as Buffer }));
}

const inChromium = hasChromium ? describe : describe.skip;
if (!hasChromium) console.warn('skipped: /usr/bin/chromium is not installed');

inChromium('a held chapter in the console', () => {
  let shown: ConsoleUnderTest;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    shown = await startConsoleUnderTest();
    browser = await startBrowser();
    ({ page } = browser);
    await page.goto(shown.url);
    await page.getByText('live', { exact: true }).waitFor();
  }, minutes);
  afterAll(async () => {
    await browser?.close();
    await shown?.close();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const held = () => page.getByRole('region', { name: 'Held chapter' });

  test(
    'waits with its reasons, each with its page',
    async () => {
      await drop(page, 'blurred.cbz', await blurredChapter());
      await page.getByText('blurred.cbz', { exact: false }).first().waitFor();
      await button('Start an execution').click();
      await page
        .locator('.head')
        .getByText('succeeded')
        .waitFor({ timeout: 3 * minutes });
      await page.getByRole('link', { name: 'Jobs', exact: true }).first().click();
      await page.getByRole('row', { name: /held for review.*too blurred/ }).waitFor();
      await page.getByRole('link', { name: 'Ngõ Mây' }).click();
      const reason = held().getByRole('listitem').filter({ hasText: 'page 1: too blurred' });
      await reason.getByRole('button', { name: 'show page 1' }).click();
      await page.getByRole('heading', { name: 'Page 1', exact: true }).waitFor();
      await page.getByRole('img', { name: /^\d+ panels and 0 bubbles were found$/ }).waitFor();
      // Nothing was spoken yet.
      expect(await button('Play segment 1').isDisabled()).toBe(true);
      expect(await seriousFindings(page)).toEqual([]);
    },
    4 * minutes,
  );

  test(
    'shows the picture of each shot before anything is spoken or rendered, with the sentences as they are being edited',
    async () => {
      const preview = page.getByRole('figure', { name: 'Preview of the shot' });
      const picture = async (shot: number) => {
        const before = await preview.getByRole('img').getAttribute('src');
        await page.locator('.shot').nth(shot).click();
        await eventually('another picture', async () => {
          const now = await preview.getByRole('img').getAttribute('src');
          return now !== before;
        });
        const [, data = ''] = (await preview.getByRole('img').getAttribute('src'))?.split(',') ?? [];
        return sharp(Buffer.from(data, 'base64')).resize(96, 54).greyscale().raw().toBuffer();
      };
      await page.getByRole('heading', { name: 'Shots' }).scrollIntoViewIfNeeded();
      await preview.getByRole('img').waitFor({ timeout: minutes });
      await preview.getByText('not spoken yet').waitFor();
      const [page1, card] = [await picture(1), await picture(0)];
      const differing = card.filter((value, at) => Math.abs(value - (page1[at] ?? 0)) > 24).length;
      expect(differing).toBeGreaterThan(card.length / 10);
      const chosen = page.locator('.shot[aria-pressed="true"]');
      await page.locator('.segment').last().getByRole('button', { name: /^Edit/ }).click();
      await chosen.filter({ hasNotText: 'title card' }).waitFor();
      await page.locator('.segment').last().getByRole('button', { name: /^Done/ }).click();
      await button('Edit segment 1').click();
      await chosen.filter({ hasText: 'title card' }).waitFor();
      await page.getByLabel('Text of segment 1').fill('Một chiếc ô biết đi');
      await preview.getByText('Một chiếc ô biết đi').waitFor();
      await preview.getByText('With your changes, which are not saved.').waitFor();
      const moment = preview.getByLabel('Moment of the shot');
      const middle = await preview.getByRole('img').getAttribute('alt');
      await moment.focus();
      await page.keyboard.press('Home');
      await preview.getByRole('img', { name: 'The video at 0.0 s' }).waitFor();
      expect(middle).not.toBe('The video at 0.0 s');
      await button('Discard').click();
      await button('Done with segment 1').click();
      await preview.getByText('Một chiếc ô biết đi').waitFor({ state: 'detached' });
      expect(await seriousFindings(page)).toEqual([]);
    },
    2 * minutes,
  );

  test(
    'is edited and approved, then spoken as it was edited and published',
    async () => {
      await button('Edit segment 1').click();
      await page.getByLabel('Text of segment 1').fill('Trời mưa, và có một chiếc ô biết đi.');
      await held().getByText('Save or discard your changes').waitFor();
      expect(await held().getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true);
      await button('Save').click();
      await page.getByText('1 changed segment').waitFor({ state: 'detached' });
      await page.getByLabel('Why, or what was changed').fill('the first sentence was wrong');
      await held().getByRole('button', { name: 'Approve' }).click();
      await page
        .locator('.head')
        .getByText('published')
        .waitFor({ timeout: 4 * minutes });
      await held().waitFor({ state: 'detached' });
      await page.getByText('approve by the console: the first sentence was wrong').waitFor();
      await page.locator('.segment').getByText('một chiếc ô biết đi').waitFor();
      await page.getByRole('region', { name: 'Doubts' }).getByText('too blurred').waitFor();
      expect(browser.complaints).toEqual([]);
    },
    5 * minutes,
  );

  test(
    'a chapter in another language says at once that it will be held, and an empty library offers the sample',
    async () => {
      const english = '<ComicInfo><LanguageISO>en</LanguageISO></ComicInfo>';
      const chapter = zipSync({
        '001.png': await readFile(new URL('001.png', sample)),
        'ComicInfo.xml': Buffer.from(english),
      });
      await drop(page, 'english.cbz', Buffer.from(chapter));
      await page.getByText(/the lettering is English.*it will be held for you/).waitFor();
      const { s3 } = accessTo(shown.cloud);
      for (const name of ['blurred.cbz', 'english.cbz']) await s3('DELETE', `${libraryPrefix}${name}`);
      await page.getByRole('link', { name: 'Library', exact: true }).first().click();
      await button('Make a video of the sample chapter').click();
      await page.locator('[data-state="FetchManga"].succeeded').waitFor({ timeout: minutes });
      const made = page.getByRole('region', { name: 'Jobs of this execution' });
      await made.getByRole('row', { name: /Ngõ Mây.* 7 / }).waitFor({ timeout: minutes });
      await button('Stop').click();
      await button('Stop').click();
      await page.locator('.head').getByText('stopped').waitFor();
      expect(browser.complaints).toEqual([]);
    },
    3 * minutes,
  );
});
