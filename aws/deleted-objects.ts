import {
  CopyObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  NotFound,
} from '@aws-sdk/client-s3';
import { ConfigurationError } from '../domain/errors.ts';
import { s3 } from './clients/s3.ts';

interface Place {
  Bucket: string;
  Key: string;
}

function placeOf(url: string): Place {
  const [, Bucket = '', Key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(url) ?? [];
  if (!Key) throw new ConfigurationError(`${url} is not the address of an object, like s3://bucket/key`);
  return { Bucket, Key };
}

/** Returns the newest stored version of an object that was deleted. */
async function deletedVersion({ Bucket, Key }: Place): Promise<string | undefined> {
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }));
  return Versions.find((one) => one.Key === Key)?.VersionId;
}

/** Returns whether an object is there, was deleted from a bucket that keeps versions, or is lost. */
export async function stateOfObject(url: string): Promise<'there' | 'deleted' | 'lost'> {
  const place = placeOf(url);
  try {
    await s3.send(new HeadObjectCommand(place));
    return 'there';
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    return (await deletedVersion(place)) ? 'deleted' : 'lost';
  }
}

/** Brings a deleted object back, so that the lifecycle rule for deleted versions no longer ends it. */
export async function bringBack(url: string): Promise<void> {
  const place = placeOf(url);
  const version = await deletedVersion(place);
  if (!version) throw new ConfigurationError(`${url} has no stored version`);
  const source = `${place.Bucket}/${encodeURIComponent(place.Key)}?versionId=${encodeURIComponent(version)}`;
  await s3.send(new CopyObjectCommand({ ...place, CopySource: source }));
}
