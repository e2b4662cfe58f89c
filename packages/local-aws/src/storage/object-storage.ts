import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../account.ts';
import { type CloudObserver, guardedObserver } from '../observer.ts';
import { asAwsError } from '../protocol/aws-error.ts';
import { sendS3Error } from '../protocol/responses.ts';
import type { Service } from '../service.ts';
import { assertCondition } from './conditional-writes.ts';
import { loadFauxqs } from './fauxqs-parts.ts';
import { serveWithAccount } from './messaging-account.ts';
import { listInOrder } from './object-listing.ts';
import { markInUse, repairObjects } from './object-repair.ts';
import { assertSupported, reportObject } from './object-requests.ts';
import { reportPublished } from './publishing.ts';

export interface ObjectStorage {
  s3: Service;
  /** SNS with SQS and STS, which distinguish their requests. */
  messaging: Service;
}

/** Starts S3, SNS and SQS (fauxqs): objects are plain files, the rest is in SQLite, below the directory. */
export async function startObjectStorage(
  directory: string,
  { id, region }: Account,
  observer: Pick<CloudObserver, 'objectWritten' | 'published'> = guardedObserver({}),
): Promise<ObjectStorage> {
  const objects = join(directory, 'objects');
  mkdirSync(objects, { recursive: true });
  const parts = await loadFauxqs();
  const release = markInUse(objects, () => repairObjects(objects));
  const files = new parts.FileS3Persistence(objects);
  const database = new parts.PersistenceManager(directory);
  const stores = {
    sqsStore: new parts.SqsStore(),
    snsStore: new parts.SnsStore(),
    s3Store: new parts.S3Store(),
  };
  // Loaded before the stores have a place to write; otherwise loading would write everything again.
  database.loadSqsAndSns(stores.sqsStore, stores.snsStore);
  files.loadS3(stores.s3Store);
  Object.assign(stores.sqsStore, { persistence: database });
  Object.assign(stores.snsStore, { persistence: database });
  for (const queue of stores.sqsStore.allQueues()) Object.assign(queue, { persistence: database });
  Object.assign(stores.s3Store, { persistence: files });
  listInOrder(stores.s3Store);

  const app = parts.buildApp({ logger: false, host: '127.0.0.1', defaultRegion: region, stores });
  // A full disk, or another error of this machine: fauxqs answers in JSON, which no client of S3 can read.
  app.setErrorHandler((error, request, reply) => {
    if (request.raw.url === '/') return reply.send(error);
    reply.hijack();
    sendS3Error(reply.raw, asAwsError(error));
  });
  // Without a pause before the handler, which writes at once: another write can't come between.
  app.addHook('preHandler', (request, _reply, done) => {
    if (request.raw.url === '/') return done();
    assertCondition(
      { ...request, method: request.method, url: request.url, headers: request.headers },
      (bucket, key) => {
        try {
          return stores.s3Store.headObject(bucket, key).etag;
        } catch {
          return undefined;
        }
      },
    );
    done();
  });
  await app.ready();
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= app.close().then(() => {
      database.close();
      files.close();
      release();
    });
    return closing;
  };
  return {
    s3: {
      handle(request, response) {
        try {
          assertSupported(request);
          if (request.method !== 'GET' && request.method !== 'HEAD')
            response.once('finish', () => reportObject(request.url ?? '', observer));
          app.server.emit('request', request, response);
        } catch (error) {
          request.resume();
          sendS3Error(response, asAwsError(error));
        }
      },
      close,
    },
    messaging: {
      handle(request, response) {
        serveWithAccount(request, response, { account: id, inject: (sent) => app.inject(sent) }).then(
          (body) => reportPublished(body, response, observer.published),
          (error: Error) => response.destroy(error),
        );
      },
      close,
    },
  };
}
