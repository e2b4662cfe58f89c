import { constants } from 'node:fs';
import { access, chmod, copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, extname, isAbsolute, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError } from '../../domain/errors.ts';
import { runProcess } from './run-process.ts';

interface Program {
  name: 'ffmpeg' | 'ffprobe';
  /** npm package with a binary package for each platform. */
  npmPackage: string;
  setting: string;
}

/** PATH_MAX of Linux, in bytes. */
const longestPath = 4096;

const ffmpeg: Program = { name: 'ffmpeg', npmPackage: '@ffmpeg-installer', setting: 'FFMPEG_PATH' };
const ffprobe: Program = { name: 'ffprobe', npmPackage: '@ffprobe-installer', setting: 'FFPROBE_PATH' };

/**
 * Finds the FFmpeg to run: `setting` if given, otherwise the one on PATH, otherwise the one of the npm package
 * @ffmpeg-installer. Returns a path, so that a process without PATH can start it. Throws ConfigurationError when a setting
 * does not name an executable file, or when none is found.
 */
export function findFfmpeg(setting: string | undefined): Promise<string> {
  return find(ffmpeg, setting);
}

/** Like findFfmpeg, for ffprobe. */
export function findFfprobe(setting: string | undefined): Promise<string> {
  return find(ffprobe, setting);
}

async function find(program: Program, setting: string | undefined): Promise<string> {
  if (setting) {
    if (await isExecutable(setting)) return setting;
    throw new ConfigurationError(
      `${program.setting} is ${setting}, which is not an executable file. Set ${program.setting} to an ${program.name} binary, or leave it empty.`,
    );
  }
  const { path, broken } = await findOnPath(program);
  if (path !== undefined && broken === undefined) return path;
  const reason =
    broken === undefined ? `No ${program.name} is on PATH` : `${path} does not start (${broken})`;
  const packaged = await findInPackage(program);
  if (packaged === undefined)
    throw new ConfigurationError(
      `${reason}, and ${program.npmPackage}/${program.name} brings none for this platform. Set ${program.setting} to an ${program.name} binary.`,
    );
  if (broken !== undefined) warnOnce(`${reason}; ${packaged} is used instead`);
  return packaged;
}

const warned = new Set<string>();
function warnOnce(text: string): void {
  if (!warned.has(text)) process.stderr.write(`${text}\n`);
  warned.add(text);
}

/** Asks the shell, which resolves PATH; no variable is read here. `broken` says why the program does not start. */
async function findOnPath(program: Program): Promise<{ path?: string; broken?: string }> {
  let path = '';
  const onOutput = (chunk: Buffer) => {
    if (path.length < longestPath) path += chunk.toString('utf8');
  };
  const timeoutMs = 10_000;
  try {
    await runProcess('/bin/sh', ['-c', 'command -v "$0"', program.name], { timeoutMs, onOutput });
  } catch {
    // The shell found none, or there is no shell.
    return {};
  }
  path = path.trimEnd();
  if (!isAbsolute(path)) return {};
  try {
    await runProcess(path, ['-version'], { timeoutMs });
    return { path };
  } catch (error) {
    return { path, broken: (error as Error).message };
  }
}

async function findInPackage(program: Program): Promise<string | undefined> {
  const require = createRequire(import.meta.url);
  const platformPackage = `${program.npmPackage}/${process.platform}-${process.arch}`;
  let binary: string;
  try {
    binary = join(dirname(require.resolve(`${platformPackage}/package.json`)), fileName(program));
    await stat(binary);
  } catch {
    return undefined;
  }
  return (await isExecutable(binary)) ? binary : executableCopy(binary);
}

/**
 * npm leaves a package's binary without the executable bit if its install script did not run, and an installation can be
 * read-only: so a copy is kept in the user's folder below the system's temporary folder.
 */
export async function executableCopy(binary: string): Promise<string> {
  const { size, mtimeMs } = await stat(binary);
  const folder = join(tmpdir(), `manga-pipeline-${userInfo().uid}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // On a shared machine another user could have created the folder first and put a program there.
  if (process.platform !== 'win32' && (await stat(folder)).uid !== process.getuid?.()) {
    throw new ConfigurationError(`${folder} belongs to another user; remove it or set FFMPEG_PATH.`);
  }
  const version = `${size}-${Math.round(mtimeMs)}`;
  const extension = extname(binary);
  const copy = join(folder, `${basename(binary, extension)}-${version}${extension}`);
  if (await isExecutable(copy)) return copy;
  const unfinished = `${copy}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    await copyFile(binary, unfinished, constants.COPYFILE_FICLONE);
    await chmod(unfinished, 0o755);
    await untilRunnable(unfinished);
    await rename(unfinished, copy);
  } finally {
    await rm(unfinished, { force: true });
  }
  return copy;
}

const busyMs = 5000;
const retryMs = 20;

/**
 * Waits until no process has a program open for writing, for five seconds at most. A process that was started during the copy has it open
 * until it runs its own program, and until then the system refuses to run the copy (ETXTBSY).
 */
export async function untilRunnable(program: string): Promise<void> {
  for (const end = performance.now() + busyMs; performance.now() < end; await sleep(retryMs)) {
    try {
      await runProcess(program, ['-version'], { timeoutMs: busyMs });
      return;
    } catch (error) {
      // Other failures are reported where the program is used.
      if ((error as NodeJS.ErrnoException).code !== 'ETXTBSY') return;
    }
  }
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

function fileName(program: Program): string {
  return process.platform === 'win32' ? `${program.name}.exe` : program.name;
}
