import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { functionNames } from '../../config/functions.ts';
import { projectSources } from '../../local/pipeline.ts';
import { bundledModules } from '../../scripts/bundle/bundle.ts';
import { namesOf } from '../../scripts/bundle/compile.ts';
import { compileThroughCache } from '../../scripts/bundle/compile-cache.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const entries = [
  ...functionNames.map((name) => ({
    out: `functions/${name}/index`,
    in: name === 'render' ? 'lab/crash/light-render.ts' : `functions/${name}/handler.ts`,
  })),
  { out: 'workers/uploader/index', in: 'workers/uploader/main.ts' },
  { out: 'workers/renderer/index', in: 'lab/crash/light-renderer.ts' },
];

/**
 * Bundles the functions and workers as for a deployment, since they start so often, in the layout of the local cloud.
 */
export async function buildInto(folder: string) {
  // With the names of the bundles, so that functions are compiled once for both.
  const names = namesOf([...entries, ...bundledModules()]);
  const compiled = await compileThroughCache(root, entries, join(root, 'dist/compiled'), names);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [out, { code }] of compiled) {
    const [part = '', name = ''] = out.split('/');
    const home = join(folder, part, name);
    mkdirSync(home, { recursive: true });
    for (const [file, bytes] of code) writeFileSync(join(home, file), bytes);
    const [main, text] =
      part === 'workers'
        ? ['main.ts', `import './index.mjs';`]
        : ['handler.ts', `export * from './index.mjs';`];
    writeFileSync(join(home, main), text);
  }
  // The page reader's data, which a bundle has beside its code.
  symlinkSync(join(root, 'packages/comic-reader/src/data'), join(folder, 'functions/scriptgen/data'));
  return {
    functions: join(folder, 'functions'),
    workers: join(folder, 'workers'),
    flow: projectSources.flow,
  };
}
