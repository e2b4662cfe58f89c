/** Yields the items of a distributed Map from S3. */

import { pipeline, type Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import * as z from 'zod';
import type { ItemReader } from '../definition/model.ts';
import { type Json, type JsonObject, parseJson } from '../json.ts';
import { CsvRows } from './csv.ts';
import { JsonItems } from './json-items.ts';
import { parquetRows } from './parquet.ts';
import type { ObjectStore } from './s3.ts';

/** The guide: a header of CSV has up to 10 KiB. */
const longestHeader = 10 * 1024;
/** Longest item that can be read; ItemSelector can make a shorter input of it. */
const longestItem = 8 * 1024 * 1024;

export interface SourceItem {
  readonly value: Json;
  /** `Map.Item.Source` of the context: the bucket of a list, otherwise the object. */
  readonly source: string;
}

/** Throws when the source cannot be read. */
export async function* readSource(
  reader: ItemReader,
  source: JsonObject,
  objects: ObjectStore,
): AsyncGenerator<SourceItem> {
  const bucket = parameter(source, 'Bucket');
  if (reader.action === 'listObjectsV2') {
    const prefix = typeof source.Prefix === 'string' ? source.Prefix : '';
    for await (const listed of objects.list(bucket, prefix)) {
      if (reader.source !== 'flattened') yield { value: { ...listed }, source: `S3://${bucket}` };
      // A key that ends with a slash stands for a folder.
      else if (!listed.Key.endsWith('/')) yield* objectItems(reader, bucket, listed.Key, objects);
    }
    return;
  }
  const key = parameter(source, 'Key');
  const version = typeof source.VersionId === 'string' ? source.VersionId : undefined;
  const read = async () => text(await objects.read(bucket, key, version));
  if (reader.source === 'inventory') yield* inventoryItems(reader, await read(), objects);
  else if (reader.source === 'athena') yield* athenaItems(reader, await read(), objects);
  else yield* objectItems(reader, bucket, key, objects, version);
}

async function* objectItems(
  reader: ItemReader,
  bucket: string,
  key: string,
  objects: ObjectStore,
  version?: string,
): AsyncGenerator<SourceItem> {
  const source = `S3://${bucket}/${key}`;
  const values =
    reader.inputType === 'PARQUET'
      ? parquetRows(await objects.file(bucket, key))
      : readContent(reader, decompressed(await objects.read(bucket, key, version), key));
  for await (const value of values) yield { value, source };
}

const inventory = z.object({
  destinationBucket: z.string(),
  fileFormat: z.string(),
  fileSchema: z.string(),
  files: z.array(z.object({ key: z.string() })),
});

/** Yields the rows of an inventory of S3: compressed CSV whose columns the manifest names. */
async function* inventoryItems(
  reader: ItemReader,
  manifest: string,
  objects: ObjectStore,
): AsyncGenerator<SourceItem> {
  const read = inventory.safeParse(parseJson(manifest));
  if (!read.success) throw new Error('The file is not a manifest of an S3 inventory');
  const { destinationBucket, fileFormat, fileSchema, files } = read.data;
  if (fileFormat !== 'CSV')
    throw new Error(`Inventories in ${fileFormat} format are not supported by the local engine`);
  const bucket = destinationBucket.replace(/^arn:[^:]*:s3:::/, '');
  const headers = fileSchema.split(',').map((name) => name.trim());
  for (const { key } of files)
    yield* objectItems({ ...reader, inputType: 'CSV', headers }, bucket, key, objects);
}

/** Yields the items of the objects that an UNLOAD query of Athena made: one address a line. */
async function* athenaItems(
  reader: ItemReader,
  manifest: string,
  objects: ObjectStore,
): AsyncGenerator<SourceItem> {
  for (const line of manifest.split('\n').map((address) => address.trim())) {
    if (line === '') continue;
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(line) ?? [];
    if (bucket === undefined || key === undefined)
      throw new Error('The file is not a manifest of an Athena query');
    yield* objectItems(reader, bucket, key, objects);
  }
}

/** Decompresses an object whose name says how it is compressed. Ends with an error when the compressed stream does. */
function decompressed(stream: Readable, key: string): Readable {
  if (key.endsWith('.gz')) return pipeline(stream, createGunzip(), () => {});
  return /\.zstd?$/.test(key) ? pipeline(stream, createZstdDecompress(), () => {}) : stream;
}

/** Yields the items in the content of an object that is text. */
export async function* readContent(reader: ItemReader, stream: Readable): AsyncGenerator<Json> {
  if (reader.inputType === 'PARQUET') throw new Error('A Parquet file is not text');
  stream.setEncoding('utf8');
  const chunks: AsyncIterable<string> = stream;
  if (reader.inputType === 'CSV') yield* csvItems(chunks, reader);
  else if (reader.inputType === 'JSONL') yield* lineItems(chunks);
  else yield* listItems(chunks, reader.pointer);
}

function parameter(source: JsonObject, name: string): string {
  const value = source[name];
  if (typeof value !== 'string' || value === '') throw new Error(`The parameter ${name} must be a string`);
  return value;
}

async function* listItems(chunks: AsyncIterable<string>, pointer: readonly string[]): AsyncGenerator<Json> {
  const items = new JsonItems(pointer, longestItem);
  for await (const chunk of chunks) for (const text of items.push(chunk)) yield parseJson(text);
  items.end();
}

async function* lineItems(chunks: AsyncIterable<string>): AsyncGenerator<Json> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield parseJson(line);
    if (rest.length > longestItem) throw new Error(`a line has more than ${longestItem} characters`);
  }
  if (rest.trim() !== '') yield parseJson(rest);
}

/** Yields each row as an object of texts by column name; a column that a row lacks is empty. */
async function* csvItems(chunks: AsyncIterable<string>, reader: ItemReader): AsyncGenerator<Json> {
  const rows = new CsvRows(reader.delimiter, longestItem);
  let headers = reader.headers && checkedHeaders(reader.headers);
  const item = (row: string[]): Json | undefined => {
    if (!headers) {
      headers = checkedHeaders(row.map((name) => name.replace(/^\ufeff/, '')));
      return undefined;
    }
    return Object.fromEntries(headers.map((name, index) => [name, row[index] ?? '']));
  };
  for await (const chunk of chunks) {
    for (const row of rows.push(chunk)) {
      const made = item(row);
      if (made !== undefined) yield made;
    }
  }
  for (const row of rows.end()) {
    const made = item(row);
    if (made !== undefined) yield made;
  }
}

/** Returns the names of the columns. Two columns of one name would lose one of them. */
function checkedHeaders(headers: readonly string[]): readonly string[] {
  if (Buffer.byteLength(headers.join(',')) > longestHeader)
    throw new Error(`CSV headers cannot be longer than ${longestHeader} bytes.`);
  if (new Set(headers).size < headers.length) throw new Error('CSV headers cannot contain duplicates.');
  return headers;
}
