import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Compiled, compile, type Entry } from './compile.ts';
import { compileThroughCache } from './compile-cache.ts';

const root = join(import.meta.dirname, '..', '..');
const entries = ['check-quota', 'ttsgen'].map((name) => ({
  out: `functions/${name}/index`,
  in: `functions/${name}/handler.ts`,
}));

/** Sources that were saved a while ago, and a folder for the compiled output. */
function project(): { folder: string; cache: string } {
  const folder = mkdtempSync(join(tmpdir(), 'cache-'));
  for (const part of ['aws', 'domain', 'functions', 'providers', 'workers', 'config', 'package.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  settle(folder);
  return { folder, cache: join(folder, 'dist/compiled') };
}

function settle(folder: string): void {
  const before = new Date(Date.now() - 60_000);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), before, before);
}

const bytesOf = (made: Map<string, Compiled>) =>
  [...made].map(([out, { code, maps }]) => [
    out,
    ...[...code, ...maps].map(([name, bytes]) => `${name} ${Buffer.from(bytes).toString('base64')}`),
  ]);

test('cached output has the same bytes as a fresh compilation, whatever else is compiled', async () => {
  const { folder, cache } = project();
  const first = bytesOf(await compileThroughCache(folder, entries, cache));
  expect(readdirSync(cache)).toHaveLength(2);
  expect(bytesOf(await compileThroughCache(folder, entries, cache))).toEqual(first);
  const names = entries.map(() => 'index');
  const [quota, speech] = await Promise.all(entries.map((one) => compile(folder, [one], names)));
  expect([...bytesOf(quota ?? new Map()), ...bytesOf(speech ?? new Map())]).toEqual(first);
});

test('a changed source compiles its entries again, and no others', async () => {
  const { folder, cache } = project();
  const first = await compileThroughCache(folder, entries, cache);
  appendFileSync(join(folder, 'providers/voices/prepared-text.ts'), '\nconsole.log("changed");\n');
  const second = await compileThroughCache(folder, entries, cache);
  const [quotaBefore, speechBefore] = bytesOf(first);
  const [quotaAfter, speechAfter] = bytesOf(second);
  expect(quotaAfter).toEqual(quotaBefore);
  expect(speechAfter).not.toEqual(speechBefore);
  expect(JSON.stringify(speechAfter)).not.toBe(JSON.stringify(speechBefore));
  expect(bytesOf(await compile(folder, entries))).toEqual([quotaAfter, speechAfter]);
});

test('a stand-in that was compiled under the name of a function is not taken for the function', async () => {
  const { folder, cache } = project();
  const [quota] = entries;
  const standIn = { ...(quota as Entry), in: 'functions/cleanup/handler.ts' };
  await compileThroughCache(folder, [standIn], cache);
  const [fresh, kept] = [
    await compile(folder, [quota as Entry]),
    await compileThroughCache(folder, [quota as Entry], cache),
  ];
  expect(bytesOf(kept)).toEqual(bytesOf(fresh));
});

test('ignores damaged cache files and sources that were saved during the compilation', async () => {
  const { folder, cache } = project();
  const first = bytesOf(await compileThroughCache(folder, entries, cache));
  for (const name of readdirSync(cache)) writeFileSync(join(cache, name), 'half of it');
  utimesSync(join(folder, 'aws/counter.ts'), new Date(Date.now() + 60_000), new Date(Date.now() + 60_000));
  expect(bytesOf(await compileThroughCache(folder, entries, cache))).toEqual(first);
  const kept = await compileThroughCache(folder, entries, cache);
  expect(bytesOf(kept)).toEqual(first);
});

test('puts modules that are loaded on demand next to the entry', async () => {
  const [, speech] = [...(await compile(root, entries)).values()];
  const names = [...(speech?.code.keys() ?? [])];
  expect(names).toContain('index.mjs');
  expect(names.filter((name) => name.startsWith('voices-'))).toHaveLength(1);
  expect(Buffer.from(speech?.code.get('index.mjs') ?? []).toString()).toMatch(
    /import\("\.\/voices-\w+\.mjs"\)/,
  );
});
