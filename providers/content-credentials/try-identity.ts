import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '../../domain/errors.ts';
import { signVideo } from './sign-video.ts';
import { readIdentity } from './signing-identity.ts';

/** Returns a box of an MP4. */
function box(type: string, content: Uint8Array = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(head.length + content.length);
  head.write(type, 4);
  return Buffer.concat([head, content]);
}

/** An MP4 without tracks. */
const emptyVideo = Buffer.concat([box('ftyp', Buffer.from('isom\0\0\0\0isom')), box('mdat'), box('moov')]);

/**
 * Signs an empty video, which a certificate for another purpose can't. Throws ConfigurationError, without any part of the key, naming
 * what does not fit.
 */
export async function tryIdentity(pem: string): Promise<void> {
  const identity = readIdentity(pem, new Date());
  const folder = await mkdtemp(join(tmpdir(), 'signing-'));
  try {
    const file = join(folder, 'empty.mp4');
    await writeFile(file, emptyVideo);
    const why = await signVideo(file, identity, { signal: AbortSignal.timeout(60_000) }).catch(
      ({ message }: Error) => message,
    );
    if (why) throw new ConfigurationError(`The PEM of the secret signing can't be used: ${why}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}
