import { type FileHandle, open } from 'node:fs/promises';
import { UploadError } from '../../../domain/errors.ts';
import type { UploadState } from '../../../domain/publication.ts';
import { TransientError } from '../../retry/retry.ts';
import type { YouTubeApi } from './api.ts';
import { isTransient } from './api-error.ts';
import type { YouTubePorts } from './ports.ts';
import { retryCall } from './retry-call.ts';
import { askSession, type SessionAnswer, sendChunk } from './upload-session.ts';

/** A multiple of 256 KiB, as the protocol requires; large, since every chunk ends with a wait for its response. */
const chunkBytes = 64 * 1024 * 1024;
/** Number of consecutive attempts without progress: about five minutes. */
const maxFailures = 10;
/** Sessions that one machine opens before it gives up. */
const maxSessions = 3;
/** Number of searches for a video whose upload ended without a response; a new video is listed after a while. */
const maxLooks = 5;
/** Interval at which the offset is stored. It is for people: the session itself knows the offset. */
const saveMs = 10_000;

export interface UploadSteps {
  /** Opens a session for a video of this size; returns its address. */
  open(size: number): Promise<string>;
  /** Finds a video that this job uploaded before. */
  find(): Promise<string | undefined>;
  /** Returns whether the time has passed at which the session makes the video public. */
  isLate(): Promise<boolean>;
  /** Called before the last byte is sent. */
  beforeOut(): Promise<void>;
}

export type Uploaded = UploadState & { video_id: string };

/** Uploads a file to YouTube and returns its video, continuing whatever an earlier machine began. */
export async function uploadVideo(
  path: string,
  api: YouTubeApi,
  ports: YouTubePorts,
  steps: UploadSteps,
): Promise<Uploaded> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const fresh: UploadState = { size, sent: 0, may_be_finished: false, done: [] };
    let state = (await ports.progress.load()) ?? fresh;
    const save = async (changes: Partial<UploadState>) => {
      state = { ...state, ...changes };
      await ports.progress.save(state);
    };

    for (let opened = 0; !state.video_id; ) {
      let from: number | undefined;
      if (!state.session) {
        const found = state.may_be_finished ? await lookForVideo(steps, ports) : undefined;
        if (found) return await recordVideo(found);
        if (opened === maxSessions) throw new UploadError(`YouTube lost ${maxSessions} upload sessions`);
        await save({ ...fresh, session: await steps.open(size) });
        opened += 1;
        from = 0;
      }
      const upload = { session: state.session ?? '', file, size: state.size, fileSize: size, from };
      const answer = await driveSession(upload, api, ports, save, steps);
      if (answer.kind === 'finished') return await recordVideo(answer.videoId);
      const event = answer.kind === 'late' ? 'upload_session_late' : 'upload_session_lost';
      ports.log({ level: 'WARN', event, sent: state.sent });
      await save({ session: undefined });
    }
    return await recordVideo(state.video_id);

    async function recordVideo(video_id: string): Promise<Uploaded> {
      if (!state.video_id) await save({ video_id, sent: state.size, session: undefined });
      return { ...state, video_id };
    }
  } finally {
    await file.close();
  }
}

interface SessionUpload {
  session: string;
  file: FileHandle;
  /** The size that the session was opened for, and the size that the file has now. */
  size: number;
  fileSize: number;
  /** Offset to send from; undefined until the session was asked. */
  from: number | undefined;
}

/** The session would make the video public at once, at another hour than the channel wants. */
interface Late {
  kind: 'late';
}

/** Sends until the session is finished, gone or late. Only its 308 says what arrived. */
async function driveSession(
  { session, file, size, fileSize, from }: SessionUpload,
  api: YouTubeApi,
  ports: YouTubePorts,
  save: (changes: Partial<UploadState>) => Promise<void>,
  { beforeOut, isLate }: UploadSteps,
): Promise<Exclude<SessionAnswer, { kind: 'waiting' }> | Late> {
  let position = from;
  let most = from ?? -1;
  let savedAt = ports.now().getTime();

  /** Sends a chunk, or asks the session where to send from. */
  async function exchange(): Promise<SessionAnswer | Late> {
    const start = position;
    // Whatever happens to the chunk, the session says how much of it arrived.
    position = undefined;
    if (start === undefined) return askSession(api, session, size, ports.signal);
    if (await isLate()) return { kind: 'late' };
    const to = Math.min(start + chunkBytes, size);
    // An attempt after the last byte has to search for the video before it uploads one.
    if (to === size) {
      await beforeOut();
      await save({ sent: start, may_be_finished: true });
    }
    return sendChunk(api, session, file, { from: start, to, size }, ports.signal);
  }

  /** Resolves when bytes have arrived or the session has ended. */
  async function advance(): Promise<SessionAnswer | Late> {
    for (;;) {
      const wasSent = position !== undefined;
      const answer = await exchange();
      if (answer.kind !== 'waiting') return answer;
      // The video was rendered again in the meantime, so the bytes of the old one are useless.
      if (fileSize !== size) return { kind: 'gone' };
      // When every byte has arrived without a response, there is nothing to send, only to ask.
      if (answer.received < size) position = answer.received;
      if (answer.received > most) {
        most = answer.received;
        return answer;
      }
      if (position === undefined)
        throw new TransientError('every byte has arrived, but the video does not exist yet');
      if (wasSent) throw new TransientError(`${answer.received} of ${size} bytes have arrived, as before`);
    }
  }

  const isStandstill = (error: unknown): error is Error =>
    isTransient(error) || error instanceof TransientError;
  const onFailure = ({ message }: Error, failures: number) =>
    ports.log({ level: 'WARN', event: 'upload_interrupted', failures, reason: message });
  try {
    for (;;) {
      const policy = { attempts: maxFailures };
      const answer = await retryCall(advance, policy, ports, { isTransient: isStandstill, onFailure });
      if (answer.kind !== 'waiting') return answer;
      if (ports.now().getTime() - savedAt < saveMs) continue;
      savedAt = ports.now().getTime();
      await save({ sent: answer.received });
    }
  } catch (error) {
    if (!isStandstill(error)) throw error;
    throw new UploadError(`The upload to YouTube makes no progress: ${error.message}`, { cause: error });
  }
}

async function lookForVideo({ find }: UploadSteps, ports: YouTubePorts): Promise<string | undefined> {
  const isNotListed = (error: unknown) => error instanceof TransientError;
  const look = async () => {
    const found = await find();
    if (found) return found;
    throw new TransientError('no video of this job is listed');
  };
  try {
    return await retryCall(look, { attempts: maxLooks, backoffMs: 4000 }, ports, {
      isTransient: isNotListed,
    });
  } catch (error) {
    if (!isNotListed(error)) throw error;
    return undefined;
  }
}
