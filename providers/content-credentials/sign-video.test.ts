import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import load, { WasmReader } from '@contentauth/c2pa-wasm';
import { findFfmpeg } from '../media/find-media-binary.ts';
import { runFfmpeg } from '../media/run-ffmpeg.ts';
import { signVideo, videoSigner } from './sign-video.ts';
import { readIdentity } from './signing-identity.ts';

const now = new Date();
const signal = new AbortController().signal;
const pemOf = (name: string) => readFile(join(import.meta.dirname, 'testing', `${name}.pem`), 'utf8');
const identityOf = async (name: string) => readIdentity(await pemOf(name), now);

let binary: string;
let folder: string;
let original: string;
beforeAll(async () => {
  binary = await findFfmpeg(undefined);
  folder = await mkdtemp(join(tmpdir(), 'sign-video-'));
  original = join(folder, 'original.mp4');
  const picture = ['-f', 'lavfi', '-i', 'testsrc=duration=1:size=128x72'];
  const sound = ['-f', 'lavfi', '-i', 'sine=duration=1'];
  await ffmpeg([...picture, ...sound, '-movflags', '+faststart', original]);
  await load({
    module_or_path: await readFile(
      createRequire(import.meta.url).resolve('@contentauth/c2pa-wasm/c2pa.wasm'),
    ),
  });
});
afterAll(() => rm(folder, { recursive: true }));

const ffmpeg = (args: readonly string[]) => runFfmpeg(args, { binary, timeoutMs: 60_000 });

async function copy(): Promise<string> {
  const file = join(folder, 'video.mp4');
  await copyFile(original, file);
  return file;
}

/** Returns a hash of the frames and of the sound of a video. */
async function contentOf(file: string): Promise<string> {
  const hash = join(folder, 'hash.txt');
  await ffmpeg(['-i', file, '-map', '0', '-c', 'copy', '-f', 'md5', hash]);
  return readFile(hash, 'utf8');
}

interface ManifestStore {
  active_manifest: string;
  manifests: Record<
    string,
    { assertions: { label: string; data: unknown }[]; signature_info: { alg: string } }
  >;
  validation_state: string;
  validation_results: { activeManifest: { failure: { code: string }[] } };
}

/** Reads a manifest as a viewer does, with a list of trusted roots. */
async function manifestOf(file: string): Promise<ManifestStore> {
  const settings = { trust: { trust_anchors: await pemOf('root') }, verify: { verify_trust: true } };
  const reader = await WasmReader.fromBytes('video/mp4', await readFile(file), JSON.stringify(settings));
  return JSON.parse(reader.json());
}

test.each(['p256', 'rsa', 'ed25519'])(
  'a video signed with %s is trusted where its root is, and plays the same',
  async (name) => {
    const file = await copy();
    const before = await contentOf(file);
    expect(await signVideo(file, await identityOf(name), { signal })).toBeUndefined();
    const { manifests, active_manifest, validation_state } = await manifestOf(file);
    expect(validation_state).toBe('Trusted');
    const { assertions } = manifests[active_manifest] ?? { assertions: [] };
    const actions = assertions.find(({ label }) => label.startsWith('c2pa.actions'))?.data;
    expect(JSON.stringify(actions)).toContain('digitalsourcetype/compositeSynthetic');
    expect(await contentOf(file)).toBe(before);
    expect((await readdir(folder)).filter((left) => left.endsWith('.signed'))).toEqual([]);
  },
);

test('a change of a signed video shows', async () => {
  const file = await copy();
  await signVideo(file, await identityOf('p256'), { signal });
  const bytes = await readFile(file);
  bytes[bytes.length - 200] = (bytes.at(-200) ?? 0) ^ 1;
  await writeFile(file, bytes);
  const { validation_state, validation_results } = await manifestOf(file);
  expect(validation_state).toBe('Invalid');
  expect(validation_results.activeManifest.failure).toContainEqual(
    expect.objectContaining({ code: 'assertion.bmffHash.mismatch' }),
  );
});

test('a certificate for another purpose is refused, and the video stays as it is', async () => {
  const file = await copy();
  await expect(signVideo(file, await identityOf('server'), { signal })).rejects.toThrow(
    'signing failed: certificate missing required EKU',
  );
  expect(await readFile(file)).toEqual(await readFile(original));
});

test('a video that is too large for the memory is left unsigned, with the reason', async () => {
  const file = await copy();
  const why = await signVideo(file, await identityOf('p256'), { signal, available: 10_000 });
  expect(why).toMatch(/^signing a video of 0\.0 GB takes 0\.0 GB of memory/);
  expect(await readFile(file)).toEqual(await readFile(original));
});

test('a job learns why one of its videos is not signed', async () => {
  const { sign, unsigned } = videoSigner(await identityOf('p256'), { signal, available: 10_000 });
  expect([...unsigned]).toEqual([]);
  await sign(await copy());
  await sign(await copy());
  expect([...unsigned]).toEqual([expect.stringContaining('signing a video of 0.0 GB takes')]);
});

test('a file that is not a video is refused', async () => {
  const file = join(folder, 'text.mp4');
  await writeFile(file, 'not a video');
  await expect(signVideo(file, await identityOf('p256'), { signal })).rejects.toThrow(/^signing failed: /);
});

test('stops when it is aborted', async () => {
  const file = await copy();
  const stop = new AbortController();
  const signing = signVideo(file, await identityOf('p256'), { signal: stop.signal });
  stop.abort(new Error('the machine is taken away'));
  await expect(signing).rejects.toThrow('the machine is taken away');
  expect(await readFile(file)).toEqual(await readFile(original));
});
