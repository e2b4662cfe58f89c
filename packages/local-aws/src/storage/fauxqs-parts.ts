import type { BuildAppOptions, buildApp } from 'fauxqs';

type Stores = NonNullable<BuildAppOptions['stores']>;
interface Persistence {
  close(): void;
}
interface FauxqsParts {
  buildApp: typeof buildApp;
  SqsStore: new () => Stores['sqsStore'];
  SnsStore: new () => Stores['snsStore'];
  S3Store: new () => Stores['s3Store'];
  PersistenceManager: new (
    directory: string,
  ) => Persistence & { loadSqsAndSns(sqs: Stores['sqsStore'], sns: Stores['snsStore']): void };
  FileS3Persistence: new (directory: string) => Persistence & { loadS3(store: Stores['s3Store']): void };
}

/**
 * Loads the parts of fauxqs. It offers its stores only inside its own server, which listens on every network interface.
 * Behind the gateway it must not listen at all, so its parts are assembled here; the version is pinned.
 */
export async function loadFauxqs(): Promise<FauxqsParts> {
  const main = import.meta.resolve('fauxqs');
  const part = (path: string) => import(new URL(path, main).href);
  const modules = await Promise.all([
    import('fauxqs'),
    part('./sqs/sqsStore.js'),
    part('./sns/snsStore.js'),
    part('./s3/s3Store.js'),
    part('./persistence.js'),
    part('./s3/fileS3Persistence.js'),
  ]);
  return Object.assign({}, ...modules) as FauxqsParts;
}
