import { rename, rm, stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { SigningIdentity } from './signing-identity.ts';
import type { SigningOrder } from './signing-thread.ts';
import { digitalSourceType } from './synthetic-mark.ts';

const gigabyte = 1e9;
/** The library holds the whole signed video, several times while it grows (measured: 4.5 bytes for each byte of a video of 586 MB). */
const memoryPerByte = 5;
/** WebAssembly has at most 4 GiB. */
const largest = gigabyte;

/** The same statement as the XMP of a video: drawn pages, with a voice and perhaps words of a machine. */
const manifest = {
  claim_generator_info: [{ name: 'manga-pipeline' }],
  format: 'video/mp4',
  assertions: [
    {
      label: 'c2pa.actions.v2',
      data: {
        actions: [{ action: 'c2pa.created', digitalSourceType }],
      },
    },
  ],
};

export interface SigningLimits {
  signal: AbortSignal;
  /** Bytes of memory that this process can still take. */
  available?: number;
}

/**
 * Signs an MP4 file with a C2PA manifest, in place. Returns why it was not signed if it is too large for the library or the memory. Throws
 * if the library refuses the certificate or the file, or the signal's reason.
 */
export async function signVideo(
  file: string,
  identity: SigningIdentity,
  { signal, available = process.availableMemory() }: SigningLimits,
): Promise<string | undefined> {
  const { size } = await stat(file);
  const needed = size * memoryPerByte;
  if (size > largest)
    return `a video of ${inGigabytes(size)} GB is larger than the ${inGigabytes(largest)} GB that can be signed`;
  if (needed > available)
    return `signing a video of ${inGigabytes(size)} GB takes ${inGigabytes(needed)} GB of memory, and there are ${inGigabytes(available)}`;
  const signed = `${file}.signed`;
  try {
    await inThread({ file, signed, manifest, identity }, signal);
    await rename(signed, file);
  } finally {
    await rm(signed, { force: true });
  }
  return undefined;
}

/** Returns a signer of the videos of a job, and the reasons why some of them are not signed, as far as it came. */
export function videoSigner(identity: SigningIdentity, limits: SigningLimits) {
  const unsigned = new Set<string>();
  return {
    unsigned,
    async sign(file: string): Promise<void> {
      const reason = await signVideo(file, identity, limits);
      if (reason) unsigned.add(reason);
    },
  };
}

const inGigabytes = (bytes: number) => (bytes / gigabyte).toFixed(1);

/** The library checks what it signed, and prints the whole result; returns the reasons in it, like `certificate missing required EKU`. */
function problemIn(failure: string): string {
  const [, failed = ''] = failure.split('failure: [');
  const reasons = [...failed.matchAll(/code: "([^"]+)".*?explanation: Some\("([^"]+)"\)/g)].flatMap(
    // Nobody's list of trusted certificates is used.
    ([, code, reason = '']) => (code === 'signingCredential.untrusted' ? [] : [reason]),
  );
  return reasons.join('; ') || failure.slice(0, 300);
}

async function inThread(order: SigningOrder, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const thread = new Worker(new URL('./signing-thread.ts', import.meta.url), {
    workerData: order,
    env: {},
    execArgv: ['--no-warnings'],
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  thread
    .on('message', (reply: { signed: true } | { failure: string }) =>
      'failure' in reply ? reject(new Error(`signing failed: ${problemIn(reply.failure)}`)) : resolve(),
    )
    .once('error', (error) => reject(new Error(`signing failed: ${error.message}`, { cause: error })))
    .once('exit', () => reject(new Error('signing failed: the thread ended')));
  try {
    await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    await thread.terminate();
  }
}
