import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename } from 'node:path';
import type { Plugin } from 'esbuild';
import { BundleRefused } from './bundle-refused.ts';

const noSuchCredentials = `
  const next = () => async () => {
    throw Object.assign(new Error('A bundle has no credentials of a person'), { tryNextLink: true });
  };
  export { next as fromIni, next as fromProcess, next as fromSSO, next as fromTokenFile };
`;

/**
 * Removes parts of packages that nothing in the cloud uses: zod's messages in every language, a fetch that Node
 * includes, and the credential providers for a person's machine. A function gets its credentials from the environment, a
 * machine from its metadata; every other provider reports "try the next".
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
    // An option of `debug` that a development tool would need.
    build.onLoad({ filter: /[\\/]node_modules[\\/]supports-color[\\/]/ }, () => ({
      contents: 'module.exports = false;',
    }));
    // The older of its two versions is CommonJS, below lib/; the newer is not, and does not define `module`.
    build.onLoad({ filter: /[\\/]node_modules[\\/]node-fetch[\\/]lib[\\/]/ }, () => ({
      contents: 'module.exports = globalThis.fetch;',
    }));
    build.onLoad({ filter: /[\\/]node_modules[\\/]node-fetch[\\/]src[\\/]/ }, () => ({
      contents: 'export default globalThis.fetch;',
    }));
  },
};

/**
 * A named import of a Node module reads every export, and some load much more: those of `node:http` all of undici,
 * those of `node:fs` the streams. Imported as an object, it loads only what is used, which saves 15 ms of a cold
 * start. A dynamic import gets Node's module itself and takes its names from it.
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

/**
 * The schema tables of the AWS SDK have constants as computed keys, `{ [_xN]: _AC }`. esbuild keeps every row of such a table, used or
 * not, because computing a key could have an effect: 530 kB of EC2's. A literal key can't, so the rows that nothing refers to are left
 * out.
 */
export const literalKeys: Plugin = {
  name: 'literal-keys',
  setup(build) {
    const filter = /[\\/]@aws-sdk[\\/]client-[\w-]+[\\/]dist-es[\\/]schemas[\\/]\w+\.js$/;
    build.onLoad({ filter }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const constants = new Map(
        [...text.matchAll(/^const (\w+) = ("[^"\\]*");$/gm)].map(([, name, value]) => [name, value]),
      );
      return { contents: text.replace(/\[(\w+)\](?=:)/g, (key, name) => constants.get(name) ?? key) };
    });
  },
};

/**
 * The AI SDK imports zod as an object with all of its functions, of which esbuild can leave none out, also for the code that shares zod
 * with it: 90 kB that a function runs when it starts. Of a namespace it keeps what is used.
 */
export const zodByName: Plugin = {
  name: 'zod-by-name',
  setup(build) {
    const whole = /\bimport \{ z(?: as (\w+))? \} from (["']zod\/v4["'])/g;
    build.onLoad({ filter: /[\\/]node_modules[\\/](?:ai|@ai-sdk)[\\/].*\.m?js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(
        whole,
        (_, name = 'z', module) => `import * as ${name} from ${module}`,
      ),
    }));
  },
};

/** Runs on every V8 since 2023, on both architectures; tesseract.js asks for it, although the LSTM core is enough. */
export const tesseractCore = 'tesseract-core-relaxedsimd';

/** tesseract.js starts a thread by the path of its source; in a bundle the thread is next to it. */
export const tesseractThread: Plugin = {
  name: 'tesseract-thread',
  setup(build) {
    build.onLoad({ filter: /tesseract\.js[\\/]src[\\/]worker[\\/]node[\\/]defaultOptions\.js$/ }, () => ({
      contents: `module.exports = {
        ...require('../../constants/defaultOptions'),
        workerPath: require('node:path').join(__dirname, 'tesseract-thread.cjs'),
      };`,
    }));
    // The cores for older engines and for other kinds of recognition are never used.
    build.onResolve({ filter: /^tesseract\.js-core\// }, ({ path }) =>
      path === `tesseract.js-core/${tesseractCore}` ? undefined : { path, external: true },
    );
  },
};

const startsModule = /new URL\('\.\/([^']+)\.ts', import\.meta\.url\)/g;

/**
 * Handles the sources of this project. A module that is started by its path, as a thread, is a separate entry next to
 * the one that starts it. Any other module would be missing at run time, so it is rejected here unless it is excluded.
 */
export const ownSources = (entries: readonly string[], leftOut: readonly string[]): Plugin => ({
  name: 'own-sources',
  setup(build) {
    build.onLoad({ filter: /[\\/](aws|domain|functions|providers|workers)[\\/][^?]*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const started = [...text.matchAll(startsModule)].map(([, name]) => name ?? '');
      const unknown = started.find((name) => !entries.includes(name) && !leftOut.includes(name));
      if (unknown)
        throw new BundleRefused(
          `${basename(path)} starts ${unknown}.ts, which is not an entry of any bundle`,
        );
      return {
        contents: text.replace(startsModule, "new URL('./$1.mjs', import.meta.url)"),
        loader: 'ts',
      };
    });
  },
});
