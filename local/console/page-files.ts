/** Builds the page's files from their sources at the first request. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** The page's files, each with its type, by path; any other path is the page. */
export type PageFiles = Readonly<Record<string, readonly [type: string, text: string]>>;

const folder = join(import.meta.dirname, 'page');

/** Bundles `main.tsx` and `style.css` with their imports into one file each. Throws a syntax error with its location. */
export async function buildPage(): Promise<PageFiles> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'main.tsx'), join(folder, 'style.css')],
    outdir: folder,
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
    legalComments: 'none',
  });
  const [script = '', style = ''] = outputFiles.map(({ text }) => text);
  const version = createHash('sha256').update(script).update(style).digest('hex').slice(0, 12);
  return {
    '/': ['text/html; charset=utf-8', shell(version)],
    '/script.js': ['text/javascript; charset=utf-8', script],
    '/style.css': ['text/css; charset=utf-8', style],
    '/icon.svg': ['image/svg+xml', icon],
  };
}

const shell = (version: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>manga-pipeline console</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css?${version}">
<script type="module" src="/script.js?${version}"></script>
</head>
<body><div id="console"><noscript>The console needs JavaScript.</noscript></div></body>
</html>
`;

/** The icon: a panel with two frames and a bubble. */
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f5fbf"/><g fill="#fff"><rect x="6" y="6" width="9" height="20" rx="1.5"/><rect x="17" y="6" width="9" height="9" rx="1.5"/><circle cx="21.5" cy="21.5" r="4.5"/></g></svg>`;
