import { existsSync } from 'node:fs';
import { glob, readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const pages = (
  await Array.fromAsync(
    glob('**/*.md', { cwd: root, exclude: (name) => ['node_modules', 'out', 'dist'].includes(name) }),
  )
).filter((page) => !page.startsWith('samples/'));
const texts = new Map<string, Promise<string>>();
function read(page: string): Promise<string> {
  const text = texts.get(page) ?? readFile(join(root, page), 'utf8');
  texts.set(page, text);
  return text;
}

test('every link between pages leads to a file', async () => {
  const broken: string[] = [];
  for (const page of pages)
    for (const [, target] of (await read(page)).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g))
      if (!existsSync(join(root, dirname(page), target ?? ''))) broken.push(`${page}: ${target}`);
  expect(broken).toEqual([]);
});

/** Returns the name of a heading in a link, as GitHub makes it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

test('every link to a section leads to a heading', async () => {
  const broken: string[] = [];
  for (const page of pages)
    for (const [, target = '', anchor] of (await read(page)).matchAll(
      /\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)/g,
    )) {
      const to = target === '' ? page : join(dirname(page), target);
      const headings = to.endsWith('.md') ? (await read(to)).matchAll(/^#+ (.+)$/gm) : [];
      if (![...headings].some(([, heading = '']) => anchorOf(heading) === anchor))
        broken.push(`${page}: ${target}#${anchor}`);
    }
  expect(broken).toEqual([]);
});

test('the README of a package has no link that leads out of it, since it is packed without the rest', async () => {
  const leading: string[] = [];
  for (const page of pages.filter((one) => /^packages\/[^/]+\/README\.md$/.test(one)))
    for (const [, target] of (await read(page)).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g))
      if (relative(dirname(page), join(dirname(page), target ?? '')).startsWith('..'))
        leading.push(`${page}: ${target}`);
  expect(leading).toEqual([]);
});

test('the index lists every page of docs/', async () => {
  const index = await read('docs/README.md');
  const names = (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md'));
  expect(names.filter((name) => name !== 'README.md' && !index.includes(`(${name})`))).toEqual([]);
});

test('every page of docs/ first says who needs it, and what for', async () => {
  const names = (await readdir(join(root, 'docs'))).filter((name) => /^(?!README).*\.md$/.test(name));
  const opening = /^# .+\n\nFor (?:everyone|operators|teams|those)\b[^:]*: ./;
  const openings = await Promise.all(names.map(async (name) => [name, await read(`docs/${name}`)] as const));
  expect(openings.filter(([, text]) => !opening.test(text)).map(([name]) => name)).toEqual([]);
});

test('the diagram of the architecture shows every folder', async () => {
  const [, picture = ''] =
    /```mermaid\nflowchart TD\n([\s\S]*?)```/.exec(await read('docs/architecture.md')) ?? [];
  const shown = picture
    .split('\n')
    .filter((line) => !/subgraph|-->|^\s*end/.test(line))
    .flatMap((line) => line.split('&').map((name) => name.trim()))
    .filter((name) => name !== '');
  const entries = await readdir(root, { withFileTypes: true });
  const generated = ['docs', 'node_modules', 'out', 'dist', 'cdktf.out', 'coverage'];
  const folders = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !generated.includes(entry.name))
    .map(({ name }) => name);
  expect(shown.sort()).toEqual(['main.ts', ...folders].sort());
});
