/** The bucket as folders, read as any client of S3 reads it. */
import { type CloudAccess, inXml, type StoredObject } from '../../cloud-access.ts';

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
  const query = new URLSearchParams({ 'list-type': '2', delimiter: '/', prefix, 'max-keys': partSize });
  if (start) query.set('continuation-token', start);
  const xml = await access.listing(query);
  const objects = elements(xml, 'Contents').map((entry) => ({
    key: inXml(entry, 'Key'),
    size: Number(inXml(entry, 'Size')),
    modified: inXml(entry, 'LastModified'),
  }));
  const folders = elements(xml, 'CommonPrefixes').map((entry) => inXml(entry, 'Prefix'));
  const next = inXml(xml, 'NextContinuationToken');
  return { prefix, folders, objects, ...(next && { next }) };
}

const elements = (xml: string, name: string): string[] =>
  Array.from(xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs')), ([, inner = '']) => inner);
