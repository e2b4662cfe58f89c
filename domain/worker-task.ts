import * as z from 'zod';
import { ConfigurationError } from './errors.ts';
import { JobId } from './job.ts';

/** A part of a render that several machines share: the `number`th of `of`, from 1. */
export const Shard = z
  .object({ number: z.number().int().min(1), of: z.number().int().min(2) })
  .refine(({ number, of }) => number <= of, 'number must not be above of');
export type Shard = z.infer<typeof Shard>;

/** The task of one worker machine, as its environment contains it. */
export const WorkerTask = z.object({
  WORKER: z.enum(['renderer', 'uploader']),
  JOB_ID: JobId,
  /** Step Functions allows 2,048 characters (API reference, SendTaskSuccess). */
  TASK_TOKEN: z.string().min(1).max(2048),
  /** JSON of the shard; absent on a machine that does the whole task. */
  SHARD: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(Shard)
    .optional(),
});
export type WorkerTask = z.infer<typeof WorkerTask>;

/** Hash of everything that a machine which can stay was started with, apart from its task; set where machines stay. */
export const MachineKind = z.object({ MACHINE_KIND: z.string().optional() });

/** Seconds after boot after which a timer powers a machine off that can stay; the image tells the worker in this variable. */
export const machineLife = { MACHINE_SECONDS: '43200' };

/** Seconds after which the watchdog of the image powers a machine off that still works on one task. */
export const taskSeconds = { renderer: 15_300, uploader: 8_100 } as const;

/**
 * Environment of a worker. By default glibc keeps one arena for every few of a worker's threads, which takes half as much
 * memory again as they use; it also learns to keep large pictures in arenas, which grow as they fragment (mallopt(3)). The
 * unit in the image sets the same.
 */
export const workerMemory = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' };

/** EC2's limit for user data before base64, in bytes (EC2 user guide). */
const maxUserData = 16 * 1024;

const environmentFile = '/etc/manga-pipeline/worker.env';
const opening = `install -D -m 600 /dev/stdin ${environmentFile} <<'WORKER_ENVIRONMENT'`;
const closing = 'WORKER_ENVIRONMENT';

/** Quotes a value for an EnvironmentFile (systemd.exec(5)): double quotes, a backslash before these four characters. */
const quoted = (value: string) => `"${value.replace(/["\\`$]/g, '\\$&')}"`;
const unquoted = (text: string) => text.slice(1, -1).replace(/\\(["\\`$])/g, '$1');

/**
 * Returns the boot script of a worker machine: it writes the environment file of the systemd unit and starts the unit.
 * Values are data inside a quoted heredoc, so nothing in them is ever run; a line break could end the heredoc
 * and is rejected.
 */
export function renderUserData(environment: Readonly<Record<string, string>>): string {
  const lines = Object.entries(environment).map(([name, value]) => {
    if (!/^[A-Z][A-Z0-9_]*$/.test(name))
      throw new ConfigurationError(`User data: ${name} is not a variable name`);
    if (/[\r\n\0]/.test(value))
      throw new ConfigurationError(`User data: ${name} has a line break in its value`);
    return `${name}=${quoted(value)}`;
  });
  const script = [
    '#!/bin/bash',
    'set -eu',
    opening,
    ...lines,
    closing,
    'systemctl start manga-pipeline-worker',
    '',
  ];
  const text = script.join('\n');
  const size = Buffer.byteLength(text);
  if (size > maxUserData)
    throw new ConfigurationError(`User data is ${size} bytes, EC2 accepts ${maxUserData}`);
  return text;
}

/** Reads the environment back from a boot script, which the local EC2 does instead of booting. */
export function parseUserData(script: string): Record<string, string> {
  const lines = script.split('\n');
  const from = lines.indexOf(opening);
  const to = lines.indexOf(closing, from);
  if (from < 0 || to < 0) throw new ConfigurationError('User data has no worker environment');
  return Object.fromEntries(
    lines.slice(from + 1, to).map((line) => {
      const equals = line.indexOf('=');
      return [line.slice(0, equals), unquoted(line.slice(equals + 1))];
    }),
  );
}
