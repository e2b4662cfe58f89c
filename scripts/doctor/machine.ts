import { execFile } from 'node:child_process';
import { access, statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFfmpeg, findFfprobe } from '../../providers/media/find-media-binary.ts';
import { type Check, fail, ok, warn } from './check.ts';

const run = async (program: string, args: readonly string[]): Promise<string> =>
  (await promisify(execFile)(program, [...args], { timeout: 20_000, maxBuffer: 16 * 1024 * 1024 })).stdout;

const firstLine = (text: string) => text.split('\n')[0]?.trim() ?? '';
const versionIn = (text: string) => firstLine(text).replace(/ Copyright.*/, '');
const gigabytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GB`;

/** Requirements of `make demo` and `make dev`. */
export const machineChecks = (root: string, ffmpegSetting?: string, ffprobeSetting?: string): Check[] => {
  const require = createRequire(join(root, 'package.json'));
  return [
    {
      name: 'Node',
      look: async () =>
        Number.parseInt(process.versions.node, 10) >= 24
          ? ok(process.version)
          : fail(process.version, 'run it with make, which uses the Node 24 that npm installed'),
    },
    installed(root, ffmpegSetting, {
      name: 'FFmpeg',
      look: async () => {
        const ffmpeg = await findFfmpeg(ffmpegSetting);
        const encoders = await run(ffmpeg, ['-hide_banner', '-encoders']);
        const missing = ['libx264', 'libmp3lame', 'aac'].filter((one) => !encoders.includes(` ${one} `));
        return missing.length === 0
          ? ok(versionIn(await run(ffmpeg, ['-version'])))
          : fail(`${ffmpeg} can't write ${missing.join(', ')}`, 'set FFMPEG_PATH to one that can');
      },
    }),
    installed(root, ffprobeSetting, {
      name: 'ffprobe',
      look: async () => ok(versionIn(await run(await findFfprobe(ffprobeSetting), ['-version']))),
    }),
    installed(root, undefined, {
      name: 'embedded voice',
      look: async () => ok(`espeak-ng ${require('@echogarden/espeak-ng-emscripten/package.json').version}`),
    }),
    installed(root, undefined, {
      name: 'reading Vietnamese',
      look: async () => {
        await access(join(root, 'node_modules/@tesseract.js-data/vie/4.0.0_best_int/vie.traineddata.gz'));
        return ok('trained data is installed');
      },
    }),
    installed(root, undefined, {
      name: 'fonts',
      look: async () => {
        await access(join(root, 'node_modules/@fontsource/baloo-2/files/baloo-2-vietnamese-400-normal.woff'));
        return ok('Baloo 2 with every Vietnamese letter');
      },
    }),
    {
      name: 'disk',
      look: async () => {
        const { bavail, bsize } = await statfs(root);
        const free = bavail * bsize;
        return free > 5 * 1024 ** 3
          ? ok(`${gigabytes(free)} free`)
          : warn(
              `${gigabytes(free)} free`,
              'free some space: a long chapter takes a few GB while it is rendered',
            );
      },
    },
    {
      name: 'memory',
      look: async () =>
        totalmem() > 2 * 1024 ** 3
          ? ok(gigabytes(totalmem()))
          : warn(gigabytes(totalmem()), 'rendering takes up to 1.5 GB in addition to other programs'),
    },
  ];
};

/** Returns the check of a part that npm installs, unless a setting names another one. */
const installed = (root: string, setting: string | undefined, { name, look }: Check): Check => ({
  name,
  async look() {
    try {
      return await look();
    } catch (error) {
      if (setting) throw error;
      const { message } = error as Error;
      return fail(message.split('\n')[0] ?? '', 'npm ci', {
        command: 'npm ci',
        run: async () => void (await promisify(execFile)('npm', ['ci'], { cwd: root, timeout: 600_000 })),
      });
    }
  },
});

/** Oldest versions that work: Terraform for a lock in S3 without a table, Packer for plugins. */
const tools = [
  { name: 'terraform', args: ['version'], oldest: '1.10.0', use: 'to plan and deploy' },
  { name: 'packer', args: ['--version'], oldest: '1.7.0', use: 'to build the machine image (make ami)' },
  { name: 'git', args: ['--version'], oldest: '2.0.0', use: 'for plans that are reviewed' },
];

/** Programs that only a deployment needs. */
export const toolChecks = (find = run): Check[] =>
  tools.map(({ name, args, oldest, use }) => ({
    name,
    async look() {
      const fix = `install ${name} ${oldest} or newer ${use}`;
      const found = await find(name, args).then(firstLine, () => undefined);
      if (found === undefined) return warn('is missing', fix);
      const [version = '0'] = /\d+(\.\d+)+/.exec(found) ?? [];
      return version.localeCompare(oldest, 'en', { numeric: true }) < 0
        ? warn(`${found} is too old`, fix)
        : ok(found);
    },
  }));
