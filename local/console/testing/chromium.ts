import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** Whether this machine can run the browser tests. */
export const hasChromium = existsSync(executablePath);

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

export interface Browser {
  page: Page;
  context: BrowserContext;
  /** Unexpected messages in the browser's console. */
  complaints: string[];
  close(): Promise<void>;
}

/** Starts a real Chromium with a fresh profile. */
export async function startBrowser(
  options: { width?: number; height?: number; colorScheme?: 'light' | 'dark' } = {},
): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'console-browser-'));
  const { width = 1440, height = 900, colorScheme = 'light' } = options;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args,
    viewport: { width, height },
    colorScheme,
    locale: 'en-GB',
    // Endless animations, drawn without a GPU, would take more of the processor than all tests.
    reducedMotion: 'reduce',
  });
  const page = context.pages()[0] ?? (await context.newPage());
  // Finds what never appears; a slow machine needs its time.
  page.setDefaultTimeout(110_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complaints.push(String(error.stack)));
  return {
    page,
    context,
    complaints,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Returns the findings of axe that are serious or worse, one per line; of some of its rules if they are named. */
export async function seriousFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Injects axe from outside, because the page's policy forbids foreign scripts.
  if (!(await page.evaluate('Boolean(globalThis.axe)'))) await page.evaluate(await readFile(axePath, 'utf8'));
  const options: RunOptions = {
    resultTypes: ['violations'],
    ...(rules && { runOnly: { type: 'rule', values: [...rules] } }),
  };
  const results = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResults;
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
}
