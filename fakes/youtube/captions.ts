import * as z from 'zod';
import { Refusal } from './response.ts';

const CaptionBody = z.object({
  snippet: z.object({ videoId: z.string(), language: z.string(), name: z.string().max(150) }),
});

/** Splits a multipart/related body into the resource and the file (RFC 2387). */
export function readCaptions(contentType: string, body: string) {
  const boundary = /^multipart\/related; boundary=(\S+)$/.exec(contentType)?.[1];
  if (!boundary) throw new Refusal(400, 'badContent', 'no multipart/related body');
  const parts = body.split(`--${boundary}`).slice(1, -1);
  const [resource, text] = parts.map((part) => part.slice(part.indexOf('\r\n\r\n') + 4).replace(/\r\n$/, ''));
  if (!resource || text === undefined) throw new Refusal(400, 'contentRequired');
  if (!/-->/.test(text)) throw new Refusal(400, 'nameInvalid', 'the file contains no subtitles');
  return { ...CaptionBody.parse(JSON.parse(resource)), text };
}
