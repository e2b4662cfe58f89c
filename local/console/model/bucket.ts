/** The bucket as folders, read as any client of S3 reads it. */
import type { CloudAccess, StoredObject } from '../../cloud-access.ts';

export interface Folder {
  prefix: string;
  /** Prefixes one level below, each with a slash at its end. */
  folders: string[];
  objects: StoredObject[];
  /** Token of the next part of a large folder. */
  next?: string;
}

/** Number of folders and objects that are read at once. */
const partSize = '1000';

/** Returns a part of a folder: the first one, or the one of a token. */
export async function folderOf(access: CloudAccess, prefix: string, start: string): Promise<Folder> {
  const { next, ...part } = await access.list({
    ...{ delimiter: '/', prefix, 'max-keys': partSize },
    ...(start && { 'continuation-token': start }),
  });
  return { prefix, ...part, ...(next && { next }) };
}
