/** The work of the machines of a load run: the renderer's video is a few bytes, the uploader is the real one. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { artifactStore } from '../../../aws/artifact-store.ts';
import { readVariables } from '../../../config/variables.ts';
import { workers } from '../../../config/workers.ts';
import { artifactsOf } from '../../../domain/artifacts.ts';
import { mainChannel } from '../../../domain/channel.ts';
import type { JobId } from '../../../domain/job.ts';
import type { WorkerTask } from '../../../domain/worker-task.ts';
import { folderPublisher } from '../../../providers/publishers/folder.ts';
import { publishVideo } from '../../../workers/uploader/publish-video.ts';
import { storesOf } from '../../../workers/uploader/stores.ts';

/** Lets a machine die between two steps: before a port does its work, or before its result arrives. */
type Mortal = <Ports extends object>(ports: Ports) => Ports;

const videoBytes = 20_000;
const cue = '1\n00:00:00,000 --> 00:00:01,000\nA\n\n';

/** The things a machine holds while it works. */
interface Machine {
  variables: Record<string, string>;
  folder: string;
  mortal: Mortal;
  signal: AbortSignal;
}

async function render(jobId: JobId, { variables, folder, mortal, signal }: Machine) {
  const { video, captions, thumbnail } = artifactsOf(jobId);
  const { upload } = mortal(artifactStore(variables.S3_BUCKET ?? '', signal));
  const parts = [
    [captions, cue],
    [thumbnail(1), Buffer.alloc(2_000)],
    [video, Buffer.alloc(videoBytes)],
  ] as const;
  for (const [key, content] of parts) {
    const file = join(folder, 'file');
    await writeFile(file, content);
    await upload(key, file, 'application/octet-stream');
  }
  return { job_id: jobId, status: 'completed' as const };
}

function publish(jobId: JobId, { variables, folder, mortal, signal }: Machine) {
  const env = readVariables('uploader', workers.uploader.environment, variables);
  const publisher = mortal(folderPublisher(env.PUBLISHER_FOLDER));
  return publishVideo(jobId, folder, {
    ...mortal(storesOf(env, mainChannel, signal)),
    publisher,
    shorts: env.SHORTS,
    audience: undefined,
    now: () => new Date(),
    log: (line) => console.log(JSON.stringify(line)),
  });
}

/** Works on a task to its end. */
export const work = ({ WORKER, JOB_ID }: WorkerTask, machine: Machine): Promise<unknown> =>
  WORKER === 'uploader' ? publish(JOB_ID, machine) : render(JOB_ID, machine);
