import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename } from 'node:path';
import type { Plugin } from 'esbuild';
import { BundleRefused } from './bundle-refused.ts';
import { deepImports } from './lean-sdk.ts';

const noSuchCredentials = `
  const next = () => async () => {
    throw Object.assign(new Error('A bundle has no credentials of a person'), { tryNextLink: true });
  };
  export { next as fromIni, next as fromProcess, next as fromSSO, next as fromTokenFile };
`;

/**
 * Parts of packages that nothing in the cloud uses: zod's messages in every language, a fetch that Node has itself, and
 * the ways to credentials of a person's machine. A function gets its own in the environment, a machine from its
 * metadata; to every other way the answer is "try the next".
 */
export const withoutBallast: Plugin = {
  name: 'without-ballast',
  setup(build) {
    build.onResolve(
      { filter: /^@aws-sdk\/credential-provider-(ini|process|sso|web-identity)$/ },
      ({ path }) => ({
        path,
        namespace: 'of-a-person',
      }),
    );
    build.onLoad({ filter: /.*/, namespace: 'of-a-person' }, () => ({ contents: noSuchCredentials }));
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: 'export {};',
    }));
    // An option of `debug` that is here because a tool of developers needs it.
    build.onLoad({ filter: /[\\/]node_modules[\\/]supports-color[\\/]/ }, () => ({
      contents: 'module.exports = false;',
    }));
    // Of its two versions the older is CommonJS, below lib/; the newer is not, and knows no `module`.
    build.onLoad({ filter: /[\\/]node_modules[\\/]node-fetch[\\/]lib[\\/]/ }, () => ({
      contents: 'module.exports = globalThis.fetch;',
    }));
    build.onLoad({ filter: /[\\/]node_modules[\\/]node-fetch[\\/]src[\\/]/ }, () => ({
      contents: 'export default globalThis.fetch;',
    }));
  },
};

/**
 * Importing a module of Node's by `import` asks for every name that it exports, and some load much more: those of
 * `node:http` all of undici, those of `node:fs` the streams. Taken as an object it loads what is used, which is a third
 * of a cold start. What imports one while it runs gets the module of Node itself, whose names it takes out of it.
 */
export const plainBuiltins: Plugin = {
  name: 'plain-builtins',
  setup(build) {
    const filter = new RegExp(`^(node:)?(${builtinModules.join('|')})$`);
    build.onResolve({ filter }, ({ path, kind }) => {
      const name = path.replace('node:', '');
      return kind === 'dynamic-import'
        ? { path: `node:${name}`, external: true }
        : { path: name, namespace: 'of-node' };
    });
    build.onLoad({ filter: /.*/, namespace: 'of-node' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path}');`,
    }));
  },
};

/** For every V8 since 2023, on either architecture; tesseract.js asks for it, though the smaller LSTM core would do. */
export const tesseractCore = 'tesseract-core-relaxedsimd';

/** tesseract.js starts a thread by the path of its own source; in a bundle the thread lies beside. */
export const tesseractThread: Plugin = {
  name: 'tesseract-thread',
  setup(build) {
    build.onLoad({ filter: /tesseract\.js[\\/]src[\\/]worker[\\/]node[\\/]defaultOptions\.js$/ }, () => ({
      contents: `module.exports = {
        ...require('../../constants/defaultOptions'),
        workerPath: require('node:path').join(__dirname, 'tesseract-thread.cjs'),
      };`,
    }));
    // The cores for older engines and for other kinds of recognition are never asked for.
    build.onResolve({ filter: /^tesseract\.js-core\// }, ({ path }) =>
      path === `tesseract.js-core/${tesseractCore}` ? undefined : { path, external: true },
    );
  },
};

const startsModule = /new URL\('\.\/([^']+)\.ts', import\.meta\.url\)/g;
const wholeZod = /import \{ z(?: as (\w+))? \} from (['"])(zod(?:\/v4)?)\2/g;

/** `z` as a name brings all of zod; as a namespace, what is used of it: half. */
const leanZod = (text: string) =>
  text.replace(wholeZod, (_, alias: string | undefined, quote: string, module: string) => {
    return `import * as ${alias ?? 'z'} from ${quote}${module}${quote}`;
  });

/**
 * The sources of this project. A module that is started by its path, as a thread, is an entry of its own beside the one
 * that starts it. What is neither that nor left out on purpose would be missed only when it runs, so it is refused here.
 */
export const ownSources = (entries: readonly string[], leftOut: readonly string[]): Plugin => ({
  name: 'own-sources',
  setup(build) {
    build.onLoad({ filter: /[\\/](aws|domain|functions|providers|workers)[\\/][^?]*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const started = [...text.matchAll(startsModule)].map(([, name]) => name ?? '');
      const unknown = started.find((name) => !entries.includes(name) && !leftOut.includes(name));
      if (unknown)
        throw new BundleRefused(`${basename(path)} starts ${unknown}.ts, which is no entry of any bundle`);
      const contents = leanZod(
        deepImports(text).replace(startsModule, "new URL('./$1.mjs', import.meta.url)"),
      );
      return { contents, loader: 'ts' };
    });
  },
});

/** The AI SDK imports zod as this project does. */
export const leanAiSdk: Plugin = {
  name: 'lean-ai-sdk',
  setup(build) {
    build.onLoad(
      { filter: /[\\/]node_modules[\\/](@ai-sdk[\\/][^\\/]+|ai)[\\/]dist[\\/][^?]*\.m?js$/ },
      ({ path }) => ({
        contents: leanZod(readFileSync(path, 'utf8')),
      }),
    );
  },
};
