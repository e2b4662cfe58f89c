/** Chapters in the bucket's library: lists them and adds one that was dropped onto the page. */
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../../config/settings/index.ts';
import { blocklistKey, libraryPrefix, musicPrefix, seriesSettingsPrefix } from '../../../domain/artifacts.ts';
import { LedgerEntry } from '../../../domain/ledger-entry.ts';
import { archivePattern } from '../../../providers/chapters/archive.ts';
import { type CloudAccess, inXml } from '../../cloud-access.ts';
import { Refusal } from '../responses.ts';
import { forecastOf } from './forecast.ts';

/** S3 accepts parts from 5 MB, the local one up to 11 MB in a request. */
const partSize = 8 * 1024 * 1024;
const maxSize = 2 * 1024 ** 3;

export interface LibraryFile {
  /** Path below `library/`. */
  name: string;
  size: number;
  modified: string;
  /** State of its chapter, and the job that has it; undefined while no job has taken it. */
  status?: string;
  job?: string;
}

/** Other files that an operator keeps below `library/`. */
const besideChapters = [seriesSettingsPrefix, musicPrefix, blocklistKey];

/** Returns every file of the library's chapters with the state of its chapter. */
export async function listLibrary(access: CloudAccess, chaptersTable: string): Promise<LibraryFile[]> {
  const [objects, items] = await Promise.all([access.objects(libraryPrefix), access.scan(chaptersTable)]);
  const claims = new Map(
    items.flatMap((item) => {
      const claim = LedgerEntry.safeParse(item).data;
      return claim ? [[claim.chapter_id, claim] as const] : [];
    }),
  );
  const files = objects.filter(({ key }) => !besideChapters.some((prefix) => key.startsWith(prefix)));
  return files.map(({ key, size, modified }) => {
    const name = key.slice(libraryPrefix.length);
    const claim = chapterIdsOf(name).flatMap((id) => claims.get(id) ?? [])[0];
    return { name, size, modified, ...(claim && { status: claim.status, job: claim.job_id }) };
  });
}

/** Ids that the chapter of a file can have: the archive's path without extension, or a folder that the file is in. */
function chapterIdsOf(name: string): string[] {
  const folders = name.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
  return [name.replace(archivePattern, ''), ...folders.reverse()];
}

export interface AddedChapter {
  name: string;
  size: number;
  /** What will happen to it, if that is not what one would expect. */
  forecast?: string;
}

/** Stores a chapter part by part; it appears complete or not at all. */
export async function addChapter(
  name: string,
  content: AsyncIterable<Buffer>,
  access: CloudAccess,
  config: Config,
): Promise<AddedChapter> {
  refuseUnread(config);
  if (!/^[^/\\\p{Cc}]{1,210}$/u.test(name) || !archivePattern.test(name) || name.startsWith('.'))
    throw new Refusal(400, `${name} is not a CBZ, CBR, CB7, CBT, ZIP, RAR, 7z or TAR file`);
  const key = `${libraryPrefix}${name.normalize('NFC')}`;
  const begun = await access.s3('POST', key, '?uploads');
  const upload = `uploadId=${encodeURIComponent(inXml(await begun.text(), 'UploadId'))}`;
  const folder = await mkdtemp(join(tmpdir(), 'console-chapter-'));
  const file = join(folder, name);
  try {
    const parts: string[] = [];
    let size = 0;
    for await (const part of partsOf(content)) {
      if (size === 0 && !beginsAsArchive(part))
        throw new Refusal(400, `${name} is not a ZIP, RAR, 7z or TAR archive`);
      size += part.length;
      if (size > maxSize) throw new Refusal(413, `${name} is larger than 2 GB`);
      await appendFile(file, part);
      const stored = await access.s3(
        'PUT',
        key,
        `?partNumber=${parts.length + 1}&${upload}`,
        new Uint8Array(part),
      );
      parts.push(stored.headers.get('etag') ?? '');
    }
    if (size === 0) throw new Refusal(400, `${name} is empty`);
    const listed = parts.map(
      (tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${tag}</ETag></Part>`,
    );
    const body = `<CompleteMultipartUpload>${listed.join('')}</CompleteMultipartUpload>`;
    await access.s3('POST', key, `?${upload}`, body);
    const forecast = await forecastOf(file, config);
    return { name, size, ...(forecast && { forecast }) };
  } catch (error) {
    await access.s3('DELETE', key, `?${upload}`).catch(() => {});
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const beginsAsArchive = (part: Buffer) =>
  /^(PK|Rar!|7z)/.test(part.toString('latin1', 0, 4)) || part.toString('latin1', 257, 262) === 'ustar';

/** Refuses a chapter when the pipeline does not read the bucket's library. */
function refuseUnread({ chapterSource, library }: Config): void {
  if (chapterSource !== 'library')
    throw new Refusal(
      409,
      `Chapters come from ${chapterSource}; start make dev without CHAPTER_SOURCE to use the library`,
    );
  if (library !== 'bucket')
    throw new Refusal(
      409,
      `Chapters come from ${library}; put the file there, or start make dev without LIBRARY`,
    );
}

async function* partsOf(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content) {
    chunks.push(chunk);
    size += chunk.length;
    if (size < partSize) continue;
    yield Buffer.concat(chunks);
    chunks = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(chunks);
}
