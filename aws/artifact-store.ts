import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rename, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type * as z from 'zod';
import { ArtifactInvalid } from '../domain/errors.ts';
import { s3 } from './clients/s3.ts';

/** Larger objects are uploaded in parts of this size, two in parallel, so that memory stays flat. */
const partSize = 8 * 1024 * 1024;
const readAttempts = 3;
const changeAttempts = 20;
const longestPauseMs = 200;
/** S3's errors of a write whose condition does not hold, or that another one overtook (User Guide, "Conditional writes"). */
const lostRaces: ReadonlySet<string> = new Set([
  'PreconditionFailed',
  'ConditionalRequestConflict',
  'NoSuchKey',
]);

const asJson = (value: unknown) => Buffer.from(JSON.stringify(value));

export interface StoredObject {
  key: string;
  size: number;
  /** S3's entity tag: equal tags of a key mean equal bytes (API reference, Object). */
  version: string;
}

/** A changed artifact, and what the change found out; without `after` nothing is written. */
export interface Changed<T, R> {
  after?: T | undefined;
  result: R;
}

/**
 * The artifacts bucket. A put is atomic, so an existing object is complete. After the signal nothing is put or retried:
 * a late object would overwrite another process's, or appear after its clean-up.
 */
export function artifactStore(bucket: string, signal?: AbortSignal) {
  async function get(
    key: string,
    { range, version }: { range?: string; version?: string | undefined } = {},
  ): Promise<Readable & { transformToByteArray(): Promise<Uint8Array>; version?: string | undefined }> {
    const { Body, ETag } = await s3.send(
      new GetObjectCommand({
        ...{ Bucket: bucket, Key: key },
        ...(range !== undefined && { Range: range }),
        ...(version !== undefined && { IfMatch: version }),
      }),
    );
    if (!Body) throw new ArtifactInvalid(`s3://${bucket}/${key} has no body`);
    return Object.assign(Body as Readable & typeof Body, { version: ETag });
  }

  /** Reads a whole object. The SDK repeats requests, but not responses that break off: those are requested again. */
  async function take<T>(
    key: string,
    read: (body: Awaited<ReturnType<typeof get>>) => Promise<T>,
    version?: string,
  ): Promise<T> {
    for (let left = readAttempts - 1; ; left--) {
      const body = await get(key, { version });
      try {
        return await read(body);
      } catch (error) {
        if (left === 0) throw error;
      }
    }
  }

  const missing = (key: string, cause?: unknown) =>
    new ArtifactInvalid(`s3://${bucket}/${key} is missing`, { cause });

  /** Reads a required object: S3's own error does not name the missing key. */
  const takeExisting: typeof take = (key, read, version) =>
    take(key, read, version).catch((error: unknown) => {
      throw error instanceof NoSuchKey ? missing(key, error) : error;
    });

  const bytesOf = (body: { transformToByteArray(): Promise<Uint8Array> }) => body.transformToByteArray();

  /** Reads a JSON artifact with its version and checks its schema; without a value when it does not exist. */
  async function findVersion<T>(
    key: string,
    schema: z.ZodType<T>,
  ): Promise<{ value?: T; version?: string | undefined }> {
    let text: string;
    let version: string | undefined;
    try {
      text = await take(key, async (body) => {
        version = body.version;
        return Buffer.from(await bytesOf(body)).toString('utf8');
      });
    } catch (error) {
      if (error instanceof NoSuchKey) return {};
      throw error;
    }
    try {
      return { value: schema.parse(JSON.parse(text)), version };
    } catch (cause) {
      throw new ArtifactInvalid(`s3://${bucket}/${key} does not match its schema`, { cause });
    }
  }

  /** Reads a JSON artifact and checks its schema; undefined when it does not exist. */
  async function findJson<T>(key: string, schema: z.ZodType<T>): Promise<T | undefined> {
    return (await findVersion(key, schema)).value;
  }

  /** Changes a JSON artifact, and does it again with what is there then if another process wrote it in the meantime. */
  async function changeJson<T, R>(
    key: string,
    schema: z.ZodType<T>,
    change: (before: T | undefined) => Changed<T, R> | Promise<Changed<T, R>>,
  ): Promise<R> {
    for (let left = changeAttempts - 1; ; left--) {
      const { value, version } = await findVersion(key, schema);
      const { after, result } = await change(value);
      if (after === undefined) return result;
      const condition = version === undefined ? { IfNoneMatch: '*' } : { IfMatch: version };
      try {
        const body = asJson(after);
        await put(key, body, body.byteLength, 'application/json', condition);
        return result;
      } catch (error) {
        const { name } = error as Error;
        if (!lostRaces.has(name) || left === 0) throw error;
      }
      await setTimeout(Math.random() * longestPauseMs, undefined, signal && { signal });
    }
  }

  async function put(
    key: string,
    Body: Uint8Array | Readable,
    size: number,
    ContentType: string,
    condition: { IfMatch?: string; IfNoneMatch?: string } = {},
  ): Promise<void> {
    signal?.throwIfAborted();
    const params = { Bucket: bucket, Key: key, ContentType, ...condition };
    if (size <= partSize) {
      const command = new PutObjectCommand({ ...params, Body, ContentLength: size });
      await s3.send(command, signal && { abortSignal: signal });
      return;
    }
    const upload = new Upload({ client: s3, params: { ...params, Body }, partSize, queueSize: 2 });
    const abort = () => void upload.abort();
    signal?.addEventListener('abort', abort, { once: true });
    await upload.done().finally(() => signal?.removeEventListener('abort', abort));
  }

  async function putBytes(key: string, body: Uint8Array, contentType: string): Promise<void> {
    await put(key, body, body.byteLength, contentType);
  }

  async function* list(prefix: string): AsyncGenerator<StoredObject> {
    for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
      for (const { Key, Size, ETag } of page.Contents ?? [])
        if (Key) yield { key: Key, size: Size ?? 0, version: ETag ?? '' };
    }
  }

  /** Writes to a temporary name, then renames: a file at `toFile` is always complete. */
  async function download(key: string, toFile: string, version?: string): Promise<void> {
    const write = (body: Readable) => pipeline(body, createWriteStream(`${toFile}.part`));
    await takeExisting(key, write, version);
    await rename(`${toFile}.part`, toFile);
  }

  return {
    /** Lists objects below a prefix, in key order, page by page. */
    list,

    async exists(key: string): Promise<boolean> {
      try {
        await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
        return true;
      } catch (error) {
        if (error instanceof NotFound || error instanceof NoSuchKey) return false;
        throw error;
      }
    },

    /** Returns the bytes of a required object. */
    getBytes: (key: string) => takeExisting(key, bytesOf),

    /** Returns the first bytes of an object that is not empty. */
    getHead: async (key: string, length: number) =>
      bytesOf(await get(key, { range: `bytes=0-${length - 1}` })),

    findJson,

    /** Reads a JSON artifact that an earlier step must have written. */
    async getJson<T>(key: string, schema: z.ZodType<T>): Promise<T> {
      const found = await findJson(key, schema);
      if (found === undefined) throw missing(key);
      return found;
    },

    putBytes,

    async putJson(key: string, value: unknown): Promise<void> {
      await putBytes(key, asJson(value), 'application/json');
    },

    changeJson,

    download: (key: string, toFile: string) => download(key, toFile),

    /** Downloads an object if it still has this version. */
    downloadVersion: (key: string, version: string, toFile: string) => download(key, toFile, version),

    async upload(key: string, fromFile: string, contentType: string): Promise<void> {
      const { size } = await stat(fromFile);
      // A stream can't be sent again after a failure; parts are kept until they have arrived.
      const body = size <= partSize ? await readFile(fromFile) : createReadStream(fromFile);
      await put(key, body, size, contentType);
    },

    /** Deletes up to 1,000 objects; S3 responds for each key, and one that was not deleted is an error. */
    async deleteAll(keys: readonly string[]): Promise<void> {
      const { Errors } = await s3.send(
        new DeleteObjectsCommand({
          Bucket: bucket,
          Delete: { Objects: keys.map((Key) => ({ Key })), Quiet: true },
        }),
      );
      const failed = Errors?.[0];
      if (failed)
        throw new Error(
          `S3 did not delete ${Errors.length} objects, first ${failed.Key}: ${failed.Code} ${failed.Message}`,
        );
    },
  };
}
export type ArtifactStore = ReturnType<typeof artifactStore>;
