import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { artifactStore } from '../../aws/artifact-store.ts';
import { artifactsOf } from '../../domain/artifacts.ts';
import type { Shard } from '../../domain/worker-task.ts';

/** A file that tests create beside the bundle; the worker waits at its second piece while it exists. */
const hold = join(import.meta.dirname, 'hold');

interface Place {
  bucket: string;
  /** An empty folder. */
  folder: string;
  signal?: AbortSignal;
  onPiece?(done: number, total: number): Promise<void>;
}

/** Stores the two pieces of a video, or those of a shard, in the order of a renderer's AWS calls and without its work. */
export async function storePieces(
  jobId: string,
  shard: Shard | undefined,
  { bucket, folder, signal, onPiece }: Place,
): Promise<void> {
  const { renderPiece } = artifactsOf(jobId);
  const store = artifactStore(bucket, signal);
  for (const [index, piece] of ['a'.repeat(32), 'b'.repeat(32)].entries()) {
    if (shard && index % shard.of !== shard.number - 1) continue;
    if (await store.exists(renderPiece(piece))) continue;
    console.log(`piece ${index + 1} is started`);
    while (index === 1 && existsSync(hold)) await wait(20, undefined, { signal });
    await writeFile(join(folder, 'piece'), Buffer.alloc(1000));
    await store.upload(renderPiece(piece), join(folder, 'piece'), 'video/mp4');
    await onPiece?.(index + 1, 2);
  }
}

/** Stores the files that are made of the pieces, the video last. */
export async function storeVideo(jobId: string, { bucket, folder, signal }: Place): Promise<void> {
  const { video, captions, thumbnail } = artifactsOf(jobId);
  const store = artifactStore(bucket, signal);
  const put = async (key: string, bytes: string | Buffer, type: string) => {
    await writeFile(join(folder, 'file'), bytes);
    await store.upload(key, join(folder, 'file'), type);
  };
  await put(captions, '1\n00:00:00,000 --> 00:00:01,000\nA\n\n', 'application/x-subrip');
  await put(thumbnail(1), Buffer.alloc(5_000), 'image/jpeg');
  await put(video, Buffer.alloc(600_000), 'video/mp4');
}
