import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gunzipSync } from 'node:zlib';
import { functionNames } from '../../config/functions.ts';
import { readLockfile } from '../supply-chain/lockfile.ts';
import { bundle } from './bundle.ts';
import { compile } from './compile.ts';
import { deflater } from './deflate.ts';
import { ffmpegArchives } from './ffmpeg.ts';
import { refuseLocalOnly, sharpBinaries } from './packages.ts';
import { refuseLarge } from './sizes.ts';
import { tgz } from './tar.ts';
import { zip } from './zip.ts';

const root = join(import.meta.dirname, '..', '..');
const scratch = () => mkdtempSync(join(tmpdir(), 'bundle-'));
const { deflate } = deflater(join(scratch(), 'deflated'));
const lock = await readLockfile(root);

/** Compressing takes half a minute, and the result depends on nothing but the content (deflate.test.ts). */
const deflated = scratch();

/** Copies the sources to another place, with other modification times and nothing compiled. */
function copyOfProject(): string {
  const copy = scratch();
  mkdirSync(join(copy, 'dist'));
  symlinkSync(deflated, join(copy, 'dist', 'deflated'));
  for (const part of ['aws', 'asl', 'domain', 'functions', 'providers', 'workers', 'config'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  for (const part of ['package.json', 'package-lock.json', 'tsconfig.json'])
    cpSync(join(root, part), join(copy, part));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const time = new Date(Date.UTC(2001, 1, 3));
  for (const entry of readdirSync(join(copy, 'functions'), { recursive: true, withFileTypes: true }))
    if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), time, time);
  return copy;
}

const project = copyOfProject();
const first = await bundle(project, { architecture: 'x86_64' });

test('a bundle has only the rows of the SDK’s tables that its commands use', async () => {
  const entry = { out: 'functions/start-uploader/index', in: 'functions/start-uploader/handler.ts' };
  const { code } = (await compile(root, [entry])).get(entry.out) ?? {};
  const text = Buffer.concat([...(code?.values() ?? [])]).toString();
  expect(text).toContain('RunInstancesRequest');
  expect(text).not.toContain('CreateVpcRequest');
});

test('a bundle with the AI SDK has only the functions of zod that are used', async () => {
  const entry = { out: 'narrator', in: 'providers/narrators/llm/llm-narrator.ts' };
  const inputs = (await compile(root, [entry])).get(entry.out)?.inputs ?? [];
  expect(inputs).toContain('node_modules/zod/v4/core/to-json-schema.js');
  expect(inputs).not.toContain('node_modules/zod/v4/classic/from-json-schema.js');
});

test('the same sources with another path and other modification times give the same bytes', async () => {
  expect(await bundle(copyOfProject(), { architecture: 'x86_64' })).toEqual(first);
  expect(first.map(({ file }) => file)).toEqual([
    ...functionNames.map((name) => `functions/${name}.zip`),
    'layers/sharp-x86_64.zip',
    'workers/renderer-x86_64.tgz',
    'workers/uploader-x86_64.tgz',
  ]);
  const sizes = first.filter(({ file }) => file.startsWith('functions/')).map(({ bytes }) => bytes);
  expect(sizes.sort((a, b) => a - b)[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(400_000);
});

// In the same place: what is cached for a module counts only while all its sources are the same.
test('a changed permission or time limit changes no bundle', async () => {
  const change = (file: string, from: RegExp, to: string) => {
    const path = join(project, 'config', file);
    const text = readFileSync(path, 'utf8');
    expect(text).toMatch(from);
    writeFileSync(path, text.replace(from, to));
  };
  change('functions.ts', /'sns:Publish'/, "'sns:Publish', 'sns:GetTopicAttributes'");
  change('functions.ts', /timeout: 30/, 'timeout: 31');
  change(
    'workers.ts',
    /'states:SendTaskHeartbeat'/,
    "'states:SendTaskHeartbeat', 'states:DescribeExecution'",
  );
  expect(await bundle(project, { architecture: 'x86_64' })).toEqual(first);
});

test('rejects a package for one machine only by name, wherever it is imported', async () => {
  const folder = scratch();
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'functions'));
  writeFileSync(
    join(folder, 'functions/a.ts'),
    "import espeak from '@echogarden/espeak-ng-emscripten'; export const handler = () => espeak();",
  );
  const compiled = await compile(folder, [{ out: 'functions/a', in: 'functions/a.ts' }]);
  const inputs = compiled.get('functions/a')?.inputs ?? [];
  expect(() => refuseLocalOnly('functions/a', inputs, lock)).toThrow(
    'functions/a pulls in @echogarden/espeak-ng-emscripten, which is for one machine only',
  );
  expect(() => refuseLocalOnly('functions/b', ['node_modules/dynalite/index.js'], lock)).toThrow(/dynalite/);
  expect(() =>
    refuseLocalOnly('functions/b', ['node_modules/step-functions-local/src/index.ts'], lock),
  ).toThrow(/step-functions-local/);
  expect(() =>
    refuseLocalOnly('functions/c', ['node_modules/zod/index.js', 'domain/job.ts'], lock),
  ).not.toThrow();
});

test('rejects a module that is started by path but does not exist', async () => {
  const folder = scratch();
  mkdirSync(join(folder, 'workers'));
  writeFileSync(
    join(folder, 'workers/a.ts'),
    "import { Worker } from 'node:worker_threads'; new Worker(new URL('./lost.ts', import.meta.url));",
  );
  await expect(compile(folder, [{ out: 'workers/a', in: 'workers/a.ts' }])).rejects.toThrow(
    /a\.ts starts lost\.ts, which is not an entry of any bundle/,
  );
});

test('names the command that installs a missing platform package', async () => {
  const other = process.arch === 'arm64' ? 'x86_64' : 'arm64';
  await expect(sharpBinaries(scratch(), other, lock, 'node_modules')).rejects.toThrow(
    /is not installed here; get it with: npm install --prefix dist\/platforms\/linux-\w+ --no-save/,
  );
});

test('rejects a bundle that is too large without a reason', () => {
  const large = { bytes: 1_500_001, sha256: '' };
  expect(() => refuseLarge([{ file: 'functions/cleanup.zip', ...large }])).toThrow(
    /functions\/cleanup\.zip has 1,500 kB/,
  );
  expect(() => refuseLarge([{ file: 'functions/scriptgen.zip', ...large }])).not.toThrow();
});

describe('FFmpeg for functions', () => {
  test('is a program in a layer with its licence, and the same program for machines, and both fit', async () => {
    const { unzipSync } = await import('fflate');
    const stored = async (bytes: Uint8Array) => deflateRawSync(bytes, { level: 1 });
    const [[layer, zipped], [file, packed]] = (await ffmpegArchives({
      ...{ root, architecture: 'x86_64', lock, deflate: stored },
    })) as [[string, Buffer], [string, Buffer]];
    expect([layer, file]).toEqual(['layers/ffmpeg-x86_64.zip', 'layers/ffmpeg-x86_64.gz']);
    const files = unzipSync(zipped);
    expect(Object.keys(files)).toEqual([
      ...['bin/ffmpeg', 'share/ffmpeg/COPYING.GPLv3', 'share/ffmpeg/SOURCE'],
    ]);
    expect(gunzipSync(packed).equals(files['bin/ffmpeg'] ?? Buffer.alloc(0))).toBe(true);
    // Lambda's limits: 50 MB for an upload, 250 MB for a function with its layers (quotas of Lambda).
    expect(zipped.byteLength).toBeLessThan(50 * 1024 * 1024);
    expect(Object.values(files).reduce((sum, { length }) => sum + length, 0)).toBeLessThan(150 * 1024 * 1024);
  });

  test('is in no bundle of a stage without them', () => {
    expect(first.filter(({ file }) => file.includes('ffmpeg'))).toEqual([]);
  });
});

describe('archives', () => {
  const files = new Map([
    ['b/ü.txt', Buffer.from('second')],
    ['a.txt', Buffer.alloc(2 * 1024 * 1024, 'first ')],
    ['empty', Buffer.alloc(0)],
    ['block', Buffer.alloc(512, 'x')],
  ]);
  const unpacked = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort().join(' ');

  test('tar reads the .tgz', async () => {
    const folder = scratch();
    execFileSync('tar', ['-xz', '-C', folder], { input: await tgz(files, deflate) });
    expect(unpacked(folder)).toBe('a.txt b b/ü.txt block empty');
    execFileSync('cmp', [join(folder, 'a.txt'), '-'], { input: files.get('a.txt') });
  });

  test('fflate reads the zip, as Lambda would', async () => {
    const { unzipSync } = await import('fflate');
    const read = unzipSync(await zip(files, deflate));
    expect(Object.keys(read)).toEqual(['a.txt', 'b/ü.txt', 'block', 'empty']);
    expect(Buffer.from(read['a.txt'] ?? []).equals(files.get('a.txt') ?? Buffer.alloc(0))).toBe(true);
  });

  test('the programs of a zip can be run, and other files cannot', async () => {
    const zipped = await zip(files, deflate, new Set(['a.txt']));
    // The directory of a zip: attributes at 38 of an entry, with the mode of Unix in the upper half (APPNOTE, 4.3.12).
    const modes: [string, string][] = [];
    for (let at = zipped.indexOf('PK\x01\x02'); at >= 0; at = zipped.indexOf('PK\x01\x02', at + 46)) {
      const name = zipped.toString('utf8', at + 46, at + 46 + zipped.readUInt16LE(at + 28));
      modes.push([name, (zipped.readUInt32LE(at + 38) >>> 16).toString(8)]);
    }
    expect(modes).toEqual([
      ['a.txt', '100755'],
      ...['b/ü.txt', 'block', 'empty'].map((name) => [name, '100644']),
    ]);
  });

  test('does not depend on the order of files', async () => {
    const turned = new Map([...files].reverse());
    expect((await zip(turned, deflate)).equals(await zip(files, deflate))).toBe(true);
    expect((await tgz(turned, deflate)).equals(await tgz(files, deflate))).toBe(true);
  });
});
