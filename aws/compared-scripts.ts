import { createHash } from 'node:crypto';
import { artifactsOf, comparedScriptsKey } from '../domain/artifacts.ts';
import { ArtifactInvalid } from '../domain/errors.ts';
import type { Job, JobId } from '../domain/job.ts';
import { KnownVideo } from '../domain/likeness/appearance.ts';
import { ComparedScripts, type ScriptAtWork, type ScriptsToCompare } from '../domain/likeness/at-work.ts';
import type { ArtifactStore } from './artifact-store.ts';

type Compared = ComparedScripts['scripts'][number];

/** Scripts of a channel that are compared: those of 20 lanes, and of jobs that wait for a person. */
const mostScripts = 100;

const isSame = (one: Compared, other: Compared) => one.job_id === other.job_id && one.hash === other.hash;

/**
 * The scripts of a channel whose videos are not published yet. A list has the order of their comparison, so of two scripts that
 * are alike the later one knows the earlier one, and never the other way round. What they are is an artifact of their jobs.
 */
export function comparedScripts(
  { findJson, putJson, changeJson }: Pick<ArtifactStore, 'findJson' | 'putJson' | 'changeJson'>,
  findJob: (jobId: JobId) => Promise<Pick<Job, 'status'> | undefined>,
  channel: string,
) {
  const key = comparedScriptsKey(channel);

  /** Reads the scripts of jobs that are neither published nor failed. */
  async function read(all: readonly Compared[]): Promise<ScriptsToCompare> {
    const unreadable: string[] = [];
    const find = async ({ job_id, hash }: Compared): Promise<ScriptAtWork[]> => {
      const job = await findJob(job_id);
      if (!job || job.status === 'published' || job.status === 'failed') return [];
      const { appearance } = artifactsOf(job_id);
      try {
        const video = await findJson(appearance, KnownVideo);
        return video ? [{ hash, video }] : [];
      } catch (error) {
        if (!(error instanceof ArtifactInvalid)) throw error;
        unreadable.push(appearance);
        return [];
      }
    };
    return { scripts: (await Promise.all(all.map(find))).flat(), unreadable };
  }

  return {
    /** Returns the scripts that were compared before that of a job. */
    async before(jobId: JobId): Promise<ScriptsToCompare> {
      const { scripts } = (await findJson(key, ComparedScripts)) ?? { scripts: [] };
      const own = scripts.findIndex(({ job_id }) => job_id === jobId);
      return read(own < 0 ? scripts : scripts.slice(0, own));
    },

    /**
     * Enters the script of a job behind those that it was compared with. Returns the scripts that were entered in the meantime: with any
     * nothing is entered, and the script has to be compared with them first. A script that was entered before keeps its place if it is the
     * same.
     */
    async enter(video: KnownVideo, seen: readonly ScriptAtWork[]): Promise<ScriptsToCompare> {
      const hash = createHash('sha256').update(JSON.stringify(video)).digest('hex');
      const own: Compared = { job_id: video.job_id, hash };
      const known = seen.map((one) => ({ job_id: one.video.job_id, hash: one.hash }));
      const isSeen = (one: Compared) => known.some((other) => isSame(one, other));
      await putJson(artifactsOf(video.job_id).appearance, video);
      return changeJson(key, ComparedScripts, async (before = { scripts: [] }) => {
        const at = before.scripts.findIndex((one) => isSame(one, own));
        const others = before.scripts.filter(({ job_id }) => job_id !== video.job_id);
        const earlier = at < 0 ? others : before.scripts.slice(0, at);
        const missed = await read(earlier.filter((one) => !isSeen(one)));
        if (at >= 0 || missed.scripts.length > 0) return { result: missed };
        const unread = (one: Compared) => missed.unreadable.includes(artifactsOf(one.job_id).appearance);
        const kept = others.filter((one) => isSeen(one) || unread(one));
        return { after: { scripts: [...kept, own].slice(-mostScripts) }, result: missed };
      });
    },
  };
}
