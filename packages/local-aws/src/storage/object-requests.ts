import type { IncomingMessage } from 'node:http';
import type { CloudObserver } from '../observer.ts';
import { AwsError, notInTheLocalCloud } from '../protocol/aws-error.ts';

/** Subresources that fauxqs does not support; it would ignore them. */
const unknownParts = new Set(
  (
    'accelerate acl analytics cors encryption intelligent-tiering inventory legal-hold location logging metrics ' +
    'notification object-lock ownershipControls policy policyStatus publicAccessBlock replication ' +
    'requestPayment restore retention select tagging torrent versioning versions versionId website'
  ).split(' '),
);

/** The size limit of a request in fauxqs; the SDKs and the AWS CLI send larger objects in parts of 5 to 8 MB. */
const maxBody = 11 * 1024 * 1024;

/** S3's limit of a key, in bytes. */
const longestKey = 1024;
/** Bytes of a file's name, less those that fauxqs adds. */
const longestPart = 255 - '.meta.json'.length;

/** Throws for a request that fauxqs would misinterpret. */
export function assertSupported(request: IncomingMessage): void {
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
  for (const part of new URLSearchParams(query).keys()) {
    const listing = request.method === 'GET' && (part === 'uploads' || part === 'uploadId');
    if (unknownParts.has(part) || listing) throw notInTheLocalCloud(`s3: ${request.method} ?${part}`);
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBody)
    throw new AwsError(
      'EntityTooLarge',
      'The local cloud accepts 11 MB in one request; upload larger objects in parts',
    );
  const [, , ...parts] = path.split('/').map(decoded);
  assertFits(parts, request.method);
  // Keys become file paths, so a key must not lead out of its bucket.
  if (path.split('/').some((segment) => /^\.\.?$/.test(decoded(segment))))
    throw new AwsError(
      'InvalidObjectName',
      'In the local cloud a key must not have . or .. between its slashes',
    );
}

function assertFits(parts: readonly string[], method = 'GET'): void {
  if (Buffer.byteLength(parts.join('/')) > longestKey)
    throw new AwsError('KeyTooLongError', 'Your key is too long');
  const writes = method === 'PUT' || method === 'POST';
  if (writes && parts.some((part) => Buffer.byteLength(part) > longestPart))
    throw new AwsError(
      'KeyTooLongError',
      `In the local cloud the parts of a key between its slashes have ${longestPart} bytes at most`,
    );
}

/** Reports the object that a path-style request wrote or deleted; the key is empty for several objects. */
export function reportObject(url: string, observer: Pick<CloudObserver, 'objectWritten'>): void {
  const { bucket, key } = objectOf(url);
  observer.objectWritten(bucket, key);
}

/** Returns the object that a path-style request is about. */
export function objectOf(url: string): { bucket: string; key: string } {
  const [path = ''] = url.split('?');
  const [, bucket = '', ...key] = path.split('/').map(decoded);
  return { bucket, key: key.join('/') };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AwsError('InvalidURI', 'The path is not valid URL encoding');
  }
}
