import type { BuildAppOptions } from 'fauxqs';

type ObjectStore = NonNullable<BuildAppOptions['stores']>['s3Store'];

/**
 * Makes listings complete over their pages. fauxqs orders keys as words but continues after a key in the order of its
 * bytes, so that a later page repeated some keys and left out others. S3 always uses the order of the bytes.
 */
export function listInOrder(store: ObjectStore): void {
  const unordered = store.listObjects.bind(store);
  store.listObjects = (bucket, { prefix = '', delimiter, maxKeys = 1000, startAfter, marker } = {}) => {
    const after = Buffer.from(startAfter || marker || '');
    const all = unordered(bucket, { prefix, maxKeys: Number.POSITIVE_INFINITY }).objects;
    const sorted = all.map((object) => ({ object, bytes: Buffer.from(object.key) }));
    sorted.sort((one, other) => Buffer.compare(one.bytes, other.bytes));
    const objects: typeof all = [];
    let folders: string[] = [];
    for (const { object, bytes } of sorted) {
      const folder = folderOf(object.key, prefix, delimiter);
      if (Buffer.compare(folder === undefined ? bytes : Buffer.from(folder), after) <= 0) continue;
      if (folder !== undefined && folder === folders.at(-1)) continue;
      if (objects.length + folders.length >= maxKeys) {
        // fauxqs continues after the last object, if there is one; a shorter page repeats no folder.
        const last = objects.at(-1)?.key;
        if (last !== undefined)
          folders = folders.filter((one) => Buffer.compare(Buffer.from(one), Buffer.from(last)) < 0);
        return { objects, commonPrefixes: folders, isTruncated: true };
      }
      if (folder === undefined) objects.push(object);
      else folders.push(folder);
    }
    return { objects, commonPrefixes: folders, isTruncated: false };
  };
}

/** Returns the part of a key until the first delimiter after the prefix, if it has one. */
function folderOf(key: string, prefix: string, delimiter: string | undefined): string | undefined {
  const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
  return delimiter && end >= 0 ? key.slice(0, end + delimiter.length) : undefined;
}
