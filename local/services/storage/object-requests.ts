import type { IncomingMessage } from 'node:http';
import type { CloudObserver } from '../observer.ts';
import { AwsError, notInTheLocalCloud } from '../protocol/aws-error.ts';

/** Parts of a bucket or object that fauxqs does not know; it would answer them as if they were not asked for. */
const unknownParts = new Set(
  (
    'accelerate acl analytics cors encryption intelligent-tiering inventory legal-hold location logging metrics ' +
    'notification object-lock ownershipControls policy policyStatus publicAccessBlock replication ' +
    'requestPayment restore retention select tagging torrent versioning versions versionId website'
  ).split(' '),
);

/** What fauxqs takes in one request; the SDKs and the command line send more in parts of 5 to 8 MB. */
const maxBody = 11 * 1024 * 1024;

/** Throws for a request that S3 would understand and fauxqs would misunderstand. */
export function assertPlayed(request: IncomingMessage): void {
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
  for (const part of new URLSearchParams(query).keys()) {
    const listing = request.method === 'GET' && (part === 'uploads' || part === 'uploadId');
    if (unknownParts.has(part) || listing) throw notInTheLocalCloud(`s3: ${request.method} ?${part}`);
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBody)
    throw new AwsError('EntityTooLarge', 'The local cloud takes 11 MB in one request; send more in parts');
  // Objects are files whose paths are their keys: a key must not lead out of its bucket.
  if (path.split('/').some((segment) => /^\.\.?$/.test(decoded(segment))))
    throw new AwsError('InvalidObjectName', 'In the local cloud a key has no . or .. between its slashes');
}

/** Tells of the object that a request in path style wrote or deleted; a key is empty where several were. */
export function tellObject(url: string, observer: Pick<CloudObserver, 'objectWritten'>): void {
  const [path = ''] = url.split('?');
  const [, bucket = '', ...key] = path.split('/').map(decoded);
  observer.objectWritten(bucket, key.join('/'));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AwsError('InvalidURI', 'The path is no valid URL encoding');
  }
}
