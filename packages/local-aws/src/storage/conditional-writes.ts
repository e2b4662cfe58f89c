import { AwsError, notInTheLocalCloud } from '../protocol/aws-error.ts';
import { objectOf } from './object-requests.ts';

interface WriteRequest {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
}

const quoted = (etag: string) => `"${etag.replaceAll('"', '')}"`;

/**
 * Checks the condition of a write, which fauxqs would ignore: `If-None-Match: *` writes only a new object, `If-Match` only over, or deletes
 * only, the object with that tag (S3 User Guide, "Conditional requests"). It has to be called when the body has arrived, with nothing
 * between it and the write.
 *
 * @param etagOf returns the tag of an object; undefined if there is none
 */
export function assertCondition(
  { method, url, headers }: WriteRequest,
  etagOf: (bucket: string, key: string) => string | undefined,
): void {
  if (method === 'GET' || method === 'HEAD') return;
  const { 'if-match': wanted, 'if-none-match': unwanted } = headers;
  if (wanted === undefined && unwanted === undefined) return;
  if (unwanted !== undefined && unwanted !== '*')
    throw notInTheLocalCloud(`s3: ${method} with If-None-Match other than *, as in S3,`);
  const { bucket, key } = objectOf(url);
  const etag = etagOf(bucket, key);
  if (unwanted !== undefined ? etag === undefined : etag !== undefined && matches(String(wanted), etag))
    return;
  if (unwanted === undefined && etag === undefined)
    throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  throw new AwsError(
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    412,
  );
}

const matches = (wanted: string, etag: string): boolean => wanted === '*' || quoted(wanted) === quoted(etag);
