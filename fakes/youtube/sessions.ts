import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type FakeChannel, parseVideo } from './channel.ts';
import { partsOf } from './parts.ts';
import { Refusal, readBody, sendJson } from './response.ts';

const unit = 256 * 1024;
/** Lifetime of a session (resumable upload guide). */
const lifeMs = 7 * 24 * 3_600_000;
/** Fault of the next PUT with bytes. */
export type UploadFault =
  /** Keeps half of the bytes, and says so. */
  | 'smaller range'
  /** Cuts the connection after half of the chunk; complete units are kept. */
  | 'cut'
  /** Responds with 503 and keeps nothing. */
  | 'unavailable'
  /** Forgets the session. */
  | 'session lost'
  /** Receives the last byte and creates the video, but cuts the connection before the response. */
  | 'answer lost'
  /** The same, and also forgets the session. */
  | 'answer and session lost';

interface Session {
  channel: FakeChannel;
  resource: ReturnType<typeof parseVideo>;
  size: number;
  received: number;
  content: Buffer | undefined;
  until: number;
  videoId?: string;
}

/** Resumable sessions by the rules of the guide; anything that it does not allow is rejected. */
export class FakeSessions {
  /** Faults of the next PUTs with bytes, in order. */
  readonly faults: UploadFault[] = [];
  /** Bytes of all PUTs, including repeated ones. */
  bytesSent = 0;
  opened = 0;
  /** Called when the last byte of a video is here, before the video exists. */
  beforeVideo: () => Promise<void> = async () => undefined;
  private readonly clock: () => Date;
  private readonly keptBytes: number;
  private readonly nextFault: () => UploadFault | undefined;
  private readonly sessions = new Map<string, Session>();

  /** Bytes of videos larger than `keptBytes` are only counted. */
  constructor(
    clock: () => Date,
    keptBytes: number,
    nextFault: () => UploadFault | undefined = () => undefined,
  ) {
    this.nextFault = nextFault;
    this.keptBytes = keptBytes;
    this.clock = clock;
  }

  async open(
    request: IncomingMessage,
    response: ServerResponse,
    origin: string,
    query: URLSearchParams,
    channel: FakeChannel,
  ): Promise<void> {
    if (query.get('uploadType') !== 'resumable') throw new Refusal(400, 'badRequest', 'uploadType');
    const resource = parseVideo(JSON.parse((await readBody(request)).toString()), partsOf(query));
    const size = Number(request.headers['x-upload-content-length']);
    if (!(size > 0)) throw new Refusal(400, 'badRequest', 'X-Upload-Content-Length is missing');
    if (!/^(video\/|application\/octet-stream)/.test(String(request.headers['x-upload-content-type'])))
      throw new Refusal(400, 'mediaBodyRequired', 'X-Upload-Content-Type is missing');
    const id = randomBytes(12).toString('hex');
    const content = size <= this.keptBytes ? Buffer.alloc(size) : undefined;
    this.sessions.set(id, {
      channel,
      resource,
      size,
      received: 0,
      content,
      until: this.clock().getTime() + lifeMs,
    });
    this.opened += 1;
    const location = `${origin}/upload/youtube/v3/videos?uploadType=resumable&upload_id=${id}`;
    response.writeHead(200, { location, 'content-length': '0' }).end();
  }

  expireAll(): void {
    this.sessions.clear();
  }

  async put(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const session = this.sessions.get(id);
    if (!session || session.until <= this.clock().getTime()) throw new Refusal(404, 'notFound', 'Not Found');
    const range = /^bytes (?:\*|(\d+)-(\d+))\/(\d+)$/.exec(request.headers['content-range'] ?? '');
    if (!range || Number(range[3]) !== session.size) throw new Refusal(400, 'badRequest', 'Content-Range');
    if (range[1] === undefined || session.videoId) {
      request.resume();
      return this.answer(session, response);
    }
    const [from, to] = [Number(range[1]), Number(range[2]) + 1];
    if (Number(request.headers['content-length']) !== to - from)
      throw new Refusal(400, 'badRequest', 'Content-Length does not match Content-Range');
    if (to > session.size || from !== session.received)
      throw new Refusal(400, 'badRequest', `Content-Range starts at ${from}, not at ${session.received}`);
    if (to !== session.size && (to - from) % unit !== 0)
      throw new Refusal(400, 'badRequest', 'A chunk is a multiple of 256 KiB');
    await this.take(request, response, id, session, { from, to });
  }

  private async take(
    request: IncomingMessage,
    response: ServerResponse,
    id: string,
    session: Session,
    { from, to }: { from: number; to: number },
  ): Promise<void> {
    const fault = this.faults.shift() ?? this.nextFault();
    if (fault === 'session lost') {
      this.sessions.delete(id);
      throw new Refusal(404, 'notFound', 'Not Found');
    }
    const half = from + Math.floor((to - from) / 2 / unit) * unit;
    const kept = fault === 'unavailable' ? from : fault === 'smaller range' || fault === 'cut' ? half : to;
    let position = from;
    for await (const piece of request as AsyncIterable<Buffer>) {
      this.bytesSent += piece.length;
      if (position < kept) session.content?.set(piece.subarray(0, kept - position), position);
      position += piece.length;
      session.received = Math.max(session.received, Math.min(position, kept));
      if (fault === 'cut' && position >= half) {
        session.received = half;
        request.destroy();
        return;
      }
    }
    // Only complete units are kept, except at the end of the video.
    if (position < to) session.received = from + Math.floor((position - from) / unit) * unit;
    if (fault === 'unavailable') throw new Refusal(503, 'backendError', 'Backend Error');
    if (session.received === session.size) {
      await this.beforeVideo();
      session.videoId = session.channel.addVideo(this.asPublished(session), session.size, session.content).id;
    }
    if (fault === 'answer and session lost') this.sessions.delete(id);
    if (fault === 'answer lost' || fault === 'answer and session lost') {
      response.destroy();
      return;
    }
    this.answer(session, response);
  }

  /** A time of publication that has passed makes the video public at once (videos resource). */
  private asPublished({ resource }: Session): Session['resource'] {
    const { publishAt, ...status } = resource.status;
    if (!publishAt || Date.parse(publishAt) > this.clock().getTime()) return resource;
    return { ...resource, status: { ...status, privacyStatus: 'public' } };
  }

  private answer({ channel, videoId, received }: Session, response: ServerResponse): void {
    if (videoId) {
      sendJson(response, 200, channel.listVideos([videoId]).items[0]);
      return;
    }
    const range = received > 0 ? { range: `bytes=0-${received - 1}` } : {};
    response.writeHead(308, { ...range, 'content-length': '0' }).end();
  }
}
